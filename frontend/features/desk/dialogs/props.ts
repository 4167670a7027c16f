import type { CaseForClerk } from '../../../../backend/modules/applications/contract.ts';
import type { Checks } from '../checks.svelte.ts';

/** What every decision gets. `ondone` reads the case anew; `onclose` loses nothing; `overtaken`: read the case anew. */
export interface DecisionProps {
  view: CaseForClerk;
  checks: Checks;
  ondone: (act: string) => void;
  onclose: (overtaken: boolean) => void;
}
