import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import {
  findLimitVersions,
  getBusinessType,
  newestInForce,
  withPromise,
  type BusinessType,
  type PromiseVersion,
} from '../catalogue/index.ts';
import { getCalendar, promiseOf, type Calendar } from '../clock/index.ts';
import type { ApplicationDocument } from './application.model.ts';

/**
 * What a case is handled under: the version of its business type, which never changes once it is accepted, with the promise
 * that binds for this case today (`clock/promise.ts`).
 */
export interface CaseType extends BusinessType {
  /** Newest version of the promise in force today, whether or not it binds for this case; 0 none. */
  rulesVersion: number;
}

type Handled = Pick<ApplicationDocument, 'typeCode' | 'typeVersion'>;

const made = new WeakMap<BusinessType, Map<number, CaseType>>();

/** The same object for the same rules: forms are compiled by object. */
function marked(type: BusinessType, rulesVersion: number): CaseType {
  const known = made.get(type) ?? new Map<number, CaseType>();
  made.set(type, known);
  const found = known.get(rulesVersion) ?? { ...type, rulesVersion };
  known.set(rulesVersion, found);
  return found;
}

/** Pure: the type of a case with these clock events, on a legal day. `type` is the case's version as it was loaded. */
export function caseTypeOn(
  { clockEvents }: Pick<ApplicationDocument, 'clockEvents'>,
  type: BusinessType,
  versions: readonly PromiseVersion[],
  { today, calendar }: { today: string; calendar: Calendar },
): CaseType {
  const promised = withPromise(type, promiseOf(clockEvents, type, versions, { today, calendar }));
  return marked(promised, newestInForce(versions, today)?.version ?? 0);
}

/** The version of the type as it was loaded, for who asks no dates of it. */
export async function handledType(p: Platform, { typeCode, typeVersion }: Handled): Promise<BusinessType> {
  return getBusinessType(p, typeCode, { version: typeVersion });
}

/** The rules of one case, with its promise of today. */
export async function typeOf(
  p: Platform,
  doc: Handled & Pick<ApplicationDocument, 'clockEvents'>,
): Promise<CaseType> {
  return typeUnder(p, doc, await getCalendar(p));
}

/** The same by a calendar that may not be in force yet. */
export async function typeUnder(
  p: Platform,
  doc: Handled & Pick<ApplicationDocument, 'clockEvents'>,
  calendar: Calendar,
): Promise<CaseType> {
  const [type, versions] = await Promise.all([handledType(p, doc), findLimitVersions(p, doc.typeCode)]);
  return caseTypeOn(doc, type, versions, { today: legalDayOf(p.time.now()), calendar });
}

/** Versions a case's kept dates were made with: of the calendar, and of its type's promise once it has any. Pure. */
export const stampOf = (calendarVersion: string, rulesVersion = 0): string =>
  rulesVersion === 0 ? calendarVersion : `${calendarVersion}#${rulesVersion}`;

export const typeRef = ({ code, version, name, plainName }: BusinessType) => ({
  code,
  version,
  name,
  plainName,
});
