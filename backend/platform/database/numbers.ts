import { defineModel } from './model.ts';
import type { Platform } from '../platform.ts';

export type NumberState = 'reserved' | 'issued' | 'void';

export interface NumberDocument {
  /** The number as printed. */
  _id: string;
  series: string;
  serial: number;
  state: NumberState;
  /** What asked for it: the same holder always gets the same number back. */
  holder: string;
  reservedAt: Date;
  settledAt?: Date;
  /** Why a number is void: every gap is explained. */
  reason?: string;
}

/** Numbers are claimed by unique insert and never reused. */
export const numbers = defineModel<NumberDocument>({
  collection: 'numbers',
  fields: {
    _id: String,
    series: String,
    serial: Number,
    state: String,
    holder: String,
    reservedAt: Date,
    settledAt: Date,
    reason: String,
  },
  indexes: [
    {
      key: { series: 1, serial: -1 },
      options: { name: 'series-serial', unique: true },
      because: 'a serial is claimed once; the highest one is found without a counter that could be lost',
    },
    {
      key: { series: 1, holder: 1 },
      options: { name: 'series-holder', unique: true },
      because: 'a holder that asks again after a crash gets the number it already has',
    },
  ],
});

export interface NumberRequest {
  /** A gap-free sequence, such as `title:2026`. */
  series: string;
  /** Stable identity of the asker, such as `<caseId>:<unitCode>:title`. */
  holder: string;
  /** Prints serial 1, 2, 3 … as the full number. */
  format(serial: number): string;
}

function isDuplicate(error: unknown): boolean {
  return (error as { code?: number }).code === 11000;
}

/**
 * Claims the next number of a series for a holder, or gives back the one it already holds. The claim is one unique
 * insert of highest + 1; who loses the race reads again, so there is no gap and no counter to fall out of step.
 */
export async function reserveNumber(p: Platform, request: NumberRequest): Promise<string> {
  const { series, holder } = request;
  for (;;) {
    const held = await numbers(p).findOne({ series, holder }, { _id: 1 }).lean();
    if (held) return held._id;
    const last = await numbers(p).findOne({ series }, { serial: 1 }).sort({ serial: -1 }).lean();
    const serial = (last?.serial ?? 0) + 1;
    const number = request.format(serial);
    const document = { _id: number, series, serial, state: 'reserved', holder, reservedAt: p.time.now() };
    try {
      await numbers(p).collection.insertOne(document as never);
      return number;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }
}

/** reserved → issued or void, once. Settling again with the same state changes nothing. */
export async function settleNumber(
  p: Platform,
  number: string,
  state: 'issued' | 'void',
  reason?: string,
): Promise<void> {
  const set = { state, settledAt: p.time.now(), ...(reason ? { reason } : {}) };
  await numbers(p).updateOne({ _id: number, state: 'reserved' }, { $set: set });
}

export interface BlockDocument {
  /** `<series>#<index>`: the unique insert that claims serials `index*size+1 … (index+1)*size`. */
  _id: string;
  series: string;
  index: number;
  size: number;
  /** The process that took it: explains serials that no document carries. */
  takenBy: string;
  takenAt: Date;
}

export const numberBlocks = defineModel<BlockDocument>({
  collection: 'number-blocks',
  fields: { _id: String, series: String, index: Number, size: Number, takenBy: String, takenAt: Date },
  indexes: [
    {
      key: { series: 1, index: -1 },
      options: { name: 'series-index', unique: true },
      because: 'a block is claimed once; the highest is found by index',
    },
  ],
});

/**
 * Serials for what is numbered often: a process claims a block by unique insert and hands it out from memory, which
 * costs nothing per request. Serials of a block left unused when a process ended stay unused, explained by the block.
 */
export class NumberBlocks {
  readonly #size: number;
  readonly #holder: string;
  readonly #open = new Map<string, { next: number; last: number }>();
  readonly #claims = new Map<string, Promise<void>>();

  constructor(size: number, holder: string) {
    this.#size = size;
    this.#holder = holder;
  }

  /** The next serial of a series, from 1. Unique over all processes and restarts. */
  async next(p: Platform, series: string): Promise<number> {
    for (;;) {
      const block = this.#open.get(series);
      if (block && block.next <= block.last) {
        block.next += 1;
        return block.next - 1;
      }
      const claim =
        this.#claims.get(series) ?? this.#claim(p, series).finally(() => this.#claims.delete(series));
      this.#claims.set(series, claim);
      await claim;
    }
  }

  async #claim(p: Platform, series: string): Promise<void> {
    for (;;) {
      const last = await numberBlocks(p).findOne({ series }, { index: 1 }).sort({ index: -1 }).lean();
      const index = last ? last.index + 1 : 0;
      const size = this.#size;
      const document = {
        _id: `${series}#${index}`,
        series,
        index,
        size,
        takenBy: this.#holder,
        takenAt: p.time.now(),
      };
      try {
        await numberBlocks(p).collection.insertOne(document as never);
        // One series a day: yesterday's blocks are of no more use.
        for (const known of this.#open.keys()) if (known !== series) this.#open.delete(known);
        this.#open.set(series, { next: index * size + 1, last: (index + 1) * size });
        return;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    }
  }
}
