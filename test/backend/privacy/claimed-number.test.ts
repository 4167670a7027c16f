import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importUnits } from '../../../backend/modules/register/index.ts';
import { generateSlots } from '../../../backend/modules/appointments/index.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newCreditCode,
  newIdNumber,
  type TestPerson,
} from '../../support/people.ts';
import { newBookingId } from '../appointments/hall.ts';
import { bank, codeOf, party, unitImport, WHOLE } from '../register/units.ts';

/**
 * Anybody can sign up under any ID number or credit code. Until a clerk has seen the card, or an administrator the licence, the
 * account gets nothing that is the person's: not what they own, not their appointments, not what is sent to them.
 */
let api: TestApi;
const HALL = 'liaocheng-centre';
const CODE = codeOf(1);
const number = newIdNumber();
const name = '李守义';
let stranger: TestPerson;

beforeAll(async () => {
  api = await startApi();
  await generateSlots(api.p);
  await importUnits(api.p, [unitImport(CODE, [party(name, number, WHOLE)])]);
  stranger = await createCitizen(api, { name: '无关人', idNumber: number, nameVerified: false });
});
afterAll(() => api.close());

const draft = async (person: TestPerson): Promise<Json> => {
  const made = await person.client.post('/api/applications', { businessType: 'BG01', unitCode: CODE });
  expect(made.status).toBe(201);
  return made.body;
};

async function verify(person: TestPerson): Promise<void> {
  const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
  const { body: code } = await person.client.post('/api/me/counter-code');
  const answer = await clerk.client.post('/api/staff/identity-checks', {
    idNumber: person.account.idNumber,
    name,
    documentKind: 'residentCard',
    counterCode: code.code,
  });
  expect(answer.status).toBe(201);
  await api.settle();
}

describe('under the number of somebody who owns a home', () => {
  it('sees neither home nor certificates, and no draft tells of them', async () => {
    expect((await stranger.client.get('/api/me/units')).body.items).toEqual([]);
    expect((await stranger.client.get('/api/me/certificates')).body.items).toEqual([]);
    expect((await stranger.client.get(`/api/register/units/${CODE}`)).status).toBe(404);
    const check = { unitCode: CODE, request: 'transfer' };
    expect((await stranger.client.post('/api/register/unit-checks', check)).body.matched).toBe(false);
    const made = await draft(stranger);
    expect(JSON.stringify(made)).not.toContain(name);
    expect(JSON.stringify((await stranger.client.get(`/api/applications/${made.id}`)).body)).not.toContain(
      name,
    );
    expect(made.address ?? '').toBe('');
  });

  it('sees them from the counter on, and the draft that was begun before goes on', async () => {
    const begun = await draft(stranger);
    const problems = async (): Promise<string> =>
      JSON.stringify((await stranger.client.get(`/api/applications/${begun.id}`)).body);
    expect(await problems()).toContain('applications.unit_unknown');
    await verify(stranger);
    expect((await stranger.client.get('/api/me/units')).body.items).toHaveLength(1);
    expect((await stranger.client.get(`/api/register/units/${CODE}`)).status).toBe(200);
    expect(await problems()).not.toContain('applications.unit_unknown');
    expect(JSON.stringify(await draft(stranger))).toContain(name);
  });

  it('holds for a company’s code as well', async () => {
    const creditCode = newCreditCode();
    await importUnits(api.p, [
      unitImport(codeOf(2), [{ ...bank('真公司'), idNumber: creditCode, share: WHOLE }]),
    ]);
    const shop = await createOrganisation(api, 'other', { creditCode, confirmed: false });
    expect((await shop.client.get('/api/me/units')).body.items).toEqual([]);
    expect((await shop.client.get(`/api/register/units/${codeOf(2)}`)).status).toBe(404);
  });
});

describe('under the number of somebody who has an appointment', () => {
  it('a member of any organisation neither sees nor cancels it', async () => {
    const holder = await createCitizen(api);
    const made = await holder.client.post('/api/appointments', {
      id: newBookingId(),
      slotId: `${HALL}|2026-10-15|0900|public`,
      service: 'transfer',
    });
    expect(made.status).toBe(201);
    const shop = await createOrganisation(api, 'other');
    const member = await shop.member({ idNumber: holder.account.idNumber });
    expect((await member.client.get('/api/appointments')).body.active).toEqual([]);
    expect((await member.client.get(`/api/appointments/${made.body.id}`)).status).toBe(404);
    expect((await member.client.post(`/api/appointments/${made.body.id}/cancel`)).status).toBe(404);
    expect((await holder.client.get('/api/appointments')).body.active).toHaveLength(1);
  });

  it('an account whose name nobody verified does not see what a clerk booked for the person', async () => {
    const claimed = await createCitizen(api, { nameVerified: false });
    const clerk = await createStaff(api, { roles: ['acceptance'], officeId: HALL });
    const made = await clerk.client.post('/api/appointments/for-others', {
      id: newBookingId(),
      slotId: `${HALL}|2026-10-16|0900|phone`,
      service: 'transfer',
      idNumber: claimed.account.idNumber,
      name: '本人',
    });
    expect(made.status).toBe(201);
    expect((await claimed.client.get('/api/appointments')).body.active).toEqual([]);
    expect((await claimed.client.get(`/api/appointments/${made.body.id}`)).status).toBe(404);
    await verify(claimed);
    expect((await claimed.client.get('/api/appointments')).body.active).toHaveLength(1);
  });
});
