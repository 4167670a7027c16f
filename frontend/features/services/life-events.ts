import type { BusinessTypeSummary, LifeEvent } from '../../../backend/modules/catalogue/contract.ts';
import type { MessageKey } from '../../i18n/areas.ts';

/** In the order in which people come: most cases are sales and mortgages. */
export const LIFE_EVENT_WORDS = {
  buySecondHand: 'services.lifeBuySecondHand',
  buyNewHome: 'services.lifeBuyNewHome',
  mortgage: 'services.lifeMortgage',
  payOffLoan: 'services.lifePayOffLoan',
  inherit: 'services.lifeInherit',
  marriage: 'services.lifeMarriage',
  lostCertificate: 'services.lifeLostCertificate',
  identityChange: 'services.lifeIdentityChange',
  business: 'services.lifeBusiness',
  court: 'services.lifeCourt',
} as const satisfies Record<LifeEvent, MessageKey>;

export const LIFE_EVENTS = Object.keys(LIFE_EVENT_WORDS) as readonly LifeEvent[];

export function byLifeEvent(types: readonly BusinessTypeSummary[]): readonly BusinessTypeSummary[] {
  return [...types].sort((a, b) => LIFE_EVENTS.indexOf(a.lifeEvent) - LIFE_EVENTS.indexOf(b.lifeEvent));
}
