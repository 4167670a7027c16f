import { hallOf, type StaffActor } from '../accounts/index.ts';
import { errors } from './errors.ts';

export { hallOf };

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
