import type { Platform } from '../../platform/platform.ts';
import { leafHashOf } from './append.ts';
import type { Findings } from './findings.ts';
import { readLeaf, REGISTER_KIND, type LeafSource } from './leaf-source.ts';
import type { Hash } from './merkle.ts';

const placeOf = (kind: string): string =>
  kind === REGISTER_KIND ? 'the register' : `the records of kind ${kind}`;

/** A hash as a text of 32 characters: a million arrays of bytes would keep the collector busier than the check itself. */
const keyOf = (hash: Hash): string =>
  Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('latin1');

interface Logged {
  key: string;
  kind: string;
}

/**
 * The leaves of the log, kind by kind, beside the records that they are about: each must be there once, and the same. Hashes are
 * kept, not the leaves: a million of those would not fit.
 */
export class RecordCheck {
  readonly #findings: Findings;
  readonly #logged = new Map<string, Logged>();

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  /** An entry of the log, as it lies there at `place`. */
  add(place: number, entryId: string, bytes: string, hash: Hash): void {
    const leaf = readLeaf(bytes);
    if (leaf?.entryId !== entryId)
      this.#findings.note('entry-id', `entry ${place}: it is filed under another id`);
    if (this.#logged.has(entryId)) this.#findings.note('twice', `entry ${place}: ${entryId} is logged twice`);
    this.#logged.set(entryId, { key: keyOf(hash), kind: leaf?.kind ?? REGISTER_KIND });
  }

  /**
   * Reads every source. What a source says and the log had not when it was read is looked for again by `later`: it may be on its way.
   */
  async compare(
    p: Platform,
    sources: readonly LeafSource[],
    later: (entryIds: readonly string[]) => Promise<ReadonlyMap<string, Hash>>,
  ): Promise<void> {
    const fresh = new Map<string, Logged>();
    for (const { kind, leaves } of sources)
      for await (const { entryId, bytes, holds, wrong = [] } of leaves(p)) {
        for (const words of wrong) this.#findings.note(`record-${kind}`, words);
        const found = this.#logged.get(entryId);
        const own = { key: keyOf(leafHashOf(bytes)), kind };
        if (found) this.#compareLeaf(entryId, found, own);
        else fresh.set(entryId, own);
        if (holds === false)
          this.#findings.note(
            `state-${kind}`,
            `${entryId} commits to another state than ${placeOf(kind)} has`,
          );
        this.#logged.delete(entryId);
      }
    const arrived = fresh.size === 0 ? new Map<string, Hash>() : await later([...fresh.keys()]);
    for (const [entryId, own] of fresh) {
      const { kind } = own;
      const found = arrived.get(entryId);
      if (found) this.#compareLeaf(entryId, { key: keyOf(found), kind }, own);
      else this.#findings.note(`missing-${kind}`, `${entryId} is in ${placeOf(kind)} and not in the log`);
    }
    this.#noteLeft(new Set(sources.map(({ kind }) => kind)));
  }

  #compareLeaf(entryId: string, logged: Logged, { key, kind }: Logged): void {
    if (logged.kind !== kind || logged.key !== key)
      this.#findings.note(`differs-${kind}`, `${entryId} says another thing in ${placeOf(kind)}`);
  }

  #noteLeft(known: ReadonlySet<string>): void {
    for (const [entryId, { kind }] of this.#logged)
      if (known.has(kind))
        this.#findings.note(`extra-${kind}`, `${entryId} is in the log and not in ${placeOf(kind)}`);
      else this.#findings.note('kind', `${entryId} is of a kind that nothing here keeps records of: ${kind}`);
  }
}
