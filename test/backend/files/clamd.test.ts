import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createClamdScanner, parseClamdAddress } from '../../../backend/platform/clamd.ts';
import * as sample from './samples.ts';

/** A scanner that speaks clamd's INSTREAM and knows one signature. */
function clamd(limitBytes = Infinity, received: Buffer[] = []): Server {
  return createServer((socket) => {
    let held = Buffer.alloc(0);
    let begun = false;
    let size = 0;
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      held = Buffer.concat([held, part]);
      if (!begun) {
        if (held.length < 10) return;
        if (held.toString('latin1', 0, 10) !== 'zINSTREAM\0') return void socket.end('UNKNOWN COMMAND\0');
        begun = true;
        held = held.subarray(10);
      }
      while (held.length >= 4) {
        const length = held.readUInt32BE(0);
        if (length === 0) {
          const infected = Buffer.concat(received).includes(sample.eicar());
          return void socket.end(infected ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
        }
        size += length;
        if (size > limitBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
        if (held.length < 4 + length) return;
        received.push(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
      }
    });
  });
}

async function* pieces(...parts: readonly (Buffer | string)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part as string);
}

const servers: Server[] = [];
async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

describe('a scan by clamd', () => {
  it('sends every byte and passes what is clean', async () => {
    const received: Buffer[] = [];
    const address = await listen(clamd(Infinity, received));
    const big = Buffer.alloc(5 * 1024 * 1024, 7);
    expect(await createClamdScanner(address).scan(pieces('a', big, '', 'z'))).toEqual({ clean: true });
    expect(Buffer.concat(received).equals(Buffer.concat([Buffer.from('a'), big, Buffer.from('z')]))).toBe(
      true,
    );
  });

  it('names what it found', async () => {
    const address = await listen(clamd());
    expect(await createClamdScanner(address).scan(pieces(sample.eicar()))).toEqual({
      clean: false,
      signature: 'Eicar-Test-Signature',
    });
  });

  it('reaches it by a Unix socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clamd-'));
    const server = clamd();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(join(folder, 'clamd.ctl'), resolve));
    expect(await createClamdScanner(`unix:${join(folder, 'clamd.ctl')}`).scan(pieces('x'))).toEqual({
      clean: true,
    });
    rmSync(folder, { recursive: true });
  });

  it('gives no verdict, rather than a wrong one, when the scanner refuses, breaks off or is away', async () => {
    const small = createClamdScanner(await listen(clamd(1000)));
    await expect(small.scan(pieces(Buffer.alloc(8 * 1024 * 1024)))).rejects.toThrow();
    const mute = createClamdScanner(
      await listen(
        createServer(
          (socket) =>
            void socket
              .on('error', () => undefined)
              .resume()
              .end(),
        ),
      ),
    );
    await expect(mute.scan(pieces('x'))).rejects.toThrow();
    const away = createClamdScanner('127.0.0.1:1');
    await expect(away.scan(pieces('x'))).rejects.toThrow();
  });

  it('ends when the content cannot be read', async () => {
    const scanner = createClamdScanner(await listen(clamd()));
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('a');
      throw new Error('content is gone');
    }
    await expect(scanner.scan(broken())).rejects.toThrow('content is gone');
  });
});

it.each([
  ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ['unix:/run/c', { path: '/run/c' }],
  ['tcp://scan:3310', { host: 'scan', port: 3310 }],
  ['scan:3310', { host: 'scan', port: 3310 }],
  ['[::1]:3310', { host: '::1', port: 3310 }],
])('address %s', (address, target) => expect(parseClamdAddress(address)).toEqual(target));

it('refuses an address that is none', () => {
  expect(() => parseClamdAddress('clamd')).toThrow('no address of clamd');
});
