import type { Platform } from '../platform.ts';

/**
 * An event embedded in the document whose change it reports: the act and its events are one write. The relay
 * delivers it to every subscriber at least once, in batches, and only then removes it from the document.
 */
export interface OutboxEvent<D = Record<string, unknown>> {
  /** Unique; subscribers store it to stay idempotent. */
  id: string;
  /** `module.happened`, past tense. */
  type: string;
  at: Date;
  /** Who acted; null for the system itself. */
  actorId: string | null;
  requestId: string | null;
  /** Ids and closed words only; personal data stays in the document, and is read again by whoever needs it. */
  data: D;
}

/** A document with the events that it carries, in the order in which they happened. */
export interface Carrier {
  _id: string;
  outbox?: readonly OutboxEvent[];
}

export interface DeliveredEvent extends OutboxEvent {
  /** The document that carried the event. */
  source: { collection: string; id: unknown };
}

export interface Subscriber {
  /** Unique; named in logs. */
  name: string;
  types: readonly string[];
  /** Must be idempotent by event id. Throwing leaves the whole batch in place, to be delivered again. */
  handle(p: Platform, events: readonly DeliveredEvent[]): Promise<void>;
}

export interface Outbox {
  /** Makes an event to embed: `$push: { outbox: p.outbox.event('applications.submitted', actor, {...}) }`. */
  event<D extends Record<string, unknown>>(type: string, actorId: string | null, data: D): OutboxEvent<D>;
  /**
   * Tells the relay, after the write returned, that a collection has something to deliver. Never throws.
   * @param written the document whose events they are, where its outbox is known whole, as that write left it: the relay
   * then has no need to read it. Kept in memory only; what a killed process forgets the sweep finds in the document.
   */
  notify(collection: string, written?: Carrier): void;
  /** Resolves when everything embedded so far was delivered: for tests and for an orderly stop. */
  drain(): Promise<void>;
}
