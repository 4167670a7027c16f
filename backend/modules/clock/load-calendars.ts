import { isDeepStrictEqual } from 'node:util';
import type { Platform } from '../../platform/platform.ts';
import { shapeOf } from '../../platform/reference-shape.ts';
import { readReferenceFolder } from '../catalogue/index.ts';
import { buildCalendar, HOLIDAY_NAMES, type CalendarYear, type OfficeHours } from './calendar.ts';
import { calendars, type CalendarDocument } from './calendar.model.ts';
import { forgetCalendar } from './get-calendar.ts';

const day = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const name = { enum: Object.keys(HOLIDAY_NAMES) };
const object = (properties: object) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

const YEAR_FILE = object({
  year: { type: 'integer', minimum: 2007, maximum: 2100 },
  versions: {
    type: 'array',
    minItems: 1,
    items: object({
      version: { type: 'integer', minimum: 1 },
      publishedOn: day,
      notice: object({ title: { type: 'string', minLength: 1 }, number: { type: 'string', minLength: 1 } }),
      off: { type: 'array', items: object({ from: day, to: day, name }) },
      makeUp: { type: 'array', items: object({ on: day, name }) },
    }),
  },
});

const wall = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' };
const HOURS = object({
  version: { type: 'integer', minimum: 1 },
  publishedOn: day,
  source: { type: 'string', minLength: 1 },
  segments: { type: 'array', minItems: 1, items: object({ opens: wall, closes: wall }) },
});
const DATED_HOURS = { ...HOURS, properties: { ...HOURS.properties, validFrom: day } };
/** Every timetable that held or will: a new one is added with its first day (`validFrom`), none is changed. */
const HOURS_FILE = object({ versions: { type: 'array', minItems: 1, items: DATED_HOURS } });

const HOURS_NAME = 'office-hours.json';

function parse<T>(file: { name: string; text: string }, schema: object): T {
  const validate = shapeOf(schema);
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    throw new Error(`calendars/${file.name} is not JSON: ${(error as Error).message}`);
  }
  if (validate(value)) return value as T;
  const problems = (validate.errors ?? [])
    .map(({ instancePath, message }) => `${instancePath} ${message}`)
    .join('; ');
  throw new Error(`calendars/${file.name}: ${problems}`);
}

/** Years and office hours as the files have them, checked. Throws an Error that names the file and the place. */
export async function readCalendarFiles(
  root?: string,
): Promise<{ years: CalendarYear[]; hours: OfficeHours[] }> {
  const files = await readReferenceFolder('calendars', root);
  const hoursFile = files.find((file) => file.name === HOURS_NAME);
  if (!hoursFile) throw new Error(`calendars/${HOURS_NAME} is missing`);
  const years = files
    .filter((file) => file !== hoursFile)
    .map((file) => parse<CalendarYear>(file, YEAR_FILE));
  for (const { year, versions } of years) {
    const outside = versions
      .flatMap(({ off, makeUp }) => [
        ...off.flatMap(({ from, to }) => [from, to]),
        ...makeUp.map(({ on }) => on),
      ])
      .find((on) => !on.startsWith(`${year}-`));
    if (outside) throw new Error(`calendars/${year}.json: ${outside} belongs to another year's file`);
  }
  return { years, hours: parse<{ versions: OfficeHours[] }>(hoursFile, HOURS_FILE).versions };
}

function documentsOf(years: readonly CalendarYear[], hours: readonly OfficeHours[]): CalendarDocument[] {
  const documents = hours.map((content): CalendarDocument => {
    const { version, publishedOn } = content;
    return { _id: `office-hours@${version}`, kind: 'officeHours', year: null, version, publishedOn, content };
  });
  for (const { year, versions } of years) {
    for (const content of versions) {
      const _id = `${year}@${content.version}`;
      documents.push({
        _id,
        kind: 'year',
        year,
        version: content.version,
        publishedOn: content.publishedOn,
        content,
      });
    }
  }
  return documents;
}

/**
 * Brings the calendars of the reference data into the database. Idempotent. A version that is already there with other
 * content stops a production start: due dates were computed with it, so a change must be a new version.
 */
export async function loadCalendars(p: Platform, root?: string): Promise<void> {
  const { years, hours } = await readCalendarFiles(root);
  buildCalendar(years, hours);
  const collection = calendars(p).collection;
  const known = new Map((await calendars(p).find().lean()).map((document) => [document._id, document]));
  const fresh: CalendarDocument[] = [];
  for (const document of documentsOf(years, hours)) {
    const stored = known.get(document._id);
    if (!stored) fresh.push(document);
    else if (!isDeepStrictEqual(stored.content, document.content)) await replaceVersion(p, document);
  }
  if (fresh.length > 0) {
    const writes = fresh.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id: _id as never }, update: { $setOnInsert: rest }, upsert: true },
    }));
    await collection.bulkWrite(writes as never, { ordered: false });
  }
  forgetCalendar(p);
}

async function replaceVersion(p: Platform, document: CalendarDocument): Promise<void> {
  if (p.config.production) {
    throw new Error(
      `calendar version ${document._id} was changed after it was loaded: publish a new version instead`,
    );
  }
  p.log.warn({ calendar: document._id }, 'calendar version replaced; production would refuse');
  await calendars(p).collection.replaceOne({ _id: document._id as never }, document as never);
}
