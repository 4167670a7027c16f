import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DISCLOSURE } from '../../../backend/modules/query/disclosure.ts';
import type { Relation } from '../../../backend/modules/query/vocabulary.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import {
  createCitizen,
  createOrganisation,
  createStaff,
  newIdNumber,
  stranger,
  type TestPerson,
} from '../../support/people.ts';
import { certificateNo, codeOf, encumbrance, half, party, TERMS, unitImport } from '../register/units.ts';
import { acceptAs, ask, askWithPapers, elsewhere, mine, register, request } from './asking.ts';

/**
 * Two hundred homes, each with people whose names and numbers stand nowhere else. Whoever asks in whatever way, nothing that their
 * row hides comes back: not in an answer, an error, a list, a paper or a log.
 */
const HOMES = 200;

interface Canary {
  code: string;
  owner: { name: string; idNumber: string };
  partner: { name: string; idNumber: string };
  lender: { name: string; idNumber: string };
  court: string;
  orderNo: string;
  certificateNo: string;
}

let api: TestApi;
let canaries: Canary[];
let clerk: TestPerson;

/** A name of three rare characters that no word of the portal contains. */
const rare = (n: number, kind: number) =>
  String.fromCodePoint(0x3400 + n * 3 + kind, 0x4dff - n, 0x3b00 + n * 3 + kind);

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  clerk = await createStaff(api, { roles: ['acceptance'] });
  canaries = Array.from({ length: HOMES }, (_, index) => ({
    code: codeOf(1000 + index),
    owner: { name: rare(index, 0), idNumber: newIdNumber() },
    partner: { name: rare(index, 1), idNumber: newIdNumber() },
    lender: { name: rare(index, 2), idNumber: newIdNumber() },
    court: `第${index}号金丝雀法院`,
    orderNo: `(2026)鸟${index}执${9000 + index}号`,
    certificateNo: certificateNo(500_000 + index),
  }));
  await register(
    api,
    canaries.map((canary) => {
      const { owner, partner, lender } = canary;
      const holders = [
        party(owner.name, owner.idNumber, half()),
        party(partner.name, partner.idNumber, half()),
      ];
      const { holders: _none, ...mortgage } = encumbrance('mortgage', { mortgage: TERMS });
      const { holders: _nobody, ...seizure } = encumbrance('seizure', {
        seizure: { court: canary.court, docNo: canary.orderNo, preSeizure: false, termMonths: 36 },
      });
      const made = unitImport(canary.code, holders, [
        { ...mortgage, holders: [party(lender.name, lender.idNumber)] },
        { ...seizure, holders: [] },
      ]);
      return {
        ...made,
        rights: made.rights.map((right) => ({ ...right, certificateNo: canary.certificateNo })),
      };
    }),
  );
}, 120_000);
afterAll(() => api.close());

const numbersOf = (canary: Canary) =>
  [canary.owner, canary.partner, canary.lender].map(({ idNumber }) => idNumber);
const namesOf = (canary: Canary) => [canary.owner, canary.partner, canary.lender].map(({ name }) => name);

/** What a relation must not learn of a home, as texts that must not occur. */
function hiddenFrom(relation: Relation, canary: Canary): string[] {
  const { fields } = DISCLOSURE[relation];
  const hidden = [...numbersOf(canary)];
  const unless = (shown: unknown, ...texts: string[]) => (shown === 'show' ? [] : texts);
  return [
    ...hidden,
    ...unless(fields.holderName, canary.owner.name, canary.partner.name),
    ...unless(fields.encumbrancerName, canary.lender.name),
    ...unless(fields.court, canary.court),
    ...unless(fields.orderNo, canary.orderNo),
    ...unless(fields.certificateNo, canary.certificateNo),
  ];
}

function expectClean(text: string, hidden: readonly string[]): void {
  expect(hidden.filter((one) => text.includes(one))).toEqual([]);
}

