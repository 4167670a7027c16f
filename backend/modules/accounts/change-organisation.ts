import type { Platform } from '../../platform/platform.ts';
import type { StaffActor } from './actor.ts';
import { forgetRemembered } from './authenticate.ts';
import type { OrganisationStatus } from './contract.ts';
import { accountErrors } from './errors.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';

/** @throws accounts.organisation_not_found */
export async function getOrganisation(p: Platform, id: string): Promise<OrganisationDocument> {
  const found = await organisations(p).findById(id).lean<OrganisationDocument>();
  return found ?? accountErrors.fail('accounts.organisation_not_found');
}

export interface OrganisationChange {
  from: readonly OrganisationStatus[];
  set: Partial<OrganisationDocument>;
  event: string;
}

/**
 * An administrator's change of an organisation: one update guarded by revision and state, with its event.
 * @throws accounts.wrong_status, accounts.changed_meanwhile
 */
export async function changeOrganisation(
  p: Platform,
  actor: StaffActor,
  id: string,
  revision: number,
  { from, set, event }: OrganisationChange,
): Promise<OrganisationDocument> {
  const { status } = await getOrganisation(p, id);
  if (!from.includes(status)) return accountErrors.fail('accounts.wrong_status');
  const changed = await organisations(p)
    .findOneAndUpdate(
      { _id: id, revision, status },
      {
        $set: set,
        $inc: { revision: 1 },
        $push: { outbox: p.outbox.event(event, actor.accountId, { organisationId: id }) },
      },
      { returnDocument: 'after' },
    )
    .lean<OrganisationDocument>();
  if (!changed) return accountErrors.fail('accounts.changed_meanwhile');
  forgetRemembered(p);
  p.outbox.notify('organisations');
  return changed;
}
