import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftCalendar, publishCalendar } from '../../../backend/modules/clock/publish-calendar.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { accepted, claimed, ok, submittedRename } from '../applications/scenario.ts';
import { openBureau, travel, type Bureau } from './bureau.ts';

/** The published 2026, but Saturday 10 October is no make-up day any more and the three days after Sunday are off. */
function longerHoliday(): Json {
  const { versions } = JSON.parse(readFileSync('seeds/reference/calendars/2026.json', 'utf8')) as Json;
  const { version: _version, ...last } = versions.at(-1);
  return {
    year: 2026,
    ...last,
    publishedOn: '2026-10-09',
    notice: { title: '关于延长假期的通知', number: '国办发明电〔2026〕9号' },
    makeUp: last.makeUp.filter(({ on }: Json) => on !== '2026-10-10'),
    off: [...last.off, { from: '2026-10-12', to: '2026-10-14', name: 'nationalDay' }],
  };
}

describe('between the publication of a calendar and the recompute job', () => {
  let bureau: Bureau;
  beforeAll(async () => {
    bureau = await openBureau();
    await travel(bureau, TEST_NOW);
  });
  afterAll(() => bureau.close());

  it('the supervisor sees the new dates everywhere, and how many cases are still to be done', async () => {
    const { supervisor, clerks, api } = bureau;
    const { id, no } = await submittedRename(bureau);
    await accepted(bureau, id);
    await claimed(clerks.firstReview, id);
    await bureau.api.settle();
    const get = (path: string) => ok(supervisor.client.get(`/api/supervision/${path}`));
    const shown = async (query = '') =>
      (await get(`cases?limit=100${query}`)).items.find((one: Json) => one.no === no)?.dueAt;
    const before = await shown();
    await api.app.scheduler.runNow('supervision.forecast');
    const foreseen = async () =>
      (await get('forecast?all=true')).items.find((one: Json) => one.no === no)?.dueAt;
    expect(await foreseen()).toBe(before);
    const given = longerHoliday();
    const draft = await draftCalendar(api.p, given as never);
    await publishCalendar(api.p, given as never, {
      basedOn: draft.before.version,
      actorId: supervisor.account.id,
    });
    const deadline = await ok(clerks.firstReview.client.get(`/api/applications/${id}/deadline`));
    const now = deadline.promised.dueAt;
    expect(now).not.toBe(before);
    expect(await shown()).toBe(now);
    expect((await get(`cases/${no}`)).case.dueAt).toBe(now);
    const { body } = await supervisor.client.get('/api/supervision/export?format=csv');
    const line = String(body)
      .split('\r\n')
      .find((one) => one.startsWith(no));
    expect(line).toContain(now.slice(0, 10));
    expect(line).not.toContain(before.slice(0, 10));
    expect(await foreseen()).toBe(now);
    // What only the old rules put under a day is not shown under it.
    expect(await shown(`&dueOn=${before.slice(0, 10)}`)).toBeUndefined();
    expect((await get('cases')).recomputing).toBe(1);
    expect((await get('summary')).recomputing).toBe(1);

    await api.app.scheduler.runNow('applications.rules');
    await api.settle();
    expect(await shown()).toBe(now);
    expect(await shown(`&dueOn=${now.slice(0, 10)}`)).toBe(now);
    expect((await get('summary')).recomputing).toBe(0);
  });
});
