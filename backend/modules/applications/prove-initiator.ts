import type { DeliveredEvent, Subscriber } from '../../platform/database/outbox.ts';
import { applications } from './application.model.ts';

/** Whose drafts: a person's account, or all of an organisation. By who may read them, for which there is an index. */
const draftsOf = ({ type, data }: DeliveredEvent): object =>
  type === 'accounts.name_verified'
    ? {
        viewers: `account:${String(data.accountId)}`,
        'initiator.accountId': String(data.accountId),
        // A member's card proves the person, not the organisation that the draft is of.
        'initiator.organisationId': null,
      }
    : {
        viewers: `org:${String(data.organisationId)}`,
        'initiator.organisationId': String(data.organisationId),
      };

/**
 * From the moment that a clerk has seen the card, or an administrator the licence, the drafts begun before are those of somebody
 * known: the register may tell them what is theirs. Idempotent.
 */
export const proveInitiator: Subscriber = {
  name: 'applications.prove-initiator',
  types: ['accounts.name_verified', 'accounts.organisation_confirmed'],
  async handle(p, events) {
    for (const event of events) {
      await applications(p).collection.updateMany(
        { ...draftsOf(event), 'initiator.unproven': true },
        // No revision of its own: it changes nothing that anybody is editing.
        { $unset: { 'initiator.unproven': '' } },
        { hint: 'viewers' },
      );
    }
  },
};
