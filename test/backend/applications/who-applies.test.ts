import { describe, expect, it } from 'vitest';
import { residentCheckDigit } from '../../../backend/modules/accounts/identity-numbers.ts';
import { appealRights, authorityOf } from '../../../backend/modules/applications/authority.ts';
import { documentProblems } from '../../../backend/modules/applications/document-kinds.ts';
import { isMinor } from '../../../backend/modules/applications/facts.ts';
import type { PartyDraft } from '../../../backend/modules/applications/parties.ts';
import { listDistricts } from '../../../backend/modules/catalogue/index.ts';
import { registryPlaceOf } from '../../../backend/modules/register/index.ts';

const numberOf = (region: string, born: string): string => {
  const first17 = `${region}${born.replaceAll('-', '')}001`;
  return first17 + residentCheckDigit(first17);
};

const party = (idKind: string, idNumber: string, more: Partial<PartyDraft> = {}): PartyDraft => ({
  id: 'seller-1',
  role: 'seller',
  relation: 'currentHolder',
  answerKey: 'sellers',
  place: 0,
  kind: 'person',
  name: '某人',
  idKind,
  idNumber,
  phone: null,
  share: null,
  signs: true,
  ...more,
});

describe('the document of who applies', () => {
  const adult = numberOf('371502', '1990-03-07');
  const permit = numberOf('810000', '1990-03-07');
  it.each([
    ['a resident’s card', '1', adult, {}, []],
    ['a resident’s number called a passport', '3', adult, {}, ['applications.id_kind_differs']],
    ['a resident’s number called a permit', '2', adult, {}, ['applications.id_kind_differs']],
    ['a residence permit, whose holder has an account', '2', permit, {}, []],
    ['a passport, whose holder has none', '3', 'E12345678', {}, ['applications.party_needs_counter']],
    ['a passport of who need not sign', '3', 'E12345678', { signs: false }, []],
    ['a mortgagee that the register names', '3', 'E12345678', { answerKey: '' }, []],
    [
      'the new document of who changes it',
      '3',
      'E12345678',
      { former: { idKind: '1', idNumber: adult } },
      [],
    ],
    ['an organisation', '7', '91371500MA3XXXXXXX', { kind: 'organisation' }, []],
    ['nothing chosen yet', '', adult, {}, []],
  ] as const)('%s', (_, idKind, idNumber, more, codes) => {
    const problems = documentProblems([party(idKind, idNumber, more)]);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    for (const { pointer } of problems) expect(pointer).toBe('/answers/sellers/0/idKind');
  });

  // 民法典17: from the day on which they are 18.
  it.each([
    ['1', '2018-10-09', true],
    ['2', '2018-10-09', true],
    ['3', '2018-10-09', true],
    ['1', '2008-10-10', true],
    ['1', '2008-10-09', false],
  ])('under document %s, born on %s: a minor %s', (idKind, born, minor) => {
    expect(isMinor(party(idKind, numberOf('371502', born)), '2026-10-09')).toBe(minor);
  });
});

describe('who decides, and who reviews it (条例7; 行政复议法24)', () => {
  const at = (code: string) => ({ unitCodes: [`${code}001001GB00001F00060044`], district: '' });
  it.each([
    ['371502', '聊城市'],
    ['371503', '聊城市'],
    ['371523', '聊城市'],
    ['371521', '阳谷县'],
    ['371581', '临清市'],
  ])('in %s: %s', (code, place) => {
    expect(authorityOf(at(code))).toBe(`${place}自然资源和规划局`);
    expect(appealRights(at(code)).zh).toContain(`向${place}人民政府申请行政复议`);
  });

  it('by its district where the case names no unit', () => {
    expect(authorityOf({ unitCodes: [], district: '371521' })).toBe('阳谷县自然资源和规划局');
  });

  it('is where the certificates of the place come from', async () => {
    const districts = await listDistricts();
    expect(districts.length).toBeGreaterThan(5);
    for (const { code, certificates } of districts)
      expect([code, registryPlaceOf(code).zh]).toEqual([code, certificates.place]);
  });
});
