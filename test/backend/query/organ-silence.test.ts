import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordChange } from '../../../backend/modules/register/index.ts';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  signInAs,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { recordOrder, saleTo } from '../register/units.ts';
import { acceptAs, askWithPapers, look, newQueryId } from './asking.ts';

/** How far the silence on a state organ's query goes, and no further: whom it keeps what from, on whose word and how long. */

let office: Office;
let police: TestOrganisation;
let clerk: TestPerson;
let debtor: TestPerson;
let spouse: TestPerson;
let home: Home;
const DAY_MS = 86_400_000;
const HALF = { numerator: 1, denominator: 2 };
const WHOLE = { numerator: 1, denominator: 1 };
const LETTER = '聊公经侦〔2026〕18号';
const DUTY = '国家机关依法履行职责';

beforeAll(async () => {
  office = await openOffice({ config: { trustProxy: true } });
});
// Anew for each: days go by, which end sessions.
beforeEach(async () => {
  police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
  clerk = await createStaff(office.api, { roles: ['acceptance'] });
  debtor = await createCitizen(office.api, { name: '赵安' });
  spouse = await createCitizen(office.api, { name: '钱静' });
  home = await office.home({ holders: [personOrder(debtor, HALF), personOrder(spouse, HALF)] });
});
afterAll(() => office.close());

const dayAfter = (days: number): string =>
  new Date(office.api.p.time.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);

const asked = (given: object = {}, asker: TestPerson = police): Promise<Json> =>
  ok(
    askWithPapers(
      asker,
      {
        ...{ kind: 'organUnit', purpose: 'investigation', purposeText: '侦查一起合同诈骗案' },
        ...{ letterNo: LETTER, target: home.code, ...given },
      },
      ['officialLetter', 'officialCard'],
    ),
  );
const ofDebtor = () => ({
  ...{ kind: 'organPerson', target: undefined },
  person: { name: debtor.account.name, idNumber: debtor.account.idNumber },
});
const release = (id: string): Promise<Json> =>
  ok(police.client.post(`/api/queries/${id}/notice`, { untilOn: null }));

const anew = (person: TestPerson) => signInAs(office.api, person.account);
const looksOf = async (person: TestPerson): Promise<Json[]> =>
  (await ok((await anew(person)).get('/api/me/access-log?limit=100'))).items;

describe('the ground of a silence', () => {
  it.each(['investigation', 'enforcement', 'lawsuit', 'tax'])(
    'is not guessed from the purpose %s: only the organ knows whether it is more than its duty (个保法35)',
    async (purpose) => {
      const { notice } = await asked({ purpose });
      expect(notice).toMatchObject({ ground: 'duty', untilOn: dayAfter(180) });
    },
  );

  it('is the one that the organ named', async () => {
    expect((await asked({ notice: { ground: 'crime' } })).notice.ground).toBe('crime');
  });
});

describe('of an organ’s query that is told', () => {
  const told = async (person: TestPerson): Promise<unknown[]> =>
    (await looksOf(person))
      .filter(({ who }) => who.kind === 'organisation')
      .map(({ why, letterNo, toldLate }) => [why.zh, letterNo, toldLate.ground.zh]);
  const WHOLE_STORY = [['查询登记资料：调查案件', LETTER, '侦查犯罪']];
  const BARE = [['依法查询', null, DUTY]];

  async function answered(given: object = {}): Promise<void> {
    const { id } = await asked({ notice: { ground: 'crime' }, ...given });
    office.api.advance(60_000);
    await look(clerk, id);
    await acceptAs(clerk, id);
    office.api.advance(60_000);
    await release(id);
  }

  it('by person, only that person learns why: a co-owner is not told that somebody is suspected', async () => {
    await answered(ofDebtor());
    expect(await told(debtor)).toEqual(WHOLE_STORY);
    expect(await told(spouse)).toEqual(BARE);
    const clerks = (await looksOf(spouse)).filter(({ who }) => who.kind === 'staff');
    expect(clerks.map(({ toldLate }) => toldLate.ground.zh)).toEqual(clerks.map(() => DUTY));
  });

  it('by unit, whoever held a right on it when it was looked at learns why, and no former owner', async () => {
    const former = await createCitizen(office.api, { name: '周前主' });
    home = await office.home({ holders: [personOrder(former, WHOLE)] });
    const sale = {
      ...saleTo(personOrder(debtor, HALF), 7001, [{ idNumber: former.account.idNumber, share: null }]),
      ...{ to: [personOrder(debtor, HALF), personOrder(spouse, HALF)], coOwnership: 2 as const },
    };
    const at = office.api.p.time.now();
    await recordChange(
      office.api.p,
      recordOrder({ unitCode: home.code, effects: [sale], at, caseId: newQueryId() }),
    );
    office.api.advance(60_000);
    await answered();
    for (const owner of [debtor, spouse]) expect(await told(owner)).toEqual(WHOLE_STORY);
    expect(await told(former)).toEqual(BARE);
  });
});
