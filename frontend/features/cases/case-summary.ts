import type { CaseCard, CaseView } from '../../../backend/modules/applications/contract.ts';
import { to } from '../../app/paths.ts';
import { t } from '../../i18n/i18n.svelte.ts';
import { consentHref } from '../applications/parts/links.ts';

type Todo = NonNullable<CaseCard['todo']>;
type CaseLike = Pick<CaseCard, 'id' | 'no'>;

/** Word and place of the one act that a thing to do calls for. */
export function todoAction(todo: Todo, of: CaseLike): { label: string; href: string } {
  const application = to('application', { no: of.id });
  const own = to('case', { no: of.no ?? of.id });
  switch (todo.kind) {
    case 'continueDraft':
      return { label: t('cases.actContinue'), href: application };
    case 'send':
      return { label: t('cases.actSend'), href: consentHref(of.id) };
    case 'submit':
      return { label: t('cases.actSubmit'), href: to('applicationCheck', { no: of.id }) };
    case 'sign':
      return { label: t('cases.actSign'), href: to('consent', { token: of.id }) };
    case 'correct':
      return { label: t('cases.actCorrect'), href: application };
    case 'agreeWithdrawal':
      return { label: t('cases.actAgreeWithdrawal'), href: `${own}#withdrawal` };
    case 'payTax':
      return { label: t('cases.actPayTax'), href: own };
    case 'payFee':
      return { label: t('cases.actPayFee'), href: own };
  }
}

/** Where a card leads: drafts to their task list, a request to sign to the page that is signed. */
export function cardHref(card: CaseCard): string {
  if (card.todo?.kind === 'sign') return to('consent', { token: card.id });
  const isDraft = card.status === 'draft' || card.status === 'waitingConsent';
  return isDraft && card.todo ? to('application', { no: card.id }) : to('case', { no: card.no ?? card.id });
}

type Status = CaseView['status'];

/** The tone of the status tag; words carry the meaning. */
export function statusTone(status: Status, paused: boolean): 'active' | 'neutral' | 'bad' | 'pause' {
  if (paused) return 'pause';
  if (status === 'refused' || status === 'declined' || status === 'correction') return 'bad';
  return status === 'withdrawn' || status === 'archived' || status === 'draft' ? 'neutral' : 'active';
}
