import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { templateOf, type TemplateKey } from '../../../backend/modules/notifications/templates.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, type Office } from '../applications/scenario.ts';

/** What becomes of a delay of notice is told to the organ that asked for it, and of its members not to whom it is about. */

let office: Office;
let police: TestOrganisation;
let supervisor: TestPerson;
let leader: TestPerson;
let suspect: TestPerson;
const DAY_MS = 86_400_000;
const DOC = '聊公经侦〔2026〕18号';

beforeAll(async () => {
  office = await openOffice();
});
// Anew for each: the days that go by end sessions.
beforeEach(async () => {
  police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
  supervisor = await createStaff(office.api, { roles: ['supervisor'] });
  leader = await createStaff(office.api, { roles: ['leader'] });
  suspect = await createCitizen(office.api, { name: '田野' });
});
afterAll(() => office.close());

const dayAfter = (days: number): string =>
  new Date(office.api.p.time.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

async function asked(of: TestPerson = suspect): Promise<string> {
  const { id } = await ok(
    supervisor.client.post('/api/look-delays', {
      idNumber: of.account.idNumber,
      creditCode: police.organisation.creditCode,
      ...{ ground: 'crime', docNo: DOC, reason: '正在侦查一起合同诈骗案', untilOn: dayAfter(10) },
    }),
    201,
  );
  return id as string;
}
const decide = (id: string, granted: boolean) =>
  ok(leader.client.post(`/api/look-delays/${id}/decide`, { revision: 1, granted }));

async function told(person: TestPerson): Promise<Json[]> {
  await office.api.settle();
  const client = await signInAs(office.api, person.account);
  const { items } = await ok(client.get('/api/notifications?limit=100'));
  return items.filter(({ template }: Json) => /^looks\./.test(template));
}
const templates = async (person: TestPerson): Promise<string[]> =>
  (await told(person)).map(({ template }) => template as string);

describe('the organ is told', () => {
  it('that its delay was agreed to, and until when, by the number of its letter and by no name', async () => {
    const colleague = await police.member();
    await decide(await asked(), true);
    for (const member of [police, colleague]) {
      const [message, ...more] = await told(member);
      expect(more).toEqual([]);
      expect(message).toMatchObject({ template: 'looks.organDelayGranted', link: { href: '/me/queries' } });
      expect(message!.text).toContain(DOC);
      expect(JSON.stringify(message)).not.toMatch(/田野|合同诈骗/);
      expect(JSON.stringify(message)).not.toContain(suspect.account.idNumber);
    }
  });

  it('that it was refused', async () => {
    await decide(await asked(), false);
    const [message] = await told(police);
    expect(message).toMatchObject({ template: 'looks.organDelayRefused' });
    expect(message!.text).toContain('没有同意');
  });

  it('that nobody decided it in time', async () => {
    await asked();
    office.api.advance(12 * DAY_MS);
    await office.api.app.scheduler.runNow('query.endDelays');
    const [message, ...more] = await told(police);
    expect(more).toEqual([]);
    expect(message!.template).toBe('looks.organDelayRefused');
    expect(message!.text).toContain('没有作出决定');
  });

  it('that it has reached its last day', async () => {
    await decide(await asked(), true);
    office.api.advance(12 * DAY_MS);
    await office.api.app.scheduler.runNow('query.endDelays');
    const ended = (await told(police)).filter(({ template }) => template === 'looks.organDelayEnded');
    expect(ended.map(({ text }) => /已到期/.test(text as string))).toEqual([true]);
  });

  it('that it ended by its release', async () => {
    const id = await asked();
    await decide(id, true);
    const release = { revision: 2, docNo: '聊公经侦〔2026〕20号' };
    await ok(leader.client.post(`/api/look-delays/${id}/lift`, release));
    const ended = (await told(police)).filter(({ template }) => template === 'looks.organDelayEnded');
    expect(ended.map(({ text }) => /解除函提前结束/.test(text as string))).toEqual([true]);
  });
});

describe('nobody else is told of it', () => {
  it('neither the person, nor another organ, nor when it is only entered', async () => {
    const other = await createOrganisation(office.api, 'organ');
    const id = await asked();
    expect(await templates(police)).toEqual([]);
    await decide(id, true);
    for (const person of [suspect, other]) expect(await templates(person)).toEqual([]);
  });

  it('nor a member of the organ whom it is about', async () => {
    const insider = await police.member({ name: '史某' });
    await decide(await asked(insider), true);
    expect(await templates(insider)).toEqual([]);
    expect(await templates(police)).toEqual(['looks.organDelayGranted']);
  });

  it('nor by e-mail or text message', async () => {
    await decide(await asked(), true);
    const sent = (await told(police)).map(({ template }) => template as TemplateKey);
    expect(sent).toEqual(['looks.organDelayGranted']);
    for (const key of [...sent, 'looks.organDelayRefused', 'looks.organDelayEnded'] as const)
      expect(templateOf(key).channels).toEqual([]);
  });
});

describe('only state organs have delays', () => {
  it.each(['other', 'developer', 'bank'] as const)('not an organisation of the kind %s', async (kind) => {
    const firm = await createOrganisation(office.api, kind);
    const { body } = await supervisor.client.post('/api/look-delays', {
      idNumber: suspect.account.idNumber,
      creditCode: firm.organisation.creditCode,
      ...{ ground: 'crime', docNo: DOC, reason: '正在侦查一起案件', untilOn: dayAfter(10) },
    });
    expect(body.error.code).toBe('query.delay_organ');
  });
});
