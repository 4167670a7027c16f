import { Agent, request } from 'node:http';

export interface LoadRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface LoadResult {
  requests: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers outside 2xx, by status; 0 is a broken connection. */
  failures: Record<number, number>;
}

function send(origin: URL, agent: Agent, asked: LoadRequest): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const body = asked.body === undefined ? undefined : Buffer.from(asked.body);
    const outgoing = request(
      {
        host: origin.hostname,
        port: origin.port,
        agent,
        method: asked.method,
        path: asked.path,
        headers: {
          ...(body ? { 'Content-Type': 'application/json', 'Content-Length': body.length } : {}),
          ...asked.headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
        response.on('error', () => resolve({ status: 0, text: '' }));
      },
    );
    outgoing.on('error', () => resolve({ status: 0, text: '' }));
    outgoing.end(body);
  });
}

function percentile(sorted: Float64Array, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/**
 * Sends `count` requests over `connections` keep-alive connections, each sending its next as soon as it has its
 * answer. `next(n)` makes the n-th request.
 */
export async function runLoad(
  url: string,
  connections: number,
  count: number,
  next: (n: number) => LoadRequest,
): Promise<LoadResult> {
  const origin = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const latencies = new Float64Array(count);
  const failures: Record<number, number> = {};
  let issued = 0;
  const client = async (): Promise<void> => {
    while (issued < count) {
      const n = issued;
      issued += 1;
      const startedAt = performance.now();
      const { status, text } = await send(origin, agent, next(n));
      latencies[n] = performance.now() - startedAt;
      if (status < 200 || status > 299) {
        if (!failures[status] && process.env.BENCH_VERBOSE) console.error(status, text.slice(0, 300));
        failures[status] = (failures[status] ?? 0) + 1;
      }
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  latencies.sort();
  return {
    requests: count,
    seconds,
    perSecond: count / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    failures,
  };
}
