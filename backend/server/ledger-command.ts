import { readFileSync } from 'node:fs';
import { checkProofJson } from '../modules/ledger/index.ts';
import { StartupError } from '../platform/startup-error.ts';

const USAGE = `npm run ledger -- verify [checkpoint file]     check the whole log, and the register against it; a checkpoint kept elsewhere as well
npm run ledger -- verify-inclusion [file]      check a proof in JSON: leafIdx, treeSize, leafHash, root, proof
npm run ledger -- verify-consistency [file]    check a proof in JSON: size1, size2, root1, root2, proof
Hashes in base64; without a file the JSON is read from the standard input.
`;

const KINDS = { 'verify-inclusion': 'inclusion', 'verify-consistency': 'consistency' } as const;

/**
 * `npm run ledger -- <command>`: checks of proofs for whoever wants to see for themselves. True: it holds. What it found goes to the
 * standard output. @throws StartupError when the file cannot be read
 */
export function ledgerCommand([command, file]: readonly string[]): boolean {
  if (command === undefined || !Object.hasOwn(KINDS, command)) {
    process.stdout.write(USAGE);
    return command === undefined;
  }
  const say = (text: string) => process.stdout.write(`${text}\n`);
  try {
    const holds = checkProofJson(KINDS[command as keyof typeof KINDS], readText(file));
    say(holds ? '成立 The proof holds.' : '不成立 The proof does not hold.');
    return holds;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    say(`读不懂这份证明 This is no proof: ${error.message}`);
    return false;
  }
}

function readText(file: string | undefined): string {
  try {
    return readFileSync(file ?? 0, 'utf8');
  } catch (error) {
    const what = file ?? 'The standard input';
    throw new StartupError(`${what} cannot be read: name a file that holds the proof.`, { cause: error });
  }
}
