import { fromBase64, verifyConsistency, verifyInclusion, type Hasher } from './log.ts';

/** Proofs as JSON, in the words of the public test data of transparency logs; hashes in base64. */
interface Given {
  [name: string]: unknown;
}

const fail = (words: string): never => {
  throw new TypeError(words);
};

const decode = (value: unknown): Uint8Array | null => (typeof value === 'string' ? fromBase64(value) : null);

function bytesOf(given: Given, name: string): Uint8Array {
  return decode(given[name]) ?? fail(`${name} must be text in base64`);
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
  if (!Array.isArray(proof)) return fail('proof must be a list of texts in base64');
  return proof.map((one) => decode(one) ?? fail('proof must be a list of texts in base64'));
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

export type ProofKind = 'inclusion' | 'consistency';

export interface ProofVerdict {
  holds: boolean;
  /** Whether the JSON itself says that the proof must fail (`wantErr`); null where it says nothing. */
  wantErr: boolean | null;
}

/**
 * Checks a proof that is given as JSON: `{leafIdx, treeSize, leafHash, root, proof}` of inclusion, `{size1, size2, root1, root2, proof}` of
 * consistency. @throws SyntaxError, TypeError with what is wrong with the text
 */
export function checkProofJson(hasher: Hasher, kind: ProofKind, text: string): ProofVerdict {
  const given = parse(text);
  const wantErr = typeof given.wantErr === 'boolean' ? given.wantErr : null;
  return { holds: holds(hasher, kind, given), wantErr };
}

function holds(hasher: Hasher, kind: ProofKind, given: Given): boolean {
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
