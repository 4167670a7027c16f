import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addressTokens } from '../../../backend/modules/applications/address-tokens.ts';
import {
  mergeAnswers,
  reconcileAnswers,
  sameValue,
  valueAt,
} from '../../../backend/modules/applications/answers.ts';
import { placeOf } from '../../../backend/modules/applications/cursor.ts';
import { cursorOf } from '../../../backend/platform/cursor.ts';
import { buildFiling, sealFiling } from '../../../backend/modules/applications/filing.ts';
import { partiesIn } from '../../../backend/modules/applications/parties.ts';
import { fenOf, idKindWord, ordersOf } from '../../../backend/modules/applications/plan.ts';
import { dayWords, fill, instantWords } from '../../../backend/modules/applications/wording.ts';
import type { ApplicantRole, BusinessType } from '../../../backend/modules/catalogue/index.ts';

const label = { zh: '', en: '' };
const role = (key: string, answerKey: string, overrides: Partial<ApplicantRole> = {}): ApplicantRole => ({
  key,
  label,
  who: label,
  min: 1,
  max: 20,
  partyKinds: ['person', 'organisation'],
  relation: 'currentHolder',
  answerKey,
  signs: true,
  shares: false,
  ...overrides,
});

const ROLES = [
  role('seller', 'sellers'),
  role('buyer', 'buyers', { relation: 'incomingHolder', shares: true }),
];
const person = (name: string, idNumber: string, more: object = {}) => ({
  name,
  partyKind: 'person',
  idKind: '1',
  idNumber,
  ...more,
});
const ANSWERS = {
  sellers: [person('赵明远', '371502199003070019', { phone: '13800000101' })],
  buyers: [person('孙晓岚', ' 37150219920815002x ', { share: { numerator: 1, denominator: 2 } })],
  priceYuan: '1280000.00',
};

