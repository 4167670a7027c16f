import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../support/client.ts';
import type { Deployment } from '../support/deployment.ts';
import type { Dice } from '../support/random.ts';

/** What a client knows after a request. `unknown`: no reply, or one that says nothing on whether it was done. */
export type Answer =
  | { known: true; status: number; body: Json }
  | { known: false; why: 'broken' | 'timeout' | 'unavailable' | 'defect' };

export interface Session {
  /** Of the account: for the record of who did it. */
  accountId: string;
  cookie: string;
}

/** What all clients together saw. */
export interface Traffic {
  requests: number;
  acknowledged: number;
  refused: Record<string, number>;
  unknown: Record<string, number>;
  /** Bodies of answers with status 500: a defect, whatever was killed. */
  defects: string[];
  /** Called at each acknowledged write. */
  onAcknowledged: (() => void) | null;
}

export interface Sender {
  readonly traffic: Traffic;
  send(session: Session, method: string, path: string, body?: unknown, key?: string): Promise<Answer>;
}

/** A request that takes longer than this is given up by the client: whether it was done is unknown. */
const PATIENCE_MS = 10_000;

export function createSender(deployment: Pick<Deployment, 'servers' | 'origin'>, dice: Dice): Sender {
  const traffic: Traffic = {
    requests: 0,
    acknowledged: 0,
    refused: {},
    unknown: {},
    defects: [],
    onAcknowledged: null,
  };
  const count = (table: Record<string, number>, key: string) => (table[key] = (table[key] ?? 0) + 1);

  const fail = (why: 'broken' | 'timeout' | 'unavailable' | 'defect'): Answer => {
    count(traffic.unknown, why);
    return { known: false, why };
  };
  return {
    traffic,
    async send(session, method, path, body, key) {
      // As a balancer does: to one that said it is ready, unless none did.
      const ready = deployment.servers.filter((server) => server.isReady());
      if (ready.length === 0) await delay(100);
      const { url } = dice.pick(ready.length > 0 ? ready : deployment.servers);
      traffic.requests += 1;
      const form = body instanceof FormData;
      const headers: Record<string, string> = {
        Origin: deployment.origin,
        Cookie: session.cookie,
        ...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }),
        ...(key ? { 'Idempotency-Key': key } : {}),
      };
      let status: number;
      let parsed: Json;
      try {
        const response = await fetch(url + path, {
          method,
          headers,
          signal: AbortSignal.timeout(PATIENCE_MS),
          ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
        });
        ({ status } = response);
        parsed = await response.json();
      } catch (error) {
        // Nobody listens while a killed server starts: not a busy loop.
        await delay(20 + dice.between(0, 60));
        return fail((error as Error).name === 'TimeoutError' ? 'timeout' : 'broken');
      }
      if (status === 503) {
        await delay(20 + dice.between(0, 60));
        return fail('unavailable');
      }
      if (status >= 500) {
        traffic.defects.push(
          `${method} ${path.replace(/[0-9a-f]{24}/g, ':id')} ${status} ${JSON.stringify(parsed)}`,
        );
        return fail('defect');
      }
      if (status < 400 && method !== 'GET') {
        traffic.acknowledged += 1;
        traffic.onAcknowledged?.();
      }
      if (status >= 400) count(traffic.refused, String(parsed?.error?.code ?? status));
      return { known: true, status, body: parsed };
    },
  };
}
