import type { Outbox } from '../database/outbox.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform.ts';

/**
 * The platform for one request: events that are made and lines that are logged through it carry the request's id. Passed on
 * as an argument like everything else, because a context that follows every promise by itself (`AsyncLocalStorage`) costs
 * each of them a hook on Node 20: about a tenth of a request's processor time.
 */
export function requestPlatform(p: Platform, requestId: string): Platform {
  const outbox: Outbox = {
    event: (type, actorId, data) => {
      const event = p.outbox.event(type, actorId, data);
      event.requestId = requestId;
      return event;
    },
    notify: (collection, written) => p.outbox.notify(collection, written),
    drain: () => p.outbox.drain(),
  };
  let log: Log | undefined;
  return {
    ...p,
    outbox,
    requestId,
    get log() {
      return (log ??= p.log.child({ requestId }));
    },
  };
}
