import type { Platform } from '../../platform/platform.ts';
import { confirmFactor, type Actor } from '../accounts/index.ts';
import type { ApplicationDocument, CaseParty } from './application.model.ts';
import { accountsOf, audienceOf } from './audience.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand } from './change.ts';
import type { GiveConsent } from './contract.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { examine } from './examine.ts';
import { currentParties, filingOf } from './filed.ts';
import { refuseWrongGivers } from './givers.ts';
import { getForApplicant } from './load.ts';
import { missingSignatures, partiesOf, type Viewer } from './policy.ts';
import { partyContext } from './parties.ts';

/**
 * 各方确认: the initiator sends the finished draft to the other applicants. Each finds it under 等您确认 by their verified ID
 * number (or their organisation), reads exactly what will be filed, and signs its hash after giving a factor again.
 */
export async function requestConsent(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { revision }: { revision: number },
): Promise<ApplicationDocument> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('requestConsent', doc, type, viewer);
  if (revision !== doc.revision) errors.fail('applications.stale_draft');
  const examination = await examine(p, doc, type, { reader: 'applicant', viewer });
  const { problems } = examination;
  if (problems.length > 0) errors.fail('applications.incomplete', { count: problems.length }, problems);
  await refuseWrongGivers(p, viewer, doc, examination);
  const { hash } = filingOf(p, doc, type, examination);
  const sealed = currentParties(p, doc, examination, hash);
  const waiting = missingSignatures({ parties: sealed, initiator: doc.initiator }, hash);
  if (waiting.length === 0) errors.fail('applications.consent_not_needed');
  const ids = waiting.map(({ id }) => id);
  const parties = sealed.map((party) => (ids.includes(party.id) ? invited(p, doc, party) : party));
  const audience = await audienceOf(p, doc, parties);
  const next: ApplicationDocument = { ...doc, ...audience };
  return applyChange(p, doc, type, {
    set: {
      ...(doc.status === 'draft' ? { status: 'waitingConsent' as const } : {}),
      parties,
      ...audience,
      ...(examination.unit ? { address: examination.unit.address, district: examination.unit.district } : {}),
    },
    events: [caseEvent(p, 'consentRequested', next, viewer.accountId, { partyIds: ids, hash })],
    agent: viewer,
  });
}

function invited(p: Platform, doc: ApplicationDocument, party: CaseParty): CaseParty {
  const invitedAt = p.time.now();
  const consent = {
    ...party.consent,
    state: 'invited' as const,
    invitedAt,
    decidedAt: null,
    hash: null,
    reason: null,
    token: consentToken(p, doc._id, party),
  };
  return { ...party, consent };
}

/** The link of an invitation. It leads to the case and opens it for nobody but the person invited. */
export function consentToken(p: Platform, caseId: string, party: Pick<CaseParty, 'id' | 'idIndex'>): string {
  const mac = p.crypto.mac('applications.consent', `${caseId}|${party.id}|${party.idIndex}`);
  return `${caseId}.${party.id}.${mac.slice(0, 22)}`;
}

/**
 * Signs or declines for the parties that the actor stands for. The hash must be that of the filing as it is now; the
 * factor is given again, so that an open session alone cannot sign (电子签名法 13).
 */
export async function consent(
  p: Platform,
  actor: Actor,
  viewer: Viewer,
  idOrNo: string,
  { decision, hash, password, totp, reason }: GiveConsent,
): Promise<ApplicationDocument> {
  const doc = await getForApplicant(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('consent', doc, type, viewer);
  const examination = await examine(p, doc, type, { reader: 'staff' });
  if (filingOf(p, doc, type, examination).hash !== hash) errors.fail('applications.filing_changed');
  const own = partiesOf(doc.parties, viewer).map(({ id }) => id);
  if (decision === 'decline' && !reason) {
    errors.fail('applications.reason_needed', {}, [
      { pointer: '/reason', code: 'applications.reason_needed' },
    ]);
  }
  if (decision === 'sign') demandOwnName(doc, own, actor);
  if (decision === 'sign') await confirmFactor(p, actor, { password, totp });
  const signed = decision === 'sign';
  const parties = doc.parties.map((party) =>
    own.includes(party.id)
      ? {
          ...party,
          consent: {
            ...party.consent,
            state: signed ? ('signed' as const) : ('declined' as const),
            decidedAt: p.time.now(),
            hash: signed ? hash : null,
            accountId: viewer.accountId,
            factor: signed ? actor.factor : null,
            reason: signed ? null : (reason ?? null),
          },
        }
      : party,
  );
  const followers = [...new Set([...doc.followers, viewer.accountId])];
  return applyChange(p, doc, type, {
    set: { parties, followers },
    events: [
      caseEvent(p, signed ? 'consentSigned' : 'consentDeclined', { ...doc, followers }, viewer.accountId, {
        partyIds: own,
        hash,
        allSigned: signed && missingSignatures({ parties, initiator: doc.initiator }, hash).length === 0,
      }),
    ],
    agent: viewer,
  });
}

/** 条例16: nobody signs to be registered under a name that is not, to the code point, the one they were verified under. */
function demandOwnName(doc: ApplicationDocument, own: readonly string[], actor: Actor): void {
  const name = actor.organisation?.name ?? actor.name;
  const wrong = doc.parties.find(
    (party) => own.includes(party.id) && party.relation.startsWith('incoming') && party.name !== name,
  );
  if (wrong) errors.fail('applications.own_name_differs', { name: wrong.name });
}

/** `void`: they signed, and something changed afterwards; the link still leads to what has to be read again. */
const OPEN_INVITATIONS: ReadonlySet<string> = new Set(['invited', 'void']);

export interface Invitation {
  name: string;
  phone: string | null;
  /** Accounts that may sign for the party; empty while the person or organisation has none. */
  accountIds: string[];
  /** Path of the portal. */
  link: string;
}

/**
 * What a message to an invited party needs: to confirm, or that what they signed no longer counts. Null once there is
 * nothing left for them to do.
 */
export async function findInvitation(
  p: Platform,
  doc: ApplicationDocument,
  partyId: string,
): Promise<Invitation | null> {
  const party = doc.parties.find(({ id }) => id === partyId);
  if (!party || !OPEN_INVITATIONS.has(party.consent.state) || party.consent.token === null) return null;
  const phone =
    party.phone === null
      ? null
      : p.crypto.fields.decrypt(party.phone, partyContext(doc._id, party.id, 'phone'));
  const accountIds = await accountsOf(p, doc, party);
  return { name: party.name, phone, accountIds, link: `/consents/${party.consent.token}` };
}