describe('two hundred homes', () => {
  it('give whoever only intends no name and no number', async () => {
    for (let start = 0; start < HOMES; start += 10) {
      const person = await createCitizen(api);
      const asked = canaries.slice(start, start + 10).map(async (canary) => {
        const given = { kind: 'status', purpose: 'purchase', target: canary.code };
        const { status, body } = await ask(person.client, given);
        expect([status, body.result.units[0].flags.seized]).toEqual([200, true]);
        expectClean(JSON.stringify(body), hiddenFrom('intending', canary));
      });
      await Promise.all(asked);
    }
  });

  it('are not told as anybody’s own', async () => {
    const person = await createCitizen(api);
    for (const canary of canaries.slice(0, 15)) {
      const { status, body } = await ask(person.client, { kind: 'ownUnit', target: canary.code });
      expect(status).toBe(404);
      expectClean(JSON.stringify(body), [
        ...numbersOf(canary),
        ...namesOf(canary),
        canary.court,
        canary.certificateNo,
      ]);
    }
  });

  it.each<[Relation, object, string[]]>([
    ['interestedParty', { kind: 'interested', purpose: 'purchase' }, ['contract']],
    [
      'lawyer',
      { kind: 'lawyer', purpose: 'lawsuit', client: '委托人', claimedName: '无此人' },
      ['lawyerCard', 'lawFirmLetter'],
    ],
    [
      'interestedParty',
      { kind: 'lawyer', purpose: 'lawsuit', client: '委托人' },
      ['lawyerCard', 'lawFirmLetter', 'inquiryOrder'],
    ],
    ['heir', { kind: 'heir', purpose: 'inheritance' }, ['inheritanceProof']],
  ])('tell a %s what its row shows, before and after the clerk', async (relation, given, papers) => {
    const person = await createCitizen(api);
    for (const canary of canaries.slice(20, 26)) {
      const asked = await askWithPapers(person, { ...given, target: canary.code }, papers);
      expectClean(JSON.stringify(asked.body), [...numbersOf(canary), ...namesOf(canary), canary.court]);
      expect((await acceptAs(clerk, asked.body.id)).status).toBe(200);
      const { body } = await mine(person, asked.body.id);
      expect(body.result.units[0].relation).toBe(relation);
      expectClean(JSON.stringify(body), hiddenFrom(relation, canary));
    }
  });

  it.each<[Relation, object, string[]]>([
    ['heir', { kind: 'heir', purpose: 'inheritance' }, ['inheritanceProof']],
    ['manager', { kind: 'manager', purpose: 'management' }, ['authorityProof']],
  ])(
    'tell a %s who names the owner what the row shows, and of no other home',
    async (relation, given, papers) => {
      const person = await createCitizen(api);
      for (const canary of canaries.slice(30, 34)) {
        const { name, idNumber } = canary.owner;
        const asked = await askWithPapers(person, { ...given, person: { name, idNumber } }, papers);
        // The name is what the asker wrote.
        const others = [canary.partner.name, canary.lender.name, canary.court, canary.code];
        expectClean(JSON.stringify(asked.body), [...numbersOf(canary), ...others]);
        expect((await acceptAs(clerk, asked.body.id)).status).toBe(200);
        const { body } = await mine(person, asked.body.id);
        expect(body.result.units).toMatchObject([{ relation, code: canary.code }]);
        const elses = canaries.filter((one) => one !== canary).flatMap(namesOf);
        expectClean(JSON.stringify(body), [...hiddenFrom(relation, canary), ...elses]);
      }
    },
  );

  it('show a court names, and no number in full', async () => {
    const court = await createOrganisation(api, 'court');
    const canary = canaries[40]!;
    const given = {
      kind: 'organUnit',
      purpose: 'enforcement',
      purposeText: '执行案件',
      letterNo: '(2026)鲁1502执9号',
      target: canary.code,
    };
    const asked = await askWithPapers(court, given, ['officialLetter', 'officialCard']);
    await acceptAs(clerk, asked.body.id);
    const text = JSON.stringify((await mine(court, asked.body.id)).body);
    expect(text).toContain(canary.owner.name);
    expectClean(text, hiddenFrom('stateOrgan', canary));
  });

  it('leave no trace in logs, addresses and events', async () => {
    await api.settle();
    const log = api.logLines.join('\n') + api.requestUrls.join('\n');
    const audit = JSON.stringify(await api.p.database.connection.collection('audit').find().toArray());
    for (const canary of canaries) {
      expectClean(log, [...numbersOf(canary), ...namesOf(canary), canary.certificateNo]);
      expectClean(audit, [...numbersOf(canary), ...namesOf(canary)]);
    }
    const stored = JSON.stringify(await api.p.database.connection.collection('queries').find().toArray());
    for (const canary of canaries) expectClean(stored, numbersOf(canary));
  });
});

describe('scraping', () => {
  it('a thousand numbers in a minute stops at twenty, by account', async () => {
    const person = await createCitizen(api);
    const replies = [];
    for (let n = 0; n < 1000; n += 50) {
      const burst = Array.from({ length: 50 }, (_, k) =>
        ask(person.client, {
          kind: 'status',
          purpose: 'purchase',
          target: canaries[(n + k) % HOMES]!.certificateNo,
        }),
      );
      replies.push(...(await Promise.all(burst)));
    }
    const statuses = replies.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(980);
  }, 120_000);

  it('and by address, whatever accounts stand behind it, another process included', async () => {
    const headers = { headers: { 'X-Forwarded-For': '10.99.98.97' } };
    const people = await Promise.all(Array.from({ length: 30 }, () => createCitizen(api)));
    const again = await startApi({ config: { trustProxy: true }, database: api.database });
    const replies = await Promise.all(
      people.map(async ({ client }, index) => {
        const given = request({ kind: 'status', purpose: 'purchase', target: canaries[index]!.code });
        if (index % 2 === 0) return client.post('/api/queries', given, headers);
        const other = stranger(again);
        for (const [name, value] of client.cookies) other.cookies.set(name, value);
        return other.post('/api/queries', given, headers);
      }),
    );
    await again.close();
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(20);
  });

  it('is bounded by the day, however slowly it comes', async () => {
    const person = await createCitizen(api);
    let answered = 0;
    for (let n = 0; n < 63; n += 1) {
      // The minute's limit is of a moment; the day's is of the account.
      if (n % 15 === 0) await api.p.database.connection.collection('rate-limits').deleteMany({ key: /POST/ });
      const { status } = await person.client.post(
        '/api/queries',
        request({ kind: 'status', purpose: 'purchase', target: canaries[n]!.code }),
        elsewhere(),
      );
      if (status === 200) answered += 1;
    }
    expect(answered).toBe(60);
  }, 120_000);
});
