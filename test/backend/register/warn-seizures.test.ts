import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { warnSeizures } from '../../../backend/modules/register/warn-seizures.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { signInAs } from '../../support/people.ts';
import {
  accepted,
  ok,
  openOffice,
  recorded,
  submittedSeizure,
  type Home,
  type Office,
} from '../applications/scenario.ts';

/** 民诉法解释485, domain.md §5.2: a court is told thirty days before its seizure ends, so that it can renew it. */
describe('a seizure whose term is about to end', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());
  beforeEach(() => office.api.setNow(TEST_NOW));

  const seized = async (): Promise<Home> => {
    const home = await office.home();
    const { id } = await submittedSeizure(office, home);
    await accepted(office, id);
    await recorded(office, id);
    await office.api.settle();
    return home;
  };
  const setUntil = ({ code }: Home, until: string) =>
    units(office.api.p).collection.updateOne(
      { _id: code as never },
      { $set: { 'encumbrances.0.until': until, nextLapseOn: until } },
    );
  const run = async (day: string) => {
    const now = new Date(`${day}T09:00:00+08:00`);
    office.api.setNow(now);
    const { warned } = await warnSeizures(office.api.p, now);
    await office.api.settle();
    return warned;
  };
  const told = async (): Promise<string[]> => {
    const { client, account } = office.court;
    for (const [name, token] of (await signInAs(office.api, account)).cookies)
      client.cookies.set(name, token);
    const { items } = await ok(client.get('/api/notifications?limit=100'));
    return items
      .filter(({ template }: Json) => template === 'register.seizureExpiring')
      .map(({ text }: Json) => text);
  };

  it('is told to its court once, thirty days before, and once more for the term that a renewal adds', async () => {
    const home = await seized();
    await setUntil(home, '2027-03-31');
    expect(await run('2027-02-28')).toBe(0);
    expect(await run('2027-03-01')).toBe(1);
    expect(await run('2027-03-02')).toBe(0);
    expect(await told()).toEqual([expect.stringContaining('(2026)鲁1502执123号')]);
    await setUntil(home, '2027-09-30');
    expect(await run('2027-08-30')).toBe(0);
    expect(await run('2027-08-31')).toBe(1);
    expect(await told()).toHaveLength(2);
  });

  it('is not told any more once it has ended', async () => {
    const home = await seized();
    await setUntil(home, '2027-03-31');
    expect(await run('2027-04-01')).toBe(0);
  });
});
