import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countingWords } from '../../../backend/modules/applications/accept.ts';
import { findBusinessType, listTypeCodes } from '../../../backend/modules/catalogue/index.ts';
import { storedCase } from '../../support/open-cases.ts';
import { accepted, openOffice, submittedRename, submittedSeizure, type Office } from './scenario.ts';

/** 民法典201: what the signed receipt says of the time is how the clock counts it. */
describe('the receipt of an acceptance says from when its promise counts', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const receiptOf = async (id: string) => {
    const { documents } = await storedCase(office.api.p, id);
    return JSON.stringify(documents.find(({ kind }) => kind === 'acceptanceReceipt')?.paragraphs);
  };

  it('in hours: from acceptance', async () => {
    const { id } = await submittedSeizure(office, await office.home());
    await accepted(office, id);
    expect(await receiptOf(id)).toContain('从受理时起按办公时间计');
    expect(await receiptOf(id)).not.toContain('受理当天不计');
  });

  it('in days: from the next working day', async () => {
    const { id } = await submittedRename(office);
    await accepted(office, id);
    expect(await receiptOf(id)).toContain('受理当天不计');
  });

  it('for each type of the catalogue, by the unit of its promise', async () => {
    const hours: string[] = [];
    for (const code of await listTypeCodes(office.api.p)) {
      const { limits } = (await findBusinessType(office.api.p, code))!;
      const { zh } = countingWords(limits);
      expect(zh, code).toContain(limits.promised.unit === 'workingHour' ? '从受理时起' : '受理当天不计');
      if (limits.promised.unit === 'workingHour') hours.push(code);
    }
    expect(hours.sort()).toEqual(['CF01', 'CF04', 'CF06', 'DY06']);
  });
});
