import { importUnits } from '../../../backend/modules/register/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { createCitizen, createStaff, type TestPerson } from '../../support/people.ts';
import { codeOf, unitImport } from '../../backend/register/units.ts';
import type { Session } from './http.ts';

export interface Household {
  seller: TestPerson;
  buyer: TestPerson;
}

export interface Home {
  code: string;
  certificateNo: string;
  household: Household;
}

/** Clerks of every post, two of each so that they can reach for the same case. */
export const POSTS = ['acceptance', 'firstReview', 'secondReview', 'registrar'] as const;
export type Post = (typeof POSTS)[number];

export interface Population {
  homes: Home[];
  clerks: Record<Post, [Session, Session]>;
}

export function sessionOf({ account, client }: TestPerson): Session {
  return {
    accountId: account.id,
    cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  };
}

const WHOLE = { numerator: 1, denominator: 1 };

/** People who are signed in, and `count` units that belong to them. */
export async function populate(p: Platform, count: number): Promise<Population> {
  const target = { url: 'unused', p };
  const households: Household[] = [];
  for (let index = 0; index < 24; index += 1) {
    const [seller, buyer] = await Promise.all([
      createCitizen(target, { name: '赵明远' }),
      createCitizen(target, { name: '孙晓岚' }),
    ]);
    households.push({ seller, buyer });
  }
  const clerk = async (post: Post, name: string) =>
    sessionOf(await createStaff(target, { name, roles: [post] }));
  const clerks = {} as Population['clerks'];
  for (const post of POSTS) clerks[post] = [await clerk(post, '周敏'), await clerk(post, '郭立新')];
  // A run may last longer than a code does, and these clerks do nothing but record: as though each gave one in time.
  const later = new Date(p.time.now().getTime() + 86_400_000);
  await p.database.connection.collection('sessions').updateMany({}, { $set: { factorAt: later } });

  const homes = Array.from({ length: count }, (_, index): Home => {
    const household = households[index % households.length]!;
    const certificateNo = `鲁(2021)聊城市不动产权第${String(index + 1).padStart(7, '0')}号`;
    return { code: codeOf(index + 1), certificateNo, household };
  });
  await importUnits(
    p,
    homes.map(({ code, certificateNo, household }) => {
      const { name, idNumber } = household.seller.account;
      const made = unitImport(code, [
        { name, partyKind: 'person', idKind: 'residentId', idNumber, share: WHOLE },
      ]);
      return { ...made, rights: made.rights.map((right) => ({ ...right, certificateNo })) };
    }),
  );
  return { homes, clerks };
}
