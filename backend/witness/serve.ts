import { createServer, type IncomingMessage, type Server } from 'node:http';
import { addCheckpoint, type Answer, type Witness } from './add-checkpoint.ts';

/** A checkpoint with a hundred signatures and sixty-three hashes is far below this. */
const MOST_BYTES = 64_000;
const SLOWEST_MS = 10_000;

class TooLong extends Error {}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new TooLong();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function answerTo(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '').split('?')[0]!;
  if (request.method === 'POST' && path.endsWith('/add-checkpoint'))
    return addCheckpoint(witness, await readBody(request));
  const [, hash] = /\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? [];
  if (request.method === 'GET' && hash !== undefined) {
    const { witnessed } = witness.state.read(hash);
    if (witnessed) return { status: 200, body: witnessed.checkpoint };
  }
  return { status: 404, body: 'nothing here\n' };
}

/** The witness over HTTP: `POST …/add-checkpoint`, and `GET …/<hash of the log's name>/checkpoint` for whoever watches. */
export function createWitnessServer(witness: Witness): Server {
  const server = createServer((request, response) => {
    const send = ({ status, type = 'text/plain; charset=utf-8', body }: Answer) => {
      response.writeHead(status, { 'Content-Type': type }).end(body);
    };
    answerTo(witness, request).then(send, (error: unknown) => {
      if (error instanceof TooLong) return send({ status: 413, body: 'too long\n' });
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      send({ status: 500, body: 'the witness failed\n' });
    });
  });
  server.requestTimeout = SLOWEST_MS;
  server.headersTimeout = SLOWEST_MS;
  return server;
}
