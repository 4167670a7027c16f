import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { findLimitVersions, listBusinessTypes } from '../catalogue/index.ts';
import type { LimitList } from './contract.ts';
import { countBehind } from './rules-stamps.ts';

/** The promise of every type with all its versions, newest first, and how far the open cases have followed. */
export async function listLimits(p: Platform): Promise<LimitList> {
  const today = legalDayOf(p.time.now());
  const types = await listBusinessTypes(p);
  const items = await Promise.all(
    types.map(async ({ code, plainName, limits }) => {
      const versions = await findLimitVersions(p, code);
      return {
        code,
        name: plainName,
        promised: limits.promised,
        instant: limits.instant,
        statutory: limits.statutory,
        /** 0: that of the catalogue. */
        version: limits.rule?.version ?? 0,
        versions: versions
          .map(({ version, validFrom, promised, notice, reason, publishedAt, publishedBy }) => ({
            version,
            validFrom,
            promised,
            notice,
            reason,
            publishedAt: publishedAt.toISOString(),
            publishedBy: publishedBy.name,
            state:
              version === limits.rule?.version
                ? ('inForce' as const)
                : validFrom > today
                  ? ('coming' as const)
                  : ('past' as const),
          }))
          .reverse(),
      };
    }),
  );
  return { items, casesBehind: await countBehind(p) };
}
