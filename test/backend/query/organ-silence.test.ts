import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../support/client.ts';
import {
  createCitizen,
  createOrganisation,
  type TestOrganisation,
  type TestPerson,
} from '../../support/people.ts';
import { ok, openOffice, personOrder, type Home, type Office } from '../applications/scenario.ts';
import { askWithPapers } from './asking.ts';

/** How far the silence on a state organ's query goes, and no further: whom it keeps what from, on whose word and how long. */

let office: Office;
let police: TestOrganisation;
let debtor: TestPerson;
let spouse: TestPerson;
let home: Home;
const DAY_MS = 86_400_000;
const HALF = { numerator: 1, denominator: 2 };
const LETTER = '聊公经侦〔2026〕18号';

beforeAll(async () => {
  office = await openOffice({ config: { trustProxy: true } });
});
// Anew for each: days go by, which end sessions.
beforeEach(async () => {
  police = await createOrganisation(office.api, 'organ', { name: '聊城市公安局' });
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
