import { createHash, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import type { Field, ProofKind } from '../../backend/modules/certificates/offline/commit.ts';
import { leafHash, leafText } from '../../backend/modules/certificates/offline/commit.ts';
import { readKeys } from '../../backend/modules/certificates/offline/keys.ts';
import {
  packPayload,
  unpackPayload,
  type Payload,
} from '../../backend/modules/certificates/offline/payload.ts';
import { standingText, type Standing } from '../../backend/modules/certificates/offline/statement.ts';
import type { Trust } from '../../backend/modules/certificates/offline/verify.ts';
import { checkpointText } from '../../backend/modules/ledger/checkpoint.ts';
import { createHasher, type Hash, type Sha256 } from '../../backend/modules/ledger/merkle.ts';
import {
  ED25519,
  keyHashOf,
  readNote,
  signNote,
  verifierKeyOf,
  type NoteSigner,
} from '../../backend/modules/ledger/note.ts';

/** Self-proving documents of a log that exists only as far as one proof of it needs. */

export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const hasher = createHasher(sha256);

export const ORIGIN = 'bdc.liaocheng.example/ledger';

const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

export function checkEd25519(publicKey: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return verify(null, text, key, signature);
}

export interface TestKey {
  signer: NoteSigner;
  /** Verifier key. */
  word: string;
  privateKey: KeyObject;
}

export function makeKey(name = ORIGIN): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return {
    privateKey,
    word: verifierKeyOf(sha256, name, ED25519, raw),
    signer: {
      name,
      keyHash: keyHashOf(sha256, name, ED25519, raw),
      sign: (text) => new Uint8Array(sign(null, text, privateKey)),
    },
  };
}

export const trustIn = (...keys: readonly TestKey[]): Trust => ({
  sha256,
  verifiers: readKeys(
    sha256,
    keys.map(({ word }) => word),
    { ed25519: checkEd25519 },
  ),
});

