import { describe, expect, it } from 'vitest';
import { STAFF_ROLES } from '../../backend/modules/accounts/contract.ts';
import { modules } from '../../backend/modules.ts';
import type { RouteDefinition } from '../../backend/platform/http/route.ts';
import { NOBODY, RECORDED } from './recorded-routes.ts';

/**
 * 谁查过我: what staff can read of persons is recorded, route by route. A new route that staff may call stands in one of the two tables of
 * recorded-routes.ts or fails here; what is said of those under RECORDED is proven over HTTP in test/backend/query/recorded.test.ts.
 */

/** Members of an answer that tell of persons who are not of the office. */
const PERSONAL =
  /^(idNumber|formerIdNumber|idNumberMasked|maskedIdNumber|phone|maskedPhone|holders|holderName|parties|applicants|applicantValue|registerValue|whoName)$/;
/** Of these routes the words mean something else. */
const NOT_PERSONS: Readonly<Record<string, readonly string[]>> = {
  'one’s own account, inbox and files': ['maskedIdNumber', 'maskedPhone'],
  'the office’s own people, in their posts': ['maskedIdNumber', 'maskedPhone'],
  'what the administrator has just typed': ['maskedPhone'],
  // The hall's own number.
  'a number of the queue, without a name; of the person who stands there or calls': ['phone'],
  'rules, calendars and schedules': ['phone'],
};

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  allOf?: Schema[];
}

function membersOf(schema: Schema | undefined, into: Set<string> = new Set()): Set<string> {
  for (const [name, inner] of Object.entries(schema?.properties ?? {})) {
    into.add(name);
    membersOf(inner, into);
  }
  for (const inner of [schema?.items, ...(schema?.anyOf ?? []), ...(schema?.allOf ?? [])]) {
    if (inner) membersOf(inner, into);
  }
  return into;
}

const actorWith = (role: string) => ({
  ...{ accountId: 'a', sessionId: 's', kind: 'staff', name: '某人', personIndex: null, nameVerified: true },
  ...{ organisation: null, roles: [role], officeId: null, factor: 'totp', factorAt: new Date(0) },
});

const routes = modules
  .flatMap((module) => (module.routes ?? []) as unknown as RouteDefinition[])
  // What anybody may read without signing in shows nobody.
  .filter(({ access }) => access.name !== 'anyone')
  .filter(({ access }) => STAFF_ROLES.some((role) => access.check(actorWith(role)).allowed));
const nameOf = ({ method, path }: RouteDefinition): string => `${method} ${path}`;

describe('every route that staff may call', () => {
  it('either records whom it shows, or is said to show nobody', () => {
    const known = new Set<string>([...RECORDED, ...Object.values(NOBODY).flat()]);
    expect(routes.map(nameOf).filter((name) => !known.has(name))).toEqual([]);
    // Nor does a table name what is not there.
    const there = new Set(routes.map(nameOf));
    expect([...known].filter((name) => !there.has(name))).toEqual([]);
  });

  it('that is said to show nobody has no member in its answers that would', () => {
    const found = Object.entries(NOBODY).flatMap(([why, names]) =>
      routes
        .filter((one) => names.includes(nameOf(one)))
        .flatMap((one) => {
          const schemas = Object.values(one.answers).filter((answer) => typeof answer === 'object');
          const members = schemas.flatMap((schema) => [...membersOf(schema as Schema)]);
          return members
            .filter((member) => PERSONAL.test(member) && !NOT_PERSONS[why]?.includes(member))
            .map((member) => `${nameOf(one)}: ${member}`);
        }),
    );
    expect(found).toEqual([]);
  });
});
