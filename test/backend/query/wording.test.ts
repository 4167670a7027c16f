import { describe, expect, it } from 'vitest';
import { certificationRecord } from '../../../backend/modules/certificates/record.ts';
import { disclose } from '../../../backend/modules/query/disclosure.ts';
import { relationOn } from '../../../backend/modules/query/people.ts';
import { fieldsOf, headOf, unitFields } from '../../../backend/modules/query/offline/result-fields.ts';
import { isOfOwn, type ResultRecord } from '../../../backend/modules/query/result-record.ts';
import { REFUSAL_REASONS } from '../../../backend/modules/query/vocabulary.ts';
import { coverageOf, REFUSAL_BASIS, USE_ONLY } from '../../../backend/modules/query/wording.ts';
import { encumbrance, NOW, sealed, TERMS, TODAY, unit } from '../register/units.ts';

/** What results and papers say, by law; pure. */

const RECORD: ResultRecord = {
  ...{ version: 1, kind: 'queryResult', no: '聊查(2026)第0000001号', queryNo: 'CX1', query: 'own' },
  ...{ relation: 'owner', agency: '聊城市自然资源和规划局', at: NOW.toISOString() },
  asker: { name: '赵明远', idNumberMasked: '371502********0019', organisation: null },
  ...{ purpose: 'ownRecords', purposeText: '', target: null, person: null, claimedName: null },
  ...{ basis: '民法典第218条', coverage: coverageOf(NOW, { all: true }), units: [], refusal: null },
};
const REFUSAL: ResultRecord = {
  ...RECORD,
  ...{ kind: 'refusal', query: 'interested', relation: null, coverage: null },
  basis: REFUSAL_BASIS.evidenceInsufficient,
  refusal: { reason: 'evidenceInsufficient', explanation: '合同没有签字。', remedy: { zh: '', en: '' } },
};

describe('whom the register names', () => {
  it.each(['mortgage', 'preNotice', 'residence', 'easement'] as const)(
    'the holder of a %s has a right',
    (kind) => {
      const burdened = unit({ encumbrances: [encumbrance(kind, { holders: [sealed('B')] })] });
      expect(relationOn(burdened, 'B', TODAY)).toBe('rightHolder');
    },
  );

  it('whoever had an objection entered has none: an interested party (民法典220)', () => {
    const objected = unit({ encumbrances: [encumbrance('objection', { holders: [sealed('B')] })] });
    expect(relationOn(objected, 'B', TODAY)).toBeNull();
  });
});

describe('the time of a mortgage is named by what it is', () => {
  const burden = (mode: 'general' | 'maximum') => encumbrance('mortgage', { mortgage: { ...TERMS, mode } });
  it.each([
    ['general', '债务履行期限', '债权确定期间'],
    ['maximum', '债权确定期间', '债务履行期限'],
  ] as const)('%s', (mode, label, other) => {
    const one = burden(mode);
    const burdened = unit({ encumbrances: [one] });
    const paper = certificationRecord(burdened, one, { caseNo: '1' }, '鲁(2026)聊城市不动产证明第0000001号');
    const shown = disclose(burdened, 'interestedParty', {
      at: NOW,
      self: null,
      openIdNumber: () => '1'.repeat(18),
    });
    for (const text of [JSON.stringify(paper.other), JSON.stringify(unitFields(shown, 1))]) {
      expect(text).toContain(label);
      expect(text).not.toContain(other);
    }
  });
});

describe('a refusal', () => {
  it('names the articles by which it is refused, and covers nothing', () => {
    const text = JSON.stringify(fieldsOf(REFUSAL));
    expect(text).toContain('不予查询的依据');
    expect(text).not.toMatch(/范围和时点|查询时点|查询依据/);
  });

  it.each(REFUSAL_REASONS)('for %s has its article', (reason) => {
    expect(REFUSAL_BASIS[reason]).toMatch(/查询暂行办法第11条.*实施细则第99条/);
  });
});

describe('a paper about one’s own', () => {
  it('says what a search by ownership leaves out', () => {
    expect(coverageOf(NOW, { all: true }).zh).toMatch(/预告登记.*网签备案.*居住权/);
  });

  it('has the number in full where it is given, and masked otherwise', () => {
    const numberIn = (fields: ReturnType<typeof headOf>) =>
      fields.find(({ key }) => key === 'askerNumber')?.text;
    expect(numberIn(headOf(RECORD, '371502199003070019'))).toBe('371502199003070019');
    expect(numberIn(headOf(RECORD))).toBe('371502********0019');
  });

  it.each<[string, Partial<ResultRecord>, boolean]>([
    ['all of one’s own', {}, true],
    ['none of one’s own', { relation: null, kind: 'noProperty' }, true],
    ['one home of one’s own', { query: 'ownUnit', relation: 'coOwner' }, true],
    ['a home that is mortgaged to the asker', { query: 'ownUnit', relation: 'rightHolder' }, false],
    ['a home of somebody else', { query: 'interested', relation: 'interestedParty' }, false],
  ])('%s', (_, given, own) => {
    expect(isOfOwn({ ...RECORD, ...given })).toBe(own);
  });

  it('others’ data may be passed on with the consent of the right holder (条例28)', () => {
    expect(USE_ONLY.zh).toContain('未经权利人同意，不得泄露');
  });
});
