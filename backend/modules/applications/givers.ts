import { AppError } from '../../platform/errors.ts';
import type { RateLimit } from '../../platform/http/route.ts';
import { rateLimiterOf } from '../../platform/http/rate-limit.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApplicationDocument } from './application.model.ts';
import { errors } from './errors.ts';
import type { Examination } from './examine.ts';
import type { Viewer } from './policy.ts';

/**
 * How often a day who was named may differ from the register. A mistyped number is found in a few tries; of an ID number
 * whose birthday is known a thousand are left. A bank files for many.
 */
const MISSES: Record<'citizen' | 'organisation', RateLimit> = {
  citizen: { points: 10, windowSeconds: 86_400, by: 'account' },
  organisation: { points: 50, windowSeconds: 86_400, by: 'account' },
};

/**
 * Whether the others named are who the register says is told here, to an applicant whose name is verified, with one neutral
 * answer and so many times a day. Counted before it is known and given back when it was right: otherwise tries that
 * come at once, or after the last, would still tell the right number by its being let through.
 */
export async function refuseWrongGivers(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
  { parties, indexes, unspoken }: Pick<Examination, 'parties' | 'indexes' | 'unspoken'>,
): Promise<void> {
  const others = parties.some(
    ({ relation, answerKey }, at) =>
      answerKey !== '' &&
      (relation === 'currentHolder' || relation === 'currentMortgagee') &&
      `index:${indexes[at]}` !== doc.initiator.partyKey,
  );
  if (!others) return refuseAll(unspoken);
  const limit = MISSES[viewer.kind === 'organisation' ? 'organisation' : 'citizen'];
  const limiter = rateLimiterOf(p);
  const counted = ['givers', limit, viewer, ''] as const;
  try {
    await limiter.consume(...counted);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'platform.too_many_requests')) throw error;
    errors.fail('applications.too_many_givers');
  }
  refuseAll(unspoken);
  await limiter.giveBack(...counted);
}

function refuseAll(unspoken: Examination['unspoken']): void {
  if (unspoken.length > 0) errors.fail('applications.incomplete', { count: unspoken.length }, unspoken);
}
