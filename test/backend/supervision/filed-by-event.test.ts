import { describe, expect, it } from 'vitest';
import { filedBy, type CaseSource } from '../../../backend/modules/supervision/case-source.ts';
import { factOf, filingFact } from '../../../backend/modules/supervision/collect-facts.ts';

const at = new Date('2026-10-09T23:30:00+08:00');
const data = {
  caseId: 'a'.repeat(24),
  no: '2026100900017',
  typeCode: 'BG01',
  unitCodes: ['371502001001GB00001F00010001'],
  officeId: 'dongchangfu',
};
const event = { id: 'b'.repeat(24), type: 'applications.submitted', at, data };
const doc = { ...data, _id: data.caseId, clockEvents: [] } as unknown as CaseSource;

describe('a filing counted by its event', () => {
  it('counts as it would by its case', () => {
    expect(filingFact(event, filedBy(event)!)).toEqual(factOf(event, doc, {} as never));
  });

  it('counts for no hall where it has none', () => {
    const none = { ...event, data: { ...data, officeId: null } };
    expect(filingFact(none, filedBy(none)!)).toEqual(factOf(none, { ...doc, officeId: null }, {} as never));
  });

  it.each([
    ['of before events carried the hall', { ...event, data: { ...data, officeId: undefined } }],
    ['that names no units', { ...event, data: { ...data, unitCodes: undefined } }],
    ['of another kind', { ...event, type: 'applications.accepted' }],
  ])('leaves an event %s to the case', (_what, other) => {
    expect(filedBy(other)).toBeNull();
  });
});
