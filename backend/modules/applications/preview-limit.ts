import type { Platform } from '../../platform/platform.ts';
import { instantAt } from '../../platform/time.ts';
import type { PromiseVersion } from '../catalogue/index.ts';
import { draftLimit, getCalendar } from '../clock/index.ts';
import { caseTypeOn, handledType } from './case-type.ts';
import type { LimitEffect, NewLimit } from './contract.ts';
import { movedCases } from './moved-cases.ts';

/**
 * What a promise would change: for whoever is accepted from its first day on, and for the open cases, judged as they would stand on
 * that day. A longer one moves none of them. Writes nothing.
 */
export async function previewLimit(p: Platform, given: NewLimit): Promise<LimitEffect> {
  const { type, version, before, known, after, basedOn } = await draftLimit(p, given);
  const [now, calendar] = [p.time.now(), await getCalendar(p)];
  const firstDay = instantAt(given.validFrom);
  const cases = await movedCases(
    p,
    async (doc) => {
      const handled = await handledType(p, doc);
      const by = (versions: readonly PromiseVersion[]) => ({
        type: caseTypeOn(doc, handled, versions, { today: given.validFrom, calendar }),
        calendar,
      });
      return { before: by(known), after: by(after) };
    },
    { now: firstDay > now ? firstDay : now, code: given.code },
  );
  return {
    code: given.code,
    name: type.plainName,
    version,
    basedOn,
    validFrom: given.validFrom,
    before: before.promised,
    after: given.promised,
    longer: given.promised.amount > before.promised.amount,
    cases,
    computedAt: now.toISOString(),
  };
}
