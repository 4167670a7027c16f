import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkOf } from '../../../backend/platform/http/client-network.ts';
import { refuseMalformed } from '../../../backend/server/refuse-malformed.ts';

describe('a request that is none', () => {
  let server: Server;
  let seen = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      seen += 1;
      if (request.url === '/slow') return;
      request.resume().on('end', () => response.end('handled'));
    });
    refuseMalformed(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** All that comes back on one connection until the server closes it. */
  const speak = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.on('data', (part) => (answer += part.toString('utf8')));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
    });

  const lines = (...rows: string[]) => rows.join('\r\n') + '\r\n\r\n';
  const smuggled: [string, string, number, string][] = [
    ['no request at all', 'hello\r\n\r\n', 400, 'platform.malformed_request'],
    [
      'a length and chunks together (CL.TE)',
      lines('POST / HTTP/1.1', 'Host: a', 'Content-Length: 4', 'Transfer-Encoding: chunked') +
        '0\r\n\r\nGET /x',
      400,
      'platform.malformed_request',
    ],
    [
      'two lengths',
      lines('POST / HTTP/1.1', 'Host: a', 'Content-Length: 4', 'Content-Length: 5') + 'abcd',
      400,
      'platform.malformed_request',
    ],
    [
      'an unknown coding (TE.TE)',
      lines('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked, x') + '0\r\n\r\n',
      400,
      'platform.malformed_request',
    ],
    [
      'a chunk that is none',
      lines('POST / HTTP/1.1', 'Host: a', 'Transfer-Encoding: chunked') + 'zz\r\n',
      400,
      '',
    ],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: a\n\n', 400, 'platform.malformed_request'],
    [
      'a folded header',
      lines('GET / HTTP/1.1', 'Host: a', 'X: 1', ' 2', 'Bad header'),
      400,
      'platform.malformed_request',
    ],
    [
      'a space before the colon',
      lines('GET / HTTP/1.1', 'Host: a', 'Content-Length : 4'),
      400,
      'platform.malformed_request',
    ],
    [
      'headers of 20 KB',
      lines('GET / HTTP/1.1', 'Host: a', `X: ${'y'.repeat(20_000)}`),
      431,
      'platform.headers_too_large',
    ],
    [
      'an address of 20 KB',
      lines(`GET /?${'y'.repeat(20_000)} HTTP/1.1`, 'Host: a'),
      431,
      'platform.headers_too_large',
    ],
  ];
  it.each(smuggled)('is refused, told why, and the connection closed: %s', async (_, text, status, code) => {
    const answer = await speak(text);
    if (code === '') {
      // The request itself began: no second answer may follow, the connection just ends.
      expect(answer).toBe('');
      return;
    }
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).not.toContain('handled');
    for (const header of [
      'Cache-Control: no-store',
      'Content-Security-Policy:',
      'nosniff',
      'Connection: close',
    ])
      expect(answer).toContain(header);
    const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[\u4e00-\u9fff].*。$/);
    expect(error.requestId.length).toBeGreaterThan(10);
  });

  it('gets no answer of its own behind one that is under way', async () => {
    const before = seen;
    const answer = await speak(lines('GET /slow HTTP/1.1', 'Host: a') + 'rubbish\r\n\r\n');
    expect(answer).toBe('');
    expect(seen).toBe(before + 1);
  });

  it('is not waited for long', () => {
    expect(server.headersTimeout).toBeLessThanOrEqual(20_000);
    expect(server.requestTimeout).toBeGreaterThan(0);
  });
});

describe('a limit by address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['not an address', 'not an address'],
  ])('counts %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
