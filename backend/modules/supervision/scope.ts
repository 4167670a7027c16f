import type { StaffActor } from '../accounts/index.ts';
import { errors } from './errors.ts';

/**
 * Whose cases somebody who oversees may see: a head of section those of their own hall, 分管领导 and 监督 all. A head who belongs
 * to no hall in particular stands over all. Pure.
 */
export function hallOf({ roles, officeId }: Pick<StaffActor, 'roles' | 'officeId'>): string | null {
  return roles.includes('supervisor') || roles.includes('leader') ? null : officeId;
}

/** The query within the reader's hall. @throws supervision.other_hall where another is asked for */
export function within<Q extends { office?: string }>(
  actor: Pick<StaffActor, 'roles' | 'officeId'>,
  query: Q,
): Q {
  const hall = hallOf(actor);
  if (hall === null) return query;
  if (query.office !== undefined && query.office !== hall) errors.fail('supervision.other_hall');
  return { ...query, office: hall };
}
