import { alarms, type AlarmDocument } from '../../../backend/modules/supervision/alarm.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import type { TestApiOptions } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { createStaff, signInAs, type TestPerson } from '../../support/people.ts';
import { ok, openOffice, type Office } from '../applications/scenario.ts';

/** An office with those who stand over it. */
export interface Bureau extends Office {
  head: TestPerson;
  leader: TestPerson;
  supervisor: TestPerson;
}

export async function openBureau(options: TestApiOptions = {}): Promise<Bureau> {
  const office = await openOffice(options);
  const { api } = office;
  return {
    ...office,
    head: await createStaff(api, { name: '田守礼', roles: ['sectionHead'] }),
    leader: await createStaff(api, { name: '贺明远', roles: ['leader'] }),
    supervisor: await createStaff(api, { name: '方静', roles: ['supervisor'] }),
  };
}

/** A moment of Asia/Shanghai: `at('2026-10-10', '17:00')`. */
export const at = (day: string, time: string): Date => new Date(`${day}T${time}:00+08:00`);

export async function alarmsOf(p: Platform, caseId?: string): Promise<AlarmDocument[]> {
  const filter = caseId ? { caseId } : {};
  return (await alarms(p)
    .collection.find(filter as never)
    .sort({ at: 1, _id: 1 })
    .toArray()) as unknown as AlarmDocument[];
}

/** Moves the clock. Everybody signs in again, as they would the next day. */
export async function travel(bureau: Bureau, moment: Date): Promise<void> {
  bureau.api.setNow(moment);
  const { clerks, seller, buyer, head, leader, supervisor } = bureau;
  const people: TestPerson[] = [...Object.values(clerks), seller, buyer, head, leader, supervisor];
  await Promise.all(
    people.map(async ({ account, client }) => {
      for (const [name, token] of (await signInAs(bureau.api, account)).cookies)
        client.cookies.set(name, token);
    }),
  );
}

/** Moves the clock and lets the alarm clock look once. */
export async function lookAt(bureau: Bureau, moment: Date): Promise<void> {
  await travel(bureau, moment);
  await bureau.api.app.scheduler.runNow('supervision.alarms');
  await bureau.api.settle();
}

/** What somebody was told of a case's alarms, oldest first. */
export async function toldOf(office: Office, person: TestPerson, no: string): Promise<string[]> {
  await office.api.settle();
  const { items } = await ok(person.client.get('/api/notifications?limit=100'));
  return items
    .filter(({ template, text }: Json) => template === 'supervision.alarm' && text.includes(no))
    .map(({ text }: Json) => text)
    .reverse();
}
