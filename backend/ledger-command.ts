/**
 * `npm run ledger -- verify-inclusion|verify-consistency`: checks of proofs for whoever wants to see for themselves, this log's or any
 * other's. A program of its own, without the server: it opens no database and is there in a fraction of a second.
 */
import { readFileSync } from 'node:fs';
import { checkProofJson, type ProofKind } from './modules/ledger/offline/check-json.ts';
import { createHasher } from './modules/ledger/offline/log.ts';
import { sha256 } from './platform/crypto/sha256.ts';

const USAGE = `npm run ledger -- verify [checkpoint file]                 check the whole log, and the register and other records against it; a checkpoint kept elsewhere as well
npm run ledger -- verify-inclusion [file …]                check proofs in JSON: leafIdx, treeSize, leafHash, root, proof
npm run ledger -- verify-consistency [file …]              check proofs in JSON: size1, size2, root1, root2, proof
npm run ledger -- verify-inclusion --expect file …         the same for test data: each must hold, or fail where it says "wantErr": true
Hashes in base64; without a file the JSON is read from the standard input. The exit code is 0 when all is as it should be.
`;

const KINDS = new Map<string | undefined, ProofKind>([
  ['verify-inclusion', 'inclusion'],
  ['verify-consistency', 'consistency'],
]);

const say = (text: string) => process.stdout.write(`${text}\n`);
const hasher = createHasher(sha256);

/** Whether one proof is as it should be, said in a line of its own. */
function checkOne(kind: ProofKind, file: string | undefined, byExpectation: boolean): boolean {
  const name = file === undefined ? '' : `${file}: `;
  const verdict = judge(kind, readText(file));
  say(name + verdict.words);
  if (!byExpectation) return verdict.holds;
  const isExpected = verdict.holds !== (verdict.wantErr ?? false);
  if (!isExpected) say(`${name}与预期不符 NOT what the file expects`);
  return isExpected;
}

function judge(kind: ProofKind, text: string): { holds: boolean; wantErr: boolean | null; words: string } {
  try {
    const { holds, wantErr } = checkProofJson(hasher, kind, text);
    const words = holds ? '成立 The proof holds.' : '不成立 The proof does not hold.';
    return { holds, wantErr, words };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    const words = `读不懂这份证明 This is no proof: ${error.message}`;
    return { holds: false, wantErr: null, words };
  }
}

class Unreadable extends Error {}

function readText(file: string | undefined): string {
  try {
    return readFileSync(file ?? 0, 'utf8');
  } catch (error) {
    const what = file ?? 'The standard input';
    throw new Unreadable(`${what} cannot be read: name a file that holds the proof.`, { cause: error });
  }
}

function main([command, ...rest]: readonly string[]): boolean {
  const kind = KINDS.get(command);
  if (!kind) {
    process.stdout.write(USAGE);
    return command === undefined;
  }
  const byExpectation = rest.includes('--expect');
  const files = rest.filter((one) => one !== '--expect');
  const results = (files.length === 0 ? [undefined] : files).map((file) =>
    checkOne(kind, file, byExpectation),
  );
  return results.every(Boolean);
}

try {
  process.exitCode = main(process.argv.slice(3)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
