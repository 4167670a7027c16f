/**
 * `npm run verify -- <file> [--keys <file>]`: what the verify page says of a certificate, from public keys alone. A program of its own: no
 * database, no network, none of the office's secrets. The file is a PDF, the bundle out of one, or the text of its code.
 */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { verifyFile, weigh, type FileVerdict, type Pages } from './modules/certificates/offline/bundle.ts';
import { DOCUMENT_WORDS } from './modules/certificates/offline/document.ts';
import { fingerprintOf, readKeys } from './modules/certificates/offline/keys.ts';
import { verifyPayload, type Trust, type Verdict } from './modules/certificates/offline/verify.ts';
import { resultRows } from './modules/query/offline/result.ts';
import { sha256 } from './platform/crypto/sha256.ts';
import { verifySm2 } from './platform/crypto/sm2.ts';

const USAGE = `npm run verify -- <file> --keys <file>
  <file>         a certificate: the PDF as downloaded, the bundle attached to it, or the text of its large QR code
  --keys <file>  public keys of the office, one a line (name+hash+key), or what GET /api/ledger answers
The exit code is 0 for a paper that was genuine when issued, 1 for any other, 2 where a file cannot be read.
`;

/** What a file says must not move the cursor, colour a line or turn its direction. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${one.codePointAt(0)!.toString(16)}}`);

const say = (text: string): void => void process.stdout.write(`${visible(text)}\n`);

const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

function verifyEd25519(publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return verify(null, text, key, signature);
}

class Unreadable extends Error {}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Unreadable(`${file} cannot be read.`, { cause: error });
  }
}

function keyWords(text: string): string[] {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(keys) ? keys.map(String) : [];
  } catch {
    return text.split('\n').filter((line) => line.trim() !== '');
  }
}

/** The text of a code, alone or as the address that it is; null for every other file. */
function payloadOf(bytes: Buffer): string | null {
  return (
    /^(?:\S*#)?([A-Za-z0-9_-]{200,})$/.exec(bytes.subarray(0, 20_000).toString('latin1').trim())?.[1] ?? null
  );
}

const VERDICTS = {
  genuine: '签发时是真的 GENUINE when issued',
  contentOnly:
    '只有下面列的内容是真的，文件版面不能信 ONLY what is listed below is the office’s, not the pages',
  signedOnly:
    '有登记机构的签名，但没有日志证明，不能当作核验通过 SIGNED, but without a proof by the log: not verified',
  notGenuine: '被改动过，或者不是真的 CHANGED, or not genuine',
  cannotTell: '判断不了 CANNOT be judged',
} as const;

const STATUS = {
  valid: '有效 in force',
  superseded: '已变更 superseded',
  cancelled: '已注销 cancelled',
} as const;

const PAGES = {
  whole: '文件一字节不差 the file is as the office wrote it',
  unknown: '没有核版面 the pages were not checked',
  unsigned:
    '缺少文件签名，版面可能被改过 the line that covers the pages is missing: they may have been changed',
} as const satisfies Record<Pages, string>;

function report(verdict: Verdict | FileVerdict): void {
  say(VERDICTS[weigh(verdict)]);
  if ('why' in verdict) {
    say(`原因 why: ${verdict.why}`);
    return;
  }
  const { zh, en } = DOCUMENT_WORDS[verdict.document];
  say(`文书 document: ${zh} ${en}`);
  if ('pages' in verdict) say(PAGES[verdict.pages]);
  if (verdict.verdict === 'genuine') {
    const { log, standing } = verdict;
    say(`日志 log: ${log.origin}, ${log.index + 1}/${log.size}; ${log.signedBy.join(', ')}`);
    if (verdict.kind === 'queryResult')
      say(`时点 moment: 只说明当时登记簿的记载 the register of ${verdict.at}, and of no other moment`);
    else if (standing)
      say(`状态 standing: ${STATUS[standing.status]}, ${standing.at} ${standing.limits.join(' ')}`);
    else say('状态 standing: 未附说明 not stated');
  }
  if (verdict.kind === 'queryResult')
    for (const { label, text } of resultRows(verdict.fields)) say(`  ${label}: ${text}`);
  else
    for (const [name, value] of verdict.fields)
      say(`  ${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

async function main(args: readonly string[]): Promise<boolean> {
  const at = args.indexOf('--keys');
  const [file] = args.filter((_, place) => at < 0 || (place !== at && place !== at + 1));
  const keysFile = at < 0 ? undefined : args[at + 1];
  if (file === undefined || keysFile === undefined) {
    process.stdout.write(USAGE);
    throw new Unreadable('Name the certificate and the keys.');
  }
  const words = keyWords(read(keysFile).toString());
  const trust: Trust = {
    sha256,
    verifiers: readKeys(sha256, words, { ed25519: verifyEd25519, sm2: verifySm2 }),
  };
  for (const word of words)
    say(`公钥 key: ${word.slice(0, word.indexOf('+'))} ${fingerprintOf(sha256, word)}`);
  const bytes = read(file);
  const payload = payloadOf(bytes);
  const verdict = payload === null ? await verifyFile(bytes, trust) : await verifyPayload(payload, trust);
  report(verdict);
  return weigh(verdict) === 'genuine';
}

try {
  process.exitCode = (await main(process.argv.slice(3))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
