import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../../backend/modules/certificates/offline/commit.ts';
import {
  packPayload,
  unpackPayload,
  type Payload,
} from '../../../backend/modules/certificates/offline/payload.ts';
import { standingText } from '../../../backend/modules/certificates/offline/statement.ts';
import { verifyPayload } from '../../../backend/modules/certificates/offline/verify.ts';
import { checkpointText } from '../../../backend/modules/ledger/checkpoint.ts';
import {
  FIELDS,
  forge,
  linesOf,
  makeKey,
  makePayload,
  makeProof,
  officeKey,
  ORIGIN,
  RESULT_FIELDS,
  trustIn,
} from '../../support/proofs.ts';

const trust = trustIn(officeKey);
const good = makeProof();
const verdictOf = async (text: string) => {
  const { verdict, ...rest } = await verifyPayload(text, trust);
  return 'why' in rest ? `${verdict} ${rest.why}` : verdict;
};

describe('a document that proves itself', () => {
  it('is genuine with all its fields, and stands as of the instant that was signed', async () => {
    expect(await verifyPayload(good, trust)).toEqual({
      verdict: 'genuine',
      kind: 'certificate',
      document: 'title',
      entryId: 'certificate:0a1b2c3d4e5f60718293a4b5',
      at: '2026-10-09T02:03:04.567Z',
      fields: FIELDS,
      log: {
        origin: ORIGIN,
        index: 754_321,
        size: 1_000_000,
        root: expect.any(Uint8Array),
        signedBy: [ORIGIN],
      },
      standing: {
        entryId: 'certificate:0a1b2c3d4e5f60718293a4b5',
        status: 'valid',
        changedOn: null,
        limits: ['mortgaged'],
        at: '2026-10-10T01:00:00.000Z',
        size: 1_000_000,
      },
    });
  });

  it('says nothing of its standing where no statement travels with it', async () => {
    expect(await verifyPayload(makeProof({ standing: null }), trust)).toMatchObject({
      verdict: 'genuine',
      standing: null,
    });
  });

  it('fits a QR code on paper, out of a log of a million', () => {
    const url = `https://bdc.liaocheng.example/verify#${good}`;
    const bare = makeProof({ standing: null });
    const second = makeKey('sm2.liaocheng.example');
    const gm = makeProof({
      change: (payload) => ({
        ...payload,
        signatures: [...payload.signatures, ...linesOf(checkpointText(payload), second)],
      }),
    });
    console.info(
      `payload: ${bare.length} characters; with a statement ${good.length}; with a second line too ${gm.length}`,
    );
    // QR version 40 holds 2,331 bytes at level M and 2,953 at L.
    expect(url.length).toBeLessThan(2_000);
    expect(gm.length).toBeLessThan(2_300);
  });

  it.each([1, 2, 3, 1000])('holds at every place of a log of %i entries', async (size) => {
    for (const index of new Set([0, Math.floor(size / 2), size - 1]))
      expect(await verdictOf(makeProof({ index, size }))).toBe('genuine');
  });
});

const withKind = (fields: readonly Field[], kind: string) =>
  fields.map((field): Field => (field[0] === 'kind' ? ['kind', kind] : field));

describe('which paper it is', () => {
  it.each<[string, string, Parameters<typeof makeProof>[0]]>([
    ['a title', 'genuine title', {}],
    ['a certification', 'genuine certification', { fields: withKind(FIELDS, 'certification') }],
    ['无房证明', 'genuine noProperty', { kind: 'queryResult', fields: RESULT_FIELDS }],
    [
      'the result of a query',
      'genuine queryResult',
      { kind: 'queryResult', fields: withKind(RESULT_FIELDS, 'queryResult') },
    ],
    [
      'a result in a leaf of a certificate',
      'cannotTell unknownDocument',
      { kind: 'certificate', fields: RESULT_FIELDS },
    ],
    [
      'a result that calls itself a title',
      'cannotTell unknownDocument',
      { kind: 'queryResult', fields: withKind(RESULT_FIELDS, 'title') },
    ],
    [
      'a receipt of a case',
      'cannotTell unknownDocument',
      {
        fields: [
          ['kind', 'acceptanceReceipt'],
          ['caseNo', '1'],
          ['rows', []],
        ],
      },
    ],
    [
      'a title without its holders',
      'cannotTell unknownDocument',
      { fields: FIELDS.filter(([name]) => name !== 'holders') },
    ],
    ['nothing', 'cannotTell unknownDocument', { fields: [] }],
  ])('%s is named, or not judged: %s', async (_, expected, made) => {
    const verdict = await verifyPayload(makeProof({ ...made, standing: null }), trust);
    expect(`${verdict.verdict} ${'why' in verdict ? verdict.why : verdict.document}`).toBe(expected);
  });
});

