import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MOST_UNITS } from '../../../backend/modules/query/owned-units.ts';
import { queries } from '../../../backend/modules/query/query.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen, createStaff, type TestPerson } from '../../support/people.ts';
import { codeOf, half, party, unitImport, WHOLE } from '../register/units.ts';
import { askWithPapers, look, register } from './asking.ts';

/** Whom a query by person concerns is found after it was asked: how long that takes would tell the asker what the person owns. */

let api: TestApi;
let ward: TestPerson;
let spouse: TestPerson;
let guardian: TestPerson;
let clerk: TestPerson;
const HOME = codeOf(1);

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  ward = await createCitizen(api, { name: '钱年迈' });
  spouse = await createCitizen(api, { name: '周雨' });
  guardian = await createCitizen(api, { name: '冯监护' });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  await register(api, [
    unitImport(HOME, [
      party('钱年迈', ward.account.idNumber, half()),
      party('周雨', spouse.account.idNumber, half()),
    ]),
  ]);
});
afterAll(() => api.close());

const indexOf = ({ account }: TestPerson) => account.personIndex;
const concernsOf = async (id: string) => (await queries(api.p).findById(id).lean())!.concerns.toSorted();
const listed = async ({ client }: TestPerson, id: string): Promise<boolean> => {
  const { body } = await client.get('/api/query-items?state=waiting&limit=100');
  return body.items.some((one: Json) => one.id === id);
};

describe('whom a query by person concerns', () => {
  it('is looked up once it is asked, and until then it is on no clerk’s list', async () => {
    const { account } = ward;
    const owns = await createStaff(api, { roles: ['acceptance'], idNumber: spouse.account.idNumber });
    const held = vi.spyOn(api.p.outbox, 'notify').mockImplementation(() => undefined);
    const given = {
      ...{ kind: 'manager', purpose: 'management' },
      person: { name: account.name, idNumber: account.idNumber },
    };
    const { body } = await askWithPapers(guardian, given, ['authorityProof']);
    expect(await concernsOf(body.id)).toEqual([guardian, ward].map(indexOf).toSorted());
    expect([await listed(clerk, body.id), await listed(owns, body.id)]).toEqual([false, false]);
    expect((await look(owns, body.id)).body.error.code).toBe('query.recused');
    held.mockRestore();
    await api.settle();
    expect(await concernsOf(body.id)).toEqual([guardian, ward, spouse].map(indexOf).toSorted());
    expect([await listed(clerk, body.id), await listed(owns, body.id)]).toEqual([true, false]);
  });

  it('is known at once where a home is named', async () => {
    const { body } = await askWithPapers(guardian, { target: HOME });
    expect(await concernsOf(body.id)).toEqual([guardian, ward, spouse].map(indexOf).toSorted());
  });
});

describe('a person with more homes than one answer lists', () => {
  it('is asked about like anybody: the clerk reads request and papers, and is told what to do', async () => {
    const rich = await createCitizen(api, { name: '孙多房' });
    const { name, idNumber } = rich.account;
    await register(
      api,
      Array.from({ length: MOST_UNITS + 1 }, (_, n) =>
        unitImport(codeOf(1000 + n), [party(name, idNumber, WHOLE)]),
      ),
    );
    const given = { kind: 'manager', purpose: 'management', person: { name, idNumber } };
    const asked = await askWithPapers(guardian, given, ['authorityProof']);
    const { status, body } = await look(clerk, asked.body.id);
    expect([status, body.preview, body.evidence.length]).toEqual([200, [], 1]);
    expect(body.hints).toHaveLength(1);
    expect(body.hints[0]).toMatchObject({
      zh: expect.stringContaining('登记大厅'),
      en: expect.stringContaining('service hall'),
    });
    const { items } = (await rich.client.get('/api/me/access-log')).body;
    expect(items).toMatchObject([{ who: { kind: 'staff' }, property: null }]);
  }, 120_000);
});
