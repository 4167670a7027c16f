import { describe, expect, it } from 'vitest';
import * as access from '../../../backend/modules/accounts/access.ts';
import type { Actor } from '../../../backend/modules/accounts/actor.ts';
import type { AccessVerdict } from '../../../backend/platform/http/route.ts';

const base: Actor = {
  accountId: '65f000000000000000000001',
  sessionId: '65f000000000000000000002',
  kind: 'citizen',
  name: '赵明远',
  personIndex: 'x',
  nameVerified: true,
  organisation: null,
  roles: [],
  officeId: null,
  factor: 'password',
  factorAt: new Date(0),
};
const organisation = (
  kind: 'bank' | 'court' | 'organ',
  confirmed: boolean,
  administrator = false,
): Actor => ({
  ...base,
  kind: 'organisation',
  nameVerified: false,
  organisation: { id: 'o', kind, name: '某单位', creditCode: '91371500MA3C00011K', confirmed, administrator },
});

const actors = {
  stranger: null,
  verified: base,
  unverified: { ...base, nameVerified: false },
  bank: organisation('bank', true),
  bankAdministrator: organisation('bank', true, true),
  waitingBank: organisation('bank', false, true),
  court: organisation('court', true),
  waitingCourt: organisation('court', false),
  organ: organisation('organ', true),
  waitingOrgan: organisation('organ', false),
  acceptance: { ...base, kind: 'staff', roles: ['acceptance'] },
  supervisor: { ...base, kind: 'staff', roles: ['supervisor'] },
  administrator: { ...base, kind: 'staff', roles: ['administrator'] },
} as const satisfies Record<string, Actor | null>;

function word(verdict: AccessVerdict): string {
  if (verdict.allowed) return 'yes';
  return typeof verdict.reason === 'string' ? verdict.reason : verdict.reason.code;
}

const rules = {
  signedIn: access.signedIn,
  citizen: access.citizen,
  applicant: access.applicant,
  verifiedApplicant: access.verifiedApplicant,
  organisationMember: access.organisationMember,
  organisationAdministrator: access.organisationAdministrator,
  court: access.court,
  caseStaff: access.caseStaff,
  acceptance: access.staffWith('acceptance'),
  supervisor: access.supervisor,
  administrator: access.administrator,
};

const NAME = 'accounts.name_not_verified';
const WAIT = 'accounts.organisation_not_confirmed';
const no = 'forbidden';

/** Every rule × every kind of actor; the stranger is asked to sign in everywhere. */
const expected: Record<keyof typeof rules, Record<Exclude<keyof typeof actors, 'stranger'>, string>> = {
  signedIn: row('yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes'),
  citizen: row('yes', 'yes', no, no, no, no, no, no, no, no, no, no),
  applicant: row('yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', no, no, no),
  verifiedApplicant: row('yes', NAME, 'yes', 'yes', WAIT, 'yes', WAIT, 'yes', WAIT, no, no, no),
  organisationMember: row(no, no, 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', no, no, no),
  organisationAdministrator: row(no, no, no, 'yes', WAIT, no, no, no, no, no, no, no),
  court: row(no, no, no, no, no, 'yes', WAIT, no, no, no, no, no),
  caseStaff: row(no, no, no, no, no, no, no, no, no, 'yes', 'yes', no),
  acceptance: row(no, no, no, no, no, no, no, no, no, 'yes', no, no),
  supervisor: row(no, no, no, no, no, no, no, no, no, no, 'yes', no),
  administrator: row(no, no, no, no, no, no, no, no, no, no, no, 'yes'),
};

function row(...words: string[]): Record<Exclude<keyof typeof actors, 'stranger'>, string> {
  const names = Object.keys(actors).filter((name) => name !== 'stranger');
  return Object.fromEntries(names.map((name, i) => [name, words[i]!])) as ReturnType<typeof row>;
}

describe('access rules', () => {
  for (const [name, rule] of Object.entries(rules)) {
    it(`${name}: who may and who is told what`, () => {
      const found = Object.fromEntries(
        Object.entries(actors)
          .filter(([who]) => who !== 'stranger')
          .map(([who, actor]) => [who, word(rule.check(actor))]),
      );
      expect(found).toEqual(expected[name as keyof typeof rules]);
      expect(word(rule.check(null))).toBe('signIn');
    });
  }

  it('gives every rule a name of its own', () => {
    const names = Object.values(rules).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