const edit = (name: string, value: Field[1]) => (payload: Payload) => ({
  ...payload,
  fields: payload.fields.map((field): Field => (field[0] === name ? [name, value] : field)),
});
const other = makePayload({
  fields: FIELDS.map((field): Field => (field[0] === 'use' ? ['use', '工业用地/工业'] : field)),
  entryId: 'certificate:ffffffffffffffffffffffff',
  index: 12,
});
const fork = makeKey();
const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, place) => (place === at ? byte ^ 1 : byte));

describe('what is not what the office made', () => {
  it.each<[string, string, (payload: Payload) => Payload]>([
    [
      'a holder’s name changed',
      'notGenuine notInLog',
      edit('holders', [{ idKind: 'residentId', name: '孙晓风', share: null }]),
    ],
    [
      'a rare character replaced by a common one',
      'notGenuine notInLog',
      edit('holders', [{ idKind: 'residentId', name: '欧阳吉田', share: null }]),
    ],
    [
      'full-width digits for others',
      'notGenuine notInLog',
      edit('number', '鲁(2026)聊城市不动产权第００１８３４２号'),
    ],
    [
      'brackets of the other kind',
      'notGenuine notInLog',
      edit('number', '鲁（2026）聊城市不动产权第0018342号'),
    ],
    [
      'a field added',
      'notGenuine notInLog',
      (one) => ({ ...one, fields: [...one.fields, ['mortgage', '无']] }),
    ],
    ['a field left out', 'notGenuine notInLog', (one) => ({ ...one, fields: one.fields.slice(1) })],
    [
      'a field twice, the false one first',
      'notGenuine altered',
      (one) => ({ ...one, fields: [['number', '鲁(2026)聊城市不动产权第0000001号'], ...one.fields] }),
    ],
    [
      'a field named __proto__',
      'notGenuine altered',
      (one) => ({ ...one, fields: [...one.fields, ['__proto__', {}]] }),
    ],
    [
      'two fields exchanged',
      'notGenuine notInLog',
      (one) => ({
        ...one,
        fields: one.fields.map(([name, value]): Field =>
          name === 'use'
            ? [name, '出让/市场化商品房']
            : name === 'nature'
              ? [name, '城镇住宅用地/住宅']
              : [name, value],
        ),
      }),
    ],
    ['another salt', 'notGenuine notInLog', (one) => ({ ...one, salt: flip(one.salt, 3) })],
    ['another kind of document', 'notGenuine notInLog', (one) => ({ ...one, kind: 'queryResult' })],
    ['another day of issue', 'notGenuine notInLog', (one) => ({ ...one, at: '2020-10-09T02:03:04.567Z' })],
    ['another entry', 'notGenuine notInLog', (one) => ({ ...one, entryId: other.entryId })],
    ['another place', 'notGenuine notInLog', (one) => ({ ...one, index: one.index + 1 })],
    ['a place beyond the log', 'notGenuine notInLog', (one) => ({ ...one, index: one.size })],
    ['another size', 'notGenuine badSignature', (one) => ({ ...one, size: one.size + 1 })],
    [
      'a hash of the path changed',
      'notGenuine notInLog',
      (one) => ({ ...one, path: one.path.map((hash, at) => (at === 7 ? flip(hash, 0) : hash)) }),
    ],
    [
      'two hashes exchanged',
      'notGenuine notInLog',
      (one) => ({ ...one, path: [one.path[1]!, one.path[0]!, ...one.path.slice(2)] }),
    ],
    ['a path too short', 'notGenuine notInLog', (one) => ({ ...one, path: one.path.slice(1) })],
    ['a path too long', 'notGenuine notInLog', (one) => ({ ...one, path: [...one.path, one.root] })],
    ['another root', 'notGenuine notInLog', (one) => ({ ...one, root: flip(one.root, 31) })],
    [
      'a signature changed',
      'notGenuine badSignature',
      (one) => ({
        ...one,
        signatures: one.signatures.map((line) => ({ ...line, signature: flip(line.signature, 9) })),
      }),
    ],
    ['no signature', 'cannotTell unknownKey', (one) => ({ ...one, signatures: [] })],
    [
      'another key',
      'cannotTell unknownKey',
      (one) => ({
        ...one,
        signatures: one.signatures.map((line) => ({ ...line, keyHash: flip(line.keyHash, 0) })),
      }),
    ],
    [
      'the proof of another certificate',
      'notGenuine notInLog',
      (one) => ({
        ...one,
        index: other.index,
        path: other.path,
        root: other.root,
        signatures: other.signatures,
      }),
    ],
    ['the fields of another certificate', 'notGenuine notInLog', (one) => ({ ...other, fields: one.fields })],
    [
      'a statement about another certificate',
      'notGenuine badStanding',
      (one) => ({
        ...one,
        standing: {
          ...other.standing!,
          signatures: linesOf(
            standingText(ORIGIN, { ...other.standing!, entryId: other.entryId }),
            officeKey,
          ),
        },
      }),
    ],
    [
      'a statement of another moment',
      'notGenuine badStanding',
      (one) => ({ ...one, standing: { ...one.standing!, at: '2027-10-10T01:00:00.000Z' } }),
    ],
    [
      'a mortgage left out of the statement',
      'notGenuine badStanding',
      (one) => ({ ...one, standing: { ...one.standing!, limits: [] } }),
    ],
    [
      'a statement in force that said cancelled',
      'notGenuine badStanding',
      (one) => ({
        ...makePayload({ standing: { status: 'cancelled', changedOn: '2026-10-10' } }),
        standing: {
          ...makePayload({ standing: { status: 'cancelled', changedOn: '2026-10-10' } }).standing!,
          status: 'valid',
          changedOn: null,
        },
        salt: one.salt,
      }),
    ],
    [
      'a checkpoint as a statement',
      'notGenuine badStanding',
      (one) => ({ ...one, standing: { ...one.standing!, signatures: one.signatures } }),
    ],
  ])('%s: %s', async (_, expected, change) => {
    expect(await verdictOf(makeProof({ change }))).toBe(expected);
  });

  it('a log of one’s own under the office’s name is signed by nobody known', async () => {
    expect(await verdictOf(makeProof({ key: fork }))).toBe('cannotTell unknownKey');
    const foreign = makeKey('evil.example/ledger');
    expect(await verdictOf(makeProof({ key: foreign }))).toBe('cannotTell unknownKey');
    // A key that is known, but for another log.
    expect(
      (
        await verifyPayload(
          makeProof({ key: foreign, change: (one) => ({ ...one, origin: ORIGIN }) }),
          trustIn(officeKey, foreign),
        )
      ).verdict,
    ).not.toBe('genuine');
  });

  it.each([
    ['nothing', '', 'cannotTell foreign'],
    ['words', '这不是证明', 'cannotTell foreign'],
    ['a token', 'q83vEjRWeJASNFZ4kBI0Vg', 'cannotTell foreign'],
    ['markup', '<script>alert(1)</script>', 'cannotTell foreign'],
    ['another form of later years', `Ag${good.slice(2)}`, 'cannotTell newerFormat'],
    ['ten megabytes', 'A'.repeat(10_000_000), 'cannotTell foreign'],
    ['its first half', good.slice(0, good.length / 2), 'cannotTell truncated'],
    ['all but its last character', good.slice(0, -1), 'cannotTell truncated'],
    ['something behind it', `${good}AAAA`, 'notGenuine altered'],
    ['base64 of the other alphabet', good.replaceAll('-', '+').replaceAll('_', '/'), 'cannotTell foreign'],
  ])('%s: no verdict that could be taken for one', async (_, text, expected) => {
    expect(await verdictOf(text)).toBe(expected);
  });

  it('no letter can be another: every place, each replaced', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const verdicts = new Set<string>();
    for (let at = 0; at < good.length; at += 1) {
      const letter = alphabet[(alphabet.indexOf(good[at]!) + 1 + (at % 62)) % 64];
      verdicts.add((await verifyPayload(good.slice(0, at) + letter + good.slice(at + 1), trust)).verdict);
    }
    expect([...verdicts].sort()).toEqual(['cannotTell', 'notGenuine']);
  });

  it('no cut, repetition or exchange of pieces is genuine, or an error', async () => {
    const second = makeProof({ entryId: other.entryId, index: 12 });
    const piece = fc.tuple(fc.nat(good.length), fc.nat(good.length), fc.nat(good.length));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(good, second), piece, async (from, [start, end, place]) => {
        const [a, b] = [Math.min(start, end), Math.max(start, end)];
        const text = good.slice(0, place) + from.slice(a, b) + good.slice(place + (b - a));
        if (text !== good && text !== second)
          expect((await verifyPayload(text, trust)).verdict).not.toBe('genuine');
      }),
      { numRuns: 2_000 },
    );
  });

  it('500 forgeries of every kind are refused, and none is an error', async () => {
    const forged = forge(good, packPayload(other, trust.sha256), 500);
    expect(new Set(forged).size).toBeGreaterThan(400);
    for (const text of forged)
      expect((await verifyPayload(text, trust)).verdict, text.slice(0, 80)).not.toBe('genuine');
  });

  it('has one spelling: what is read is written the same', () => {
    const payload = unpackPayload(good, trust.sha256) as Payload;
    expect(packPayload(payload, trust.sha256)).toBe(good);
  });
});
