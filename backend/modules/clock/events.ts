import type { Limit } from './contract.ts';
import type { Pause } from './pauses.ts';

/** A promise as it was made to an applicant: version 0 is the catalogue's own. */
export interface PromiseMade {
  version: number;
  validFrom: string;
  promised: Limit;
}

/**
 * What a case stores about its time, and all it stores: every due date is computed from these. `at` is when the event
 * took effect, `recordedAt` when it was written; the order in which events are recorded does not matter.
 */
interface EventBase {
  id: string;
  at: Date;
  recordedAt: Date;
}

export type ClockEvent =
  /** With the promise of that day, as the signed receipt has it; absent before promises had versions: the catalogue's own. */
  | (EventBase & {
      kind: 'accepted';
      promise?: PromiseMade;
      /** 视为受理 (条例17 末款): nobody answered in time; `at` is the end of that time, not when anybody came to it. */
      byLaw?: true;
    })
  /** 决定: another promise than the one made, decided for this case by a person with the power to. */
  | (EventBase & {
      kind: 'promised';
      promise: PromiseMade;
      decisionId: string;
      approvedBy: string;
      basis: string;
    })
  | (EventBase & {
      kind: 'paused';
      /** Code of the catalogue's PAUSE_REASONS. */
      reason: string;
      basis?: string;
      /** Legal day on which the pause should end; its overrun has its own alarm. */
      plannedEnd?: string | null;
      approvedBy?: string;
      /** 补记: written down after it had begun, by request and with approval. The mark stays. */
      backdated?: true;
    })
  | (EventBase & { kind: 'resumed'; /** `id` of the pause it ends. */ pauseId: string })
  | (EventBase & { kind: 'extended'; days: number; approvedBy: string; basis: string })
  | (EventBase & { kind: 'stopped' });

export interface CaseTime {
  acceptedAt: Date;
  stoppedAt: Date | null;
  /** Those that stop the clock. */
  pauses: Pause[];
  switchedToStatutory: boolean;
  extendedByDays: number;
}

/**
 * Reads the events, whatever their order. A pause whose reason is in `switchToStatutory` does not stop the clock but
 * replaces the promise by the statutory limit (实地查看 where the city chose so). Throws a RangeError without acceptance.
 */
export function readEvents(events: readonly ClockEvent[], switchToStatutory: readonly string[]): CaseTime {
  const accepted = events
    .filter(({ kind }) => kind === 'accepted')
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
  if (!accepted) throw new RangeError('a case without acceptance has no deadline');
  const stops = events.filter(({ kind }) => kind === 'stopped').map(({ at }) => at.getTime());
  const ends = new Map<string, number>();
  for (const event of events) {
    if (event.kind !== 'resumed') continue;
    ends.set(event.pauseId, Math.min(event.at.getTime(), ends.get(event.pauseId) ?? Infinity));
  }
  const time: CaseTime = {
    acceptedAt: accepted.at,
    stoppedAt: stops.length > 0 ? new Date(Math.min(...stops)) : null,
    pauses: [],
    switchedToStatutory: false,
    extendedByDays: 0,
  };
  for (const event of events) {
    if (event.kind === 'extended') time.extendedByDays += event.days;
    if (event.kind !== 'paused') continue;
    if (switchToStatutory.includes(event.reason)) time.switchedToStatutory = true;
    else {
      const end = ends.get(event.id);
      time.pauses.push({
        from: event.at,
        to: end === undefined ? null : new Date(end),
        reason: event.reason,
      });
    }
  }
  return time;
}
