import type { DraftView, PartyView } from '../../../../backend/modules/applications/contract.ts';
import { t } from '../../../i18n/i18n.svelte.ts';
import { dayAndTime } from '../../cases/wording.ts';

type State = PartyView['consent']['state'];

/** Whether a signature is there, missing or refused: for the tone of the tag. */
export const CONSENT_TONE = {
  notNeeded: 'neutral',
  notAsked: 'neutral',
  invited: 'soon',
  signed: 'ok',
  declined: 'late',
  void: 'late',
} as const satisfies Record<State, string>;

/** Who has still to sign before the application can be sent; the initiator signs on sending it. */
export const unsigned = ({ parties }: Pick<DraftView, 'parties'>): PartyView[] =>
  parties.filter(
    ({ isInitiator, consent }) => !isInitiator && consent.state !== 'signed' && consent.state !== 'notNeeded',
  );

export function consentText(party: PartyView): string {
  const { state, invitedAt, decidedAt, reason } = party.consent;
  if (party.isInitiator && state !== 'signed') return t('applications.consentYouSign');
  switch (state) {
    case 'notNeeded':
      return t('applications.consentStateNotNeeded');
    case 'notAsked':
      return t('applications.consentStateNotAsked');
    case 'invited':
      return invitedAt
        ? t('applications.consentStateInvitedAt', { time: dayAndTime(invitedAt) })
        : t('applications.consentStateInvited');
    case 'signed':
      return decidedAt
        ? t('applications.consentStateSignedAt', { time: dayAndTime(decidedAt) })
        : t('applications.consentStateSigned');
    case 'declined':
      return reason
        ? t('applications.consentStateDeclinedWhy', { reason })
        : t('applications.consentStateDeclined');
    case 'void':
      return t('applications.consentStateVoid');
  }
}
