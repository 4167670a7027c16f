import type { Evidence, Purpose, QueryKind, Relation } from './vocabulary.ts';

/**
 * Who may ask what, with which purpose and papers, and who decides (查询办法; domain.md §6.1, §1.3 M30, M31). Pure.
 */

/** As what an account may ask: 实名 in every case. */
export type Asking = 'citizen' | 'organisation' | 'stateOrgan';

export interface QueryRule {
  who: readonly Asking[];
  /** What is named: nothing, one unit (查询办法24: one unit an application), a person, or whichever of the two is known. */
  target: 'none' | 'unit' | 'person' | 'unitOrPerson';
  purposes: readonly Purpose[];
  /** Of one's own: neither a purpose nor a promise is asked (细则98, 查询办法25 and 条例28 bind whoever asks about others). */
  own: boolean;
  /** Of each line one: any of its papers will do. Empty: no clerk needs to see anything. */
  papers: readonly (readonly Evidence[])[];
  /** What is disclosed; null: as whom the register names. */
  relation: Relation | null;
  /** Whether the answer waits for a clerk. */
  decided: boolean;
  basis: string;
}

const CODE = '民法典第218条';
const REGULATION = '不动产登记暂行条例第27条';
const MEASURES = '不动产登记资料查询暂行办法';

const PRIVATE: readonly Asking[] = ['citizen', 'organisation'];
/** 查询办法19: the dealings that make somebody interested. */
const DEALINGS: readonly Purpose[] = ['purchase', 'sale', 'lease', 'mortgage', 'gift'];
const SUITS: readonly Purpose[] = ['lawsuit', 'arbitration'];

const organ = (target: 'unit' | 'person'): QueryRule => ({
  who: ['stateOrgan'],
  target,
  purposes: ['enforcement', 'lawsuit', 'investigation', 'audit', 'tax', 'other'],
  own: false,
  papers: [['officialLetter'], ['officialCard']],
  relation: 'stateOrgan',
  decided: true,
  basis: '不动产登记暂行条例第27条第2款',
});

export const QUERY_RULES: Readonly<Record<QueryKind, QueryRule>> = {
  own: {
    who: PRIVATE,
    target: 'none',
    purposes: ['ownRecords', 'loan', 'sale', 'school', 'housingBenefit', 'purchase', 'lawsuit', 'other'],
    own: true,
    papers: [],
    relation: null,
    decided: false,
    basis: `${CODE}、${REGULATION}、${MEASURES}第14、15条`,
  },
  ownUnit: {
    who: PRIVATE,
    target: 'unit',
    purposes: ['ownRecords', 'loan', 'sale', 'lease', 'mortgage', 'school', 'lawsuit', 'other'],
    own: true,
    papers: [],
    relation: null,
    decided: false,
    basis: `${CODE}、${REGULATION}、${MEASURES}第14条`,
  },
  heir: {
    who: PRIVATE,
    // 查询办法17 gives an heir the owner's rights, and 查询办法15 the owner a search by name and number.
    target: 'unitOrPerson',
    purposes: ['inheritance'],
    own: false,
    papers: [['inheritanceProof']],
    relation: 'heir',
    decided: true,
    basis: `${REGULATION}、${MEASURES}第17条`,
  },
  manager: {
    who: PRIVATE,
    target: 'person',
    purposes: ['management', 'sale', 'lease', 'housingBenefit', ...SUITS, 'other'],
    own: false,
    papers: [['authorityProof']],
    relation: 'manager',
    decided: true,
    basis: `${REGULATION}、${MEASURES}第18条`,
  },
  interested: {
    who: PRIVATE,
    target: 'unit',
    purposes: [...DEALINGS, ...SUITS],
    own: false,
    papers: [['contract', 'courtNotice']],
    relation: 'interestedParty',
    decided: true,
    basis: `${CODE}、${REGULATION}、${MEASURES}第19、20条`,
  },
  lawyer: {
    who: ['citizen'],
    target: 'unit',
    purposes: [...DEALINGS, ...SUITS],
    own: false,
    papers: [['lawyerCard'], ['lawFirmLetter']],
    relation: 'lawyer',
    decided: true,
    basis: `${MEASURES}第22、23条`,
  },
  organUnit: organ('unit'),
  organPerson: organ('person'),
  status: {
    who: PRIVATE,
    target: 'unit',
    purposes: [...DEALINGS, ...SUITS],
    own: false,
    papers: [],
    relation: 'intending',
    decided: false,
    basis: `${MEASURES}第21条`,
  },
};

/** 个人、单位 and 国家机关 by what an account is confirmed to be; null: staff, who have their own desk. */
export function askingAs(actor: { kind: string; organisation: { kind: string } | null }): Asking | null {
  if (actor.kind === 'citizen') return 'citizen';
  if (actor.kind !== 'organisation') return null;
  const kind = actor.organisation?.kind;
  return kind === 'court' || kind === 'organ' ? 'stateOrgan' : 'organisation';
}

/** Whether a person or an organisation may stand in the place of a unit. */
export const namesPerson = ({ target }: Pick<QueryRule, 'target'>): boolean =>
  target === 'person' || target === 'unitOrPerson';

const withOrder = (kind: QueryKind, given: readonly Evidence[]): boolean =>
  kind === 'lawyer' && given.includes('inquiryOrder');

/** What is disclosed, by the papers that were handed in: a court's order makes a lawyer's client an interested party (查询办法19, 23). */
export const relationFor = (kind: QueryKind, given: readonly Evidence[]): Relation | null =>
  withOrder(kind, given) ? 'interestedParty' : QUERY_RULES[kind].relation;

/** By which articles, likewise. */
export const basisFor = (kind: QueryKind, given: readonly Evidence[]): string =>
  withOrder(kind, given) ? `${MEASURES}第23条` : QUERY_RULES[kind].basis;

/**
 * As the look stands in the lists of those who were seen: of a lawyer always the same articles, as an order is made in a suit, which the
 * register does not announce.
 */
export const lookBasisFor = (kind: QueryKind): string => QUERY_RULES[kind].basis;

/** Whether the name to be verified must be given: a court's order says by itself what may be known. */
export const needsClaimedName = (kind: QueryKind, given: readonly Evidence[]): boolean =>
  kind === 'lawyer' && !withOrder(kind, given);

/** Papers that need not be handed in and open more where they are. An order is made in a case of a court. */
export const optionalPapers = (kind: QueryKind, purpose: Purpose): readonly Evidence[] =>
  kind === 'lawyer' && SUITS.includes(purpose) ? ['inquiryOrder'] : [];

/** The lines of papers for which nothing was handed in. A lawsuit is shown by its notice, a dealing by its contract (查询办法20). */
export function missingPapers(
  kind: QueryKind,
  purpose: Purpose,
  given: readonly Evidence[],
): readonly (readonly Evidence[])[] {
  const lines =
    kind === 'interested'
      ? [[SUITS.includes(purpose) ? ('courtNotice' as const) : ('contract' as const)]]
      : QUERY_RULES[kind].papers;
  return lines.filter((line) => !line.some((code) => given.includes(code)));
}

/** A purpose that says too little by itself. */
export const needsWords = (purpose: Purpose): boolean =>
  ['other', 'investigation', 'enforcement', 'audit', 'tax'].includes(purpose);

export interface Concern {
  /** Whoever asked, or the person that they asked about. */
  personIndexes: readonly string[];
}

/** 回避: nobody decides on a query that they asked, or that is about themselves or a home of theirs. */
export const isRecused = ({ personIndexes }: Concern, personIndex: string | null): boolean =>
  personIndex !== null && personIndexes.includes(personIndex);
