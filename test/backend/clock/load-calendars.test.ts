import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { calendars } from '../../../backend/modules/clock/calendar.model.ts';
import {
  closeOf,
  getCalendar,
  isWorkday,
  loadCalendars,
  toDayNumber,
  toLegalDay,
} from '../../../backend/modules/clock/index.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { startApi, type TestApi } from '../../support/api.ts';

const seeds = fileURLToPath(new URL('../../../seeds/reference', import.meta.url));
let api: TestApi;
let root: string;
beforeAll(async () => {
  api = await startApi();
  root = await mkdtemp(join(tmpdir(), 'reference-'));
});
beforeEach(() => cp(seeds, root, { recursive: true, force: true }));
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await api.close();
});

const pathOf = (name: string) => join(root, 'calendars', name);
async function change(
  name: string,
  edit: (year: { year: number; versions: Record<string, unknown>[] }) => void,
): Promise<void> {
  const year = JSON.parse(await readFile(pathOf(name), 'utf8')) as {
    year: number;
    versions: Record<string, unknown>[];
  };
  edit(year);
  await writeFile(pathOf(name), JSON.stringify(year));
}
const inProduction = (p: Platform): Platform => ({ ...p, config: { ...p.config, production: true } });

describe('loading calendars', () => {
  it('twice changes nothing', async () => {
    const before = await calendars(api.p).find().sort({ _id: 1 }).lean();
    await loadCalendars(api.p);
    expect(await calendars(api.p).find().sort({ _id: 1 }).lean()).toEqual(before);
    expect(before.map(({ _id }) => _id)).toEqual(
      expect.arrayContaining(['2019@1', '2019@2', '2020@1', '2020@2', 'office-hours@1']),
    );
  });

  it('keeps the official notice with every version', async () => {
    for (const { content } of await calendars(api.p).find({ kind: 'year' }).lean()) {
      expect((content as { notice: { number: string } }).notice.number).toMatch(
        /^国办?发明电〔\d{4}〕\d+号$/,
      );
    }
  });

  it('of a changed version stops in production', async () => {
    await change('2026.json', ({ versions }) => void (versions[0]!.makeUp = []));
    await expect(loadCalendars(inProduction(api.p), root)).rejects.toThrow(
      '2026@1 was changed after it was loaded',
    );
  });

  it.each([
    [
      'a day of another year',
      (v: Record<string, unknown>) => void (v.makeUp = [{ on: '2025-10-11', name: 'nationalDay' }]),
      '2025-10-11 belongs to another year',
    ],
    [
      'an unknown holiday',
      (v: Record<string, unknown>) => void (v.makeUp = [{ on: '2026-10-10', name: 'birthday' }]),
      '/versions/0/makeUp/0/name',
    ],
    ['no notice', (v: Record<string, unknown>) => void delete v.notice, "required property 'notice'"],
    [
      'a make-up day on a weekday',
      (v: Record<string, unknown>) => void (v.makeUp = [{ on: '2026-10-12', name: 'nationalDay' }]),
      'cannot be a make-up working day',
    ],
  ])('refuses %s', async (_name, edit, message) => {
    await change('2026.json', ({ versions }) => edit(versions[0]!));
    await expect(loadCalendars(api.p, root)).rejects.toThrow(message);
  });

  it('of a newly announced year makes it certain at once', async () => {
    const newYear = toDayNumber('2027-01-01');
    expect(isWorkday(await getCalendar(api.p), newYear)).toBe(true);
    const before = (await getCalendar(api.p)).version;
    const version = {
      version: 1,
      publishedOn: '2026-11-05',
      notice: { title: '国务院办公厅关于2027年部分节假日安排的通知', number: '国办发明电〔2026〕9号' },
      off: [{ from: '2027-01-01', to: '2027-01-03', name: 'newYear' }],
      makeUp: [],
    };
    await writeFile(pathOf('2027.json'), JSON.stringify({ year: 2027, versions: [version] }));
    await loadCalendars(api.p, root);
    const calendar = await getCalendar(api.p);
    expect(isWorkday(calendar, newYear)).toBe(false);
    expect(toLegalDay(calendar.knownThrough)).toBe('2027-12-31');
    expect(calendar.version).not.toBe(before);
  });
});

describe('a new timetable of the office', () => {
  it('is added with its first day, and holds from then on alone', async () => {
    const before = await getCalendar(api.p);
    await change('office-hours.json', ({ versions }) => {
      const segments = [
        { opens: '08:30', closes: '12:00' },
        { opens: '14:30', closes: '18:30' },
      ];
      versions.push({ ...versions[0], version: 2, validFrom: '2027-05-03', segments });
    });
    await loadCalendars(api.p, root);
    const after = await getCalendar(api.p);
    expect(after.version).not.toBe(before.version);
    const close = (day: string) => closeOf(after, toDayNumber(day)).toISOString().slice(11, 16);
    expect([close('2027-05-02'), close('2027-05-03')]).toEqual(['09:00', '10:30']);
    expect(await calendars(api.p).find({ kind: 'officeHours' }).lean()).toHaveLength(2);
    await calendars(api.p).deleteMany({ _id: 'office-hours@2' });
    await loadCalendars(api.p);
  });

  it('with a first day that is none is refused, by the name of its file', async () => {
    await change('office-hours.json', ({ versions }) => versions.push({ ...versions[0], validFrom: 'Mai' }));
    await expect(loadCalendars(api.p, root)).rejects.toThrow(/office-hours.json/);
  });
});