/** A path to some root: its other hashes are made up, as nobody can tell. */
export function madeUpPath(leaf: Hash, index: number, size: number): { path: Hash[]; root: Hash } {
  let [place, last] = [index, size - 1];
  let root = leaf;
  const path: Hash[] = [];
  while (last > 0) {
    const sibling = sha256(Buffer.from(`sibling ${index} ${size} ${path.length}`));
    if (place % 2 === 1 || place === last) {
      root = hasher.node(sibling, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else root = hasher.node(root, sibling);
    path.push(sibling);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return { path, root };
}

/** A title as Liaocheng words it: none of its texts is shorter than those of a common flat. */
export const FIELDS: readonly Field[] = [
  ['address', '山东省聊城市东昌府区东昌西路88号御景花园小区3号楼2单元1502室'],
  ['agency', '聊城市自然资源和规划局'],
  ['area', '房屋建筑面积 128.62㎡，专有建筑面积 101.15㎡，分摊建筑面积 27.47㎡'],
  ['caseNo', '20261009-371502-000123'],
  ['coOwnership', '共同共有'],
  ['district', '东昌府区'],
  [
    'holders',
    [
      { idKind: 'residentId', name: '孙晓岚', share: null },
      { idKind: 'residentId', name: '欧阳𠮷田', share: null },
    ],
  ],
  ['kind', 'title'],
  ['nature', '出让/市场化商品房'],
  ['notes', ['业务编号：20261009-371502-000123']],
  ['number', '鲁(2026)聊城市不动产权第0018342号'],
  ['obligors', []],
  [
    'other',
    [
      ['持证方式', '共同持证'],
      ['房屋结构', '钢筋混凝土结构'],
      ['楼层', '总层数 18 层，所在层 第 15 层'],
      ['竣工时间', '2019-06-30'],
    ],
  ],
  ['registeredOn', '2026-10-09'],
  ['subject', '国有建设用地使用权/房屋（构筑物）所有权'],
  ['term', '国有建设用地使用权 至 2086年5月17日 止'],
  ['unitCode', '371502001001GB00001F00060044'],
  ['use', '城镇住宅用地/住宅'],
  ['version', 1],
];

/** 无房证明, as it is signed. */
export const RESULT_FIELDS: readonly Field[] = [
  ['agency', '聊城市自然资源和规划局'],
  ['asker', { idNumberMasked: '371502********0019', name: '钱伪', organisation: null }],
  ['at', '2026-10-09T02:03:04.567Z'],
  ['basis', '不动产登记资料查询暂行办法第十四条'],
  ['claimedName', null],
  ['coverage', { en: 'The register of Liaocheng', zh: '查询范围：聊城市不动产登记簿' }],
  ['kind', 'noProperty'],
  ['no', '聊无房(2026)第0000007号'],
  ['person', null],
  ['purpose', 'school'],
  ['purposeText', ''],
  ['query', 'own'],
  ['queryNo', '20261009-CX-000001'],
  ['refusal', null],
  ['relation', null],
  ['target', null],
  ['units', []],
  ['version', 1],
];

export interface Made {
  kind?: ProofKind;
  key?: TestKey;
  fields?: readonly Field[];
  entryId?: string;
  index?: number;
  size?: number;
  standing?: Partial<Standing> | null;
  change?: (payload: Payload) => Payload;
}

/** Signed lines under a text. */
export const linesOf = (text: string, key: TestKey) => readNote(signNote(text, [key.signer]))!.signatures;

const key0 = makeKey();
export const officeKey = key0;

/** The parts of a payload that is right in everything. */
export function makePayload({
  kind = 'certificate',
  key = key0,
  fields = FIELDS,
  entryId = 'certificate:0a1b2c3d4e5f60718293a4b5',
  index = 754_321,
  size = 1_000_000,
  standing = {},
}: Made = {}): Payload {
  const salt = sha256(Buffer.from(entryId)).slice(0, 16);
  const leaf = { kind, entryId, at: '2026-10-09T02:03:04.567Z', fields } as const;
  const { path, root } = madeUpPath(leafHash(sha256, leafText(sha256, salt, leaf)), index, size);
  const said: Standing = {
    entryId,
    status: 'valid',
    changedOn: null,
    limits: ['mortgaged'],
    at: '2026-10-10T01:00:00.000Z',
    size,
    ...standing,
  };
  const { entryId: _, ...rest } = said;
  return {
    ...leaf,
    salt,
    origin: key.signer.name,
    index,
    size,
    root,
    path,
    signatures: linesOf(checkpointText({ origin: key.signer.name, size, root }), key),
    standing: standing && { ...rest, signatures: linesOf(standingText(key.signer.name, said), key) },
  };
}

export const makeProof = (made: Made = {}): string =>
  packPayload((made.change ?? ((payload) => payload))(makePayload(made)), sha256);

const flip = (bytes: Uint8Array, at: number, bit = 0) =>
  bytes.map((byte, place) => (place === at % bytes.length ? byte ^ (1 << (bit % 8)) : byte));

/** Ways to forge, each of a payload that is right, one that is another document's, and a number that chooses where. */
const FORGERIES: readonly ((good: Payload, other: Payload, n: number) => Payload)[] = [
  (good, _, n) => ({ ...good, fields: editOne(good.fields, n) }),
  (good, _, n) => ({ ...good, fields: good.fields.filter((_field, at) => at !== n % good.fields.length) }),
  (good, _, n) => ({ ...good, fields: [...good.fields, [`extra${n}`, '无']] }),
  (good, _, n) => ({ ...good, salt: flip(good.salt, n, n) }),
  (good, _, n) => ({ ...good, index: (good.index + 1 + n) % (2 * good.size) }),
  (good, _, n) => ({ ...good, size: good.size + 1 + n }),
  (good, _, n) => ({ ...good, root: flip(good.root, n, n) }),
  (good, _, n) => ({
    ...good,
    path: good.path.map((hash, at) => (at === n % good.path.length ? flip(hash, n, n) : hash)),
  }),
  (good, other, n) => ({
    ...good,
    path: [...good.path.slice(n % good.path.length), other.root].slice(n % 2),
  }),
  (good, _, n) => ({
    ...good,
    signatures: good.signatures.map((line) => ({ ...line, signature: flip(line.signature, n, n) })),
  }),
  (good, _, n) => ({
    ...good,
    signatures: good.signatures.map((line) => ({ ...line, keyHash: flip(line.keyHash, n, n) })),
  }),
  (good, other, n) => ({ ...good, index: other.index, path: other.path, salt: flip(other.salt, n, n) }),
  (good, other, n) => ({ ...other, fields: editOne(good.fields, n) }),
  (good, other, n) => ({ ...good, entryId: `${other.entryId}${n}` }),
  (good, _, n) => ({ ...good, at: new Date(Date.parse(good.at) + n * 1_000 + 1).toISOString() }),
  (good, _, n) => ({ ...good, kind: 'queryResult', fields: editOne(good.fields, n) }),
  (good, other) => ({ ...good, standing: other.standing, ...(other.standing ? {} : { signatures: [] }) }),
  (good, _, n) => ({
    ...good,
    standing: good.standing && {
      ...good.standing,
      at: new Date(Date.parse(good.standing.at) + n * 1_000 + 1).toISOString(),
    },
    ...(good.standing ? {} : { salt: flip(good.salt, n) }),
  }),
  (good, _, n) => forkOf(good, makeKey(good.origin), n),
  (good, _, n) => forkOf(good, makeKey(`evil${n}.example/ledger`), n),
];

function editOne(fields: readonly Field[], n: number): Field[] {
  const texts = fields.flatMap(([, value], at) => (typeof value === 'string' && value !== '' ? [at] : []));
  const chosen = texts[n % texts.length]!;
  return fields.map(([name, value], at): Field =>
    at === chosen
      ? [name, `${String(value).slice(0, -1)}${String.fromCodePoint(0x4e00 + n)}`]
      : [name, value],
  );
}

/** All of it signed again, consistently, by a key that is not the office's. */
function forkOf(good: Payload, key: TestKey, n: number): Payload {
  const leaf = { ...good, fields: editOne(good.fields, n) };
  const { path, root } = madeUpPath(
    leafHash(sha256, leafText(sha256, good.salt, leaf)),
    good.index,
    good.size,
  );
  const origin = key.signer.name;
  const standing = good.standing && {
    ...good.standing,
    signatures: linesOf(standingText(origin, { ...good.standing, entryId: good.entryId }), key),
  };
  return {
    ...leaf,
    origin,
    path,
    root,
    standing,
    signatures: linesOf(checkpointText({ origin, size: good.size, root }), key),
  };
}

/** So many forgeries of a text, of every kind in turn; among them texts with one letter changed, and cut ones. */
export function forge(good: string, other: string, count: number): string[] {
  const [a, b] = [good, other].map((text) => unpackPayload(text, sha256)) as [Payload, Payload];
  return Array.from({ length: count }, (_, n) => {
    const kind = n % (FORGERIES.length + 2);
    const at = (n * 37) % good.length;
    if (kind === FORGERIES.length)
      return good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
    if (kind === FORGERIES.length + 1) return good.slice(0, Math.max(1, at));
    return packPayload(FORGERIES[kind]!(a, b, n), sha256);
  });
}
