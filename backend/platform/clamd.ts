import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { MalwareScanner, ScanVerdict } from './outside.ts';

/** Silence of the scanner after which it counts as gone. Scanning 20 MB takes clamd about 1 s. */
const SILENCE_MS = 30_000;
/** clamd refuses a chunk above its StreamMaxLength (25 MB by default); ours are the pieces that GridFS gives. */
const MOST_REPLY_BYTES = 4096;

/** `/run/clamav/clamd.ctl`, `unix:/run/clamav/clamd.ctl`, `tcp://host:3310` or `host:3310`. */
export function parseClamdAddress(address: string): { path: string } | { host: string; port: number } {
  if (address.startsWith('unix:')) return { path: address.slice('unix:'.length) };
  if (address.startsWith('/')) return { path: address };
  const match = /^(?:tcp:\/\/)?(\[[0-9a-f:]+\]|[^:/\s]+):(\d{1,5})$/i.exec(address);
  if (!match) throw new Error(`"${address}" is no address of clamd: give a socket path or host:port.`);
  return { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match[2]) };
}

function verdictOf(reply: string): ScanVerdict {
  const text = reply.replace(/\0+$/, '').trim();
  if (/^stream: OK$/.test(text)) return { clean: true };
  const found = /^stream: (.+) FOUND$/.exec(text);
  if (found) return { clean: false, signature: found[1] ?? 'unnamed' };
  // `INSTREAM size limit exceeded. ERROR` and the like: no verdict, so the file stays unscanned.
  throw new Error(`the malware scanner gave no verdict: ${text.slice(0, 200) || 'connection closed'}`);
}

async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (!socket.write(bytes)) await once(socket, 'drain');
}

async function sendStream(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0', 'latin1'));
  for await (const chunk of content) {
    if (chunk.length === 0) continue;
    const size = Buffer.alloc(4);
    size.writeUInt32BE(chunk.length);
    await write(socket, size);
    await write(socket, chunk);
  }
  await write(socket, Buffer.alloc(4));
}

/** Scans by clamd's INSTREAM command, one connection for a file. Throws when clamd cannot be reached or gives no verdict. */
export function createClamdScanner(address: string): MalwareScanner {
  const target = parseClamdAddress(address);
  return {
    async scan(content) {
      const socket = createConnection(target);
      socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('the malware scanner fell silent')));
      let reply = '';
      const answered = new Promise<string>((resolve, reject) => {
        socket.on('data', (part: Buffer) => {
          reply += part.toString('latin1');
          if (reply.includes('\0') || reply.length > MOST_REPLY_BYTES) resolve(reply);
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(reply));
      });
      try {
        // clamd may answer and close before everything was sent (its size limit): that answer is the one that counts.
        await Promise.race([sendStream(socket, content).then(() => answered), answered]);
        return verdictOf(await answered);
      } finally {
        socket.destroy();
      }
    },
  };
}
