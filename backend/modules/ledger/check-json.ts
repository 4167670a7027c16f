import { hasher } from './hash.ts';
import { verifyConsistency, verifyInclusion } from './merkle.ts';

/** Proofs as JSON, in the words of the public test data of transparency logs; hashes in base64. */
interface Given {
  [name: string]: unknown;
}

const fail = (words: string): never => {
  throw new TypeError(words);
};

function bytesOf(given: Given, name: string): Uint8Array {
  const value = given[name];
  return typeof value === 'string' ? Buffer.from(value, 'base64') : fail(`${name} must be text in base64`);
}

function numberOf(given: Given, name: string): bigint {
  const value = given[name];
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? BigInt(value)
    : fail(`${name} must be a whole number`);
}

function proofOf({ proof }: Given): Uint8Array[] {
  if (proof === null || proof === undefined) return [];
  if (!Array.isArray(proof) || proof.some((one) => typeof one !== 'string'))
    return fail('proof must be a list of texts in base64');
  return (proof as string[]).map((one) => Buffer.from(one, 'base64'));
}

/** JSON whose whole numbers beyond 2⁵³ keep their digits. */
function parse(text: string): Given {
  // Texts are left alone, with their escapes; a long number outside of them is marked, and read as what it says.
  const marked = text.replace(/("(?:[^"\\]|\\.)*")|\b(\d{16,})\b/g, (whole, quoted: string | undefined) =>
    quoted === undefined ? `{"whole":"${whole}"}` : whole,
  );
  const value: unknown = JSON.parse(marked, (_, one: unknown) =>
    typeof one === 'object' && one !== null && 'whole' in one ? BigInt(String(one.whole)) : one,
  );
  return typeof value === 'object' && value !== null ? (value as Given) : fail('an object is expected');
}

/**
 * Checks a proof that is given as JSON: `{leafIdx, treeSize, leafHash, root, proof}` of inclusion, `{size1, size2, root1, root2, proof}` of
 * consistency. @throws SyntaxError, TypeError with what is wrong with the text
 */
export function checkProofJson(kind: 'inclusion' | 'consistency', text: string): boolean {
  const given = parse(text);
  return kind === 'inclusion'
    ? verifyInclusion(hasher, {
        leaf: bytesOf(given, 'leafHash'),
        index: numberOf(given, 'leafIdx'),
        size: numberOf(given, 'treeSize'),
        proof: proofOf(given),
        root: bytesOf(given, 'root'),
      })
    : verifyConsistency(hasher, {
        first: numberOf(given, 'size1'),
        second: numberOf(given, 'size2'),
        firstRoot: bytesOf(given, 'root1'),
        secondRoot: bytesOf(given, 'root2'),
        proof: proofOf(given),
      });
}
