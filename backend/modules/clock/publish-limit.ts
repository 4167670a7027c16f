import type { Problem } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import {
  findLimitVersions,
  getBusinessType,
  insertLimitVersion,
  newestInForce,
  promiseInForce,
  type BusinessType,
  type Limit,
  type LimitVersionDocument,
  type PromiseVersion,
} from '../catalogue/index.ts';
import { isLegalDay, toDayNumber } from './days.ts';
import { clockErrors } from './errors.ts';

/** A promise as it is handed in, before it has a version. */
export interface LimitInput {
  code: string;
  promised: Limit;
  validFrom: string;
  notice: { title: string; number: string };
  reason: string;
}

export interface DraftLimit {
  type: BusinessType;
  /** The version it becomes. */
  version: number;
  /** Promised on its first day without it. */
  before: PromiseVersion;
  /** All versions as they are, and as they would be. */
  known: readonly PromiseVersion[];
  after: readonly PromiseVersion[];
  /** Names what was known: a publication that comes between preview and publishing is noticed. */
  basedOn: string;
}

/** Longest time ahead of a promise, in days: what lies further is a slip of the pen. */
const AHEAD_DAYS = 366;

const problem = (pointer: string, code: string, params: Problem['params'] = {}): Problem => ({
  pointer,
  code,
  params,
});

function dayProblems(validFrom: string, known: readonly PromiseVersion[], today: string): Problem[] {
  if (!isLegalDay(validFrom)) return [problem('/validFrom', 'clock.not_a_day')];
  if (validFrom < today) return [problem('/validFrom', 'clock.limit_from_past')];
  if (toDayNumber(validFrom) - toDayNumber(today) > AHEAD_DAYS)
    return [problem('/validFrom', 'clock.limit_too_far', { most: AHEAD_DAYS })];
  // What has taken effect was told to applicants: it cannot be unmade on the same day.
  const current = newestInForce(known, today);
  return current && current.validFrom >= validFrom
    ? [problem('/validFrom', 'clock.limit_day_taken', { day: current.validFrom })]
    : [];
}

/** Pure: all that is wrong with a promise, each at its pointer. */
export function checkLimit(
  { promised, validFrom }: LimitInput,
  type: BusinessType,
  known: readonly PromiseVersion[],
  today: string,
): Problem[] {
  const problems = dayProblems(validFrom, known, today);
  const { statutory } = type.limits;
  const now = promiseInForce(type, known, problems.length === 0 ? validFrom : today).promised;
  if (promised.unit !== now.unit) problems.push(problem('/promised/unit', 'clock.limit_unit_fixed'));
  else if (!Number.isInteger(promised.amount) || promised.amount < 1)
    problems.push(problem('/promised/amount', 'clock.limit_amount', { most: statutory.amount }));
  else if (promised.unit === statutory.unit && promised.amount > statutory.amount)
    problems.push(problem('/promised/amount', 'clock.limit_past_statutory', { most: statutory.amount }));
  else if (promised.amount === now.amount) problems.push(problem('/promised/amount', 'clock.limit_same'));
  return problems;
}

/** What a promise would replace; writes nothing. @throws clock.limit_wrong with every problem at its pointer */
export async function draftLimit(p: Platform, given: LimitInput): Promise<DraftLimit> {
  // As loaded: what is published replaces the catalogue's own promise, not the promise of today.
  const { version: typeVersion } = await getBusinessType(p, given.code);
  const type = await getBusinessType(p, given.code, { version: typeVersion });
  const known = await findLimitVersions(p, given.code);
  const problems = checkLimit(given, type, known, legalDayOf(p.time.now()));
  if (problems.length > 0) clockErrors.fail('clock.limit_wrong', { count: problems.length }, problems);
  const version = (known.at(-1)?.version ?? 0) + 1;
  const { validFrom, promised } = given;
  return {
    type,
    version,
    before: promiseInForce(type, known, validFrom),
    known,
    after: [...known, { version, validFrom, promised }],
    basedOn: `${typeVersion}#${version - 1}`,
  };
}

/**
 * Publishes a version of a promise: one insert, whose `_id` two people at once cannot both have. `basedOn` is what the
 * preview showed. @throws clock.limit_changed_meanwhile
 */
export async function publishLimit(
  p: Platform,
  given: LimitInput,
  { basedOn, by }: { basedOn: string; by: { accountId: string; name: string } },
): Promise<DraftLimit> {
  const draft = await draftLimit(p, given);
  if (draft.basedOn !== basedOn) clockErrors.fail('clock.limit_changed_meanwhile');
  const { code, promised, validFrom, notice, reason } = given;
  const { version, before } = draft;
  const event = p.outbox.event('clock.limit_published', by.accountId, {
    code,
    version,
    validFrom,
    notice: notice.number,
    from: before.promised,
    to: promised,
  });
  const document: LimitVersionDocument = {
    _id: `${code}#${version}`,
    code,
    version,
    validFrom,
    promised,
    notice,
    reason,
    publishedAt: p.time.now(),
    publishedBy: by,
    outbox: [event],
  };
  if (!(await insertLimitVersion(p, document))) clockErrors.fail('clock.limit_changed_meanwhile');
  return draft;
}
