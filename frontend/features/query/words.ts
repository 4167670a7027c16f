import type {
  DelayGround,
  DisclosedUnit,
  Evidence,
  Purpose,
  QueryKind,
  QueryState,
  RefusalReason,
  Relation,
  ResultKind,
} from '../../../backend/modules/query/contract.ts';
import type { MessageKey } from '../../i18n/areas.ts';
import { fullDayText } from '../../i18n/format.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';

/** The words of queries by their codes: a new code is a type error here until it has them. */

type Plain = MessageKey & `query.${string}`;

export const kindText = (kind: QueryKind): string => t(`query.kind_${kind}`);
/** As law and clerks call it. */
export const deskKindText = (kind: QueryKind): string => t(`query.deskKind_${kind}`);
export const kindHint = (kind: QueryKind): string => t(`query.kindHint_${kind}`);
export const purposeText = (purpose: Purpose): string => t(`query.purpose_${purpose}`);
export const paperText = (paper: Evidence): string => t(`query.paper_${paper}`);
export const paperWhy = (paper: Evidence): string => t(`query.paperWhy_${paper}`);
export const reasonText = (reason: RefusalReason): string => t(`query.reason_${reason}`);
export const groundText = (ground: DelayGround): string => t(`query.ground_${ground}`);
/** In the order in which they are offered; the one that says least comes last. */
export const GROUNDS = [
  'enforcement',
  'preservation',
  'crime',
  'discipline',
  'security',
  'emergency',
  'duty',
] as const satisfies readonly DelayGround[];
export const documentText = (kind: ResultKind): string => t(`query.doc_${kind}`);

const STATES = {
  waiting: 'query.stateWaiting',
  answered: 'query.stateAnswered',
  refused: 'query.stateRefused',
  withdrawn: 'query.stateWithdrawn',
} as const satisfies Record<QueryState, Plain>;
export const stateText = (state: QueryState): string => t(STATES[state]);
const TONES = {
  waiting: 'soon',
  answered: 'ok',
  refused: 'late',
  withdrawn: 'neutral',
} as const satisfies Record<QueryState, string>;
export const stateTone = (state: QueryState) => TONES[state];

const RIGHTS = {
  stateLandAndHouse: 'query.rightStateLandAndHouse',
  homesteadAndHouse: 'query.rightHomesteadAndHouse',
  stateLand: 'query.rightStateLand',
} as const satisfies Record<NonNullable<DisclosedUnit['right']>['kind'], Plain>;
export const rightText = (kind: keyof typeof RIGHTS): string => t(RIGHTS[kind]);

export const encumbranceText = (kind: NonNullable<DisclosedUnit['encumbrances']>[number]['kind']): string =>
  t(`query.enc_${kind}`);

export const coOwnershipText = (code: number): string =>
  t(`query.co${(code in [0, 1, 2, 3] ? code : 3) as 0 | 1 | 2 | 3}`);

export const FLAGS = ['mortgaged', 'seized', 'objection', 'preNotice', 'residence', 'coOwned'] as const;
export const flagText = (flag: (typeof FLAGS)[number]): string => t(`query.flag_${flag}`);
export const flagPlain = (flag: (typeof FLAGS)[number]): string => t(`query.plain_${flag}`);

export const listed = (items: readonly string[]): string => items.join(i18n.language === 'en' ? ', ' : '、');

export const dayOr = (day: string | null): string => (day === null ? '—' : fullDayText(day));

/** Which kinds see what, told before anything is asked; the server's table decides. */
const SEES: Record<QueryKind, { see: Plain[]; hide: Plain[] }> = {
  own: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbersOthers'],
  },
  ownUnit: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbersOthers'],
  },
  heir: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbers', 'query.hide_history'],
  },
  manager: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbers', 'query.hide_history'],
  },
  interested: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbers', 'query.hide_certificate', 'query.hide_history'],
  },
  lawyer: {
    see: ['query.see_natural', 'query.see_restrictions', 'query.see_compare'],
    hide: ['query.hide_names', 'query.hide_debts'],
  },
  organUnit: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbers'],
  },
  organPerson: {
    see: ['query.see_natural', 'query.see_names', 'query.see_debts'],
    hide: ['query.hide_numbers'],
  },
  status: {
    see: ['query.see_natural', 'query.see_restrictions'],
    hide: ['query.hide_names', 'query.hide_debts'],
  },
};
/** With a court's order a lawyer sees what an interested party sees. */
const seesOf = (kind: QueryKind, relation: Relation | null) =>
  SEES[relation === 'interestedParty' ? 'interested' : kind];
export const willSee = (kind: QueryKind, relation: Relation | null): string[] =>
  seesOf(kind, relation).see.map((key) => t(key as 'query.see_natural'));
export const willNotSee = (kind: QueryKind, relation: Relation | null): string[] =>
  seesOf(kind, relation).hide.map((key) => t(key as 'query.see_natural'));
