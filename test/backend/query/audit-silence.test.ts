import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../support/client.ts';
import { createOrganisation, createStaff, type TestPerson } from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { askWithPapers } from './asking.ts';

/** A supervisor whom an organ inquires about reads what was done at the office, and nothing of that. */

let office: Office;
let police: TestPerson & { organisation: { creditCode: string } };
let suspect: TestPerson;
let home: Home;
const WHOLE = { numerator: 1, denominator: 1 };

beforeAll(async () => {
  office = await openOffice();
  police = (await createOrganisation(office.api, 'organ', { name: '聊城市公安局' })) as never;
  suspect = await createStaff(office.api, { roles: ['supervisor'] });
  home = await office.home({ holders: [personOrder(suspect, WHOLE)] });
});
afterAll(() => office.close());

const listed = async (query: string): Promise<Json[]> => {
  await office.api.settle();
  return (await ok(suspect.client.get(`/api/audit?limit=200${query}`))).items;
};

describe('the record of what was done', () => {
  it('tells a supervisor nothing of what an organ asked about them', async () => {
    const why = {
      purpose: 'investigation',
      purposeText: '侦查一起合同诈骗案',
      letterNo: '聊公经侦〔2026〕21号',
    };
    await ok(
      askWithPapers(police, { kind: 'organUnit', ...why, target: home.code }, [
        'officialLetter',
        'officialCard',
      ]),
    );
    const [asked] = await listed('&type=query.asked');
    expect(asked?.data).toMatchObject({ relation: 'stateOrgan' });
    expect(JSON.stringify(asked?.data)).not.toContain(home.code);
    for (const name of ['unitCode', 'askerId', 'kind', 'no']) expect(asked?.data).not.toHaveProperty(name);
  });

  it('tells a supervisor nothing of a delay of notice about them', async () => {
    const other = await createStaff(office.api, { roles: ['supervisor'] });
    const request = {
      ...{ idNumber: suspect.account.idNumber, creditCode: police.organisation.creditCode },
      ...{ ground: 'crime', docNo: '聊公经侦〔2026〕21号', reason: '正在侦查' },
      untilOn: new Date(office.api.p.time.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10),
    };
    const { id } = await ok(other.client.post('/api/look-delays', request), 201);
    expect(JSON.stringify(await listed(''))).not.toContain(id);
    expect(await listed('&type=query.delay_asked')).toEqual([]);
  });
});