describe('merging what a tab saved', () => {
  const fields = ['a', 'b', 'c'];
  it('changes only what differs', () => {
    const merged = mergeAnswers({ a: 1, b: { x: [1, 2] } }, { a: 2, b: { x: [1, 2] } }, fields);
    expect(merged).toEqual({ answers: { a: 2, b: { x: [1, 2] } }, changed: ['a'], unknown: [] });
  });
  it('removes a field by null, and says nothing changed where nothing was', () => {
    expect(mergeAnswers({ a: 1 }, { a: null, b: null }, fields)).toEqual({
      answers: {},
      changed: ['a'],
      unknown: [],
    });
  });
  it('lets no other name in', () => {
    const patch = JSON.parse('{"__proto__":{"polluted":true},"$set":1,"a":1}') as Record<string, unknown>;
    const { answers, unknown } = mergeAnswers({}, patch, fields);
    expect(answers).toEqual({ a: 1 });
    expect(unknown).toEqual(['__proto__', '$set']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
  it('compares as JSON, whatever the order of keys', () => {
    expect(sameValue({ a: 1, b: [null] }, { b: [null], a: 1 })).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue({}, [])).toBe(false);
    expect(valueAt({ a: { b: 3 } }, '/a/b')).toBe(3);
    expect(valueAt({}, '/constructor/name')).toBeUndefined();
  });
});

describe('a draft under a newer version of its type', () => {
  it('keeps, shows again, drops and adds field by field', () => {
    const before = { properties: { a: { type: 'string', 'x-label': 1 }, b: { maxLength: 5 }, gone: {} } };
    const after = { properties: { a: { type: 'string', 'x-label': 2 }, b: { maxLength: 3 }, fresh: {} } };
    expect(reconcileAnswers({ a: 'x', b: 'abcd', gone: 1 }, before, after)).toEqual({
      answers: { a: 'x', b: 'abcd' },
      kept: ['a'],
      changed: ['b'],
      dropped: ['gone'],
      added: ['fresh'],
    });
  });
});

describe('parties in the answers', () => {
  it('are read role by role, numbers folded', () => {
    const [seller, buyer] = partiesIn(ROLES, ANSWERS);
    expect(seller).toMatchObject({ id: 'seller-1', role: 'seller', share: null, phone: '13800000101' });
    expect(buyer).toMatchObject({
      id: 'buyer-1',
      idNumber: '37150219920815002X',
      share: { numerator: 1, denominator: 2 },
    });
  });
  it.each([
    ['no list', {}],
    ['a word instead of a list', { sellers: 'x' }],
    ['empty rows', { sellers: [null, {}, 3] }],
  ])('make nothing of %s', (_words, answers) => {
    expect(partiesIn(ROLES, answers)).toEqual([]);
  });
});

describe('what is filed', () => {
  const source = {
    caseId: 'c1',
    type: { code: 'ZY02', version: 1, applicants: { roles: ROLES } as BusinessType['applicants'] },
    unitCodes: ['371502001001GB00001F00010001'],
    answers: ANSWERS as Record<string, unknown>,
    parties: partiesIn(ROLES, ANSWERS),
    materials: [
      {
        code: 'M05',
        files: [{ fileId: 'f', name: 'a.pdf', mediaType: 'application/pdf', size: 3, sha256: 'ab' }],
      },
    ],
    fingerprint: (purpose: string, value: string) =>
      createHash('sha256')
        .update(purpose + value)
        .digest('hex'),
  };
  const { canonical, hash } = sealFiling(buildFiling(source));

  it('shows no number of anybody, yet changes with it', () => {
    expect(canonical).not.toContain('371502199003070019');
    expect(canonical).not.toContain('13800000101');
    expect(canonical).toContain('371502********0019');
    const other = { ...ANSWERS, sellers: [person('赵明远', '371502199003070027')] };
    expect(sealFiling(buildFiling({ ...source, parties: partiesIn(ROLES, other) })).hash).not.toBe(hash);
  });
  it('can be checked by anybody who reads it', () => {
    expect(createHash('sha256').update(canonical, 'utf8').digest('hex')).toBe(hash);
  });
  it('changes with a file, and not with the order of answers', () => {
    const files = [{ ...source.materials[0]!, files: [{ ...source.materials[0]!.files[0]!, sha256: 'cd' }] }];
    expect(sealFiling(buildFiling({ ...source, materials: files })).hash).not.toBe(hash);
    const turned = Object.fromEntries(Object.entries(ANSWERS).reverse());
    expect(sealFiling(buildFiling({ ...source, answers: turned })).hash).toBe(hash);
  });
  it('hides numbers wherever they stand in the answers', () => {
    const answers = {
      ...ANSWERS,
      officers: [{ name: '高远', phone: '13912345678' }],
      newIdNumber: '371502199003070027',
    };
    const text = sealFiling(buildFiling({ ...source, answers })).canonical;
    expect(text).not.toContain('13912345678');
    expect(text).not.toContain('371502199003070027');
  });
});

describe('from effects to orders', () => {
  const parties = partiesIn(ROLES, ANSWERS);
  const type = (effect: object) => ({ effects: [effect] }) as unknown as BusinessType;
  const make = (effect: object, answers: Record<string, unknown>) =>
    ordersOf({
      type: type(effect),
      answers,
      parties,
      servedOn: '2026-10-09',
      certificateNo: (place) => `no-${place}`,
    });

  it('moves a home from every seller to every buyer', () => {
    const transfer = {
      effect: 'ownership.transfer',
      roles: { from: 'seller', to: 'buyer' },
      answers: { coOwnership: '/coOwnership' },
    };
    expect(make(transfer, { ...ANSWERS, coOwnership: '2' })).toEqual([
      {
        kind: 'ownership.transfer',
        from: [{ idNumber: '371502199003070019', share: null }],
        to: [
          {
            name: '孙晓岚',
            partyKind: 'person',
            idKind: 'residentId',
            idNumber: '37150219920815002X',
            share: { numerator: 1, denominator: 2 },
          },
        ],
        coOwnership: 2,
        certificateNo: 'no-0',
      },
    ]);
    expect(make(transfer, { ...ANSWERS, coOwnership: '1' })[0]).toMatchObject({ to: [{ share: null }] });
  });
  it.each([
    ['1280000.00', 128_000_000],
    ['0.01', 1],
    ['600000.5', 60_000_050],
    ['', 0],
    ['1,000', 0],
  ])('reads %s yuan as %d fen', (yuan, fen) => {
    expect(fenOf(yuan)).toBe(fen);
  });
  it('knows kinds of documents by word', () => {
    expect(['1', '2', '3', '7', '99'].map(idKindWord)).toEqual([
      'residentId',
      'hkMoTwPermit',
      'passport',
      'creditCode',
      'other',
    ]);
  });
});

describe('small things', () => {
  it('finds an address by its words', () => {
    const tokens = addressTokens('山东省聊城市东昌府区湖滨路88号望湖苑6号楼2单元1102');
    expect(tokens).toContain('东昌府区');
    expect(tokens).toContain('湖滨路');
    expect(tokens).toContain('湖滨路88号');
    expect(tokens).toContain('望湖苑6号楼');
  });
  it('names days as people do', () => {
    const now = new Date('2026-10-09T02:30:00Z');
    expect(dayWords('2026-10-10', now).zh).toBe('10月10日（周六）');
    expect(dayWords('2027-01-06', now).zh).toBe('2027年1月6日（周三）');
    expect(instantWords(new Date('2026-10-09T16:30:00Z'), now)).toEqual({
      zh: '10月10日（周六）00:30',
      en: 'Sat 10 Oct, 00:30',
    });
    expect(fill({ zh: '{a}{b}', en: '{a}' }, { a: { zh: '甲', en: 'A' } })).toEqual({ zh: '甲{b}', en: 'A' });
  });
  it('takes back only its own cursors', () => {
    const place = { at: new Date(1_700_000_000_000), id: '0123456789abcdef01234567' };
    expect(placeOf(cursorOf(place))).toEqual(place);
    for (const wrong of [
      '',
      'x',
      'e30',
      Buffer.from('9999999999999999.0123456789abcdef01234567').toString('base64url'),
    ]) {
      expect(() => placeOf(wrong)).toThrow('applications.cursor_wrong');
    }
  });
});
