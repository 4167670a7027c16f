import type { BusinessType, Effect } from '../catalogue/index.ts';
import { foldAnyCertificateNo, type EffectOrder, type PartyOrder } from '../register/index.ts';
import { valueAt, type Answers } from './answers.ts';
import type { PartyDraft } from './parties.ts';

/**
 * From the catalogue's effects to what the register is ordered to do: roles become people, answers become terms. Pure;
 * one function an effect, complete by type.
 */
export interface PlanSource {
  type: Pick<BusinessType, 'effects'>;
  answers: Answers;
  parties: readonly PartyDraft[];
  /** Legal day on which the case was first handed in: for an order of a court, its service (送达). */
  servedOn: string;
  /** Number reserved for the effect at this place; only asked for when the effect gives a certificate. */
  certificateNo(place: number): string;
}

/** 证件种类: codes of the dictionary to the register's own words. */
const ID_KINDS: Readonly<Record<string, string>> = {
  '1': 'residentId',
  '2': 'hkMoTwPermit',
  '3': 'passport',
  '7': 'creditCode',
};

export const idKindWord = (code: string): string => ID_KINDS[code] ?? 'other';

/** And back, for a holder who is read from the register; 99 其他. */
export const idKindCode = (word: string): string =>
  Object.entries(ID_KINDS).find(([, known]) => known === word)?.[0] ?? '99';

/** What a certificate of an effect is; null where nothing is issued (查封, 注销). */
export const CERTIFICATE_OF = {
  'ownership.transfer': 'title',
  'ownership.rename': 'title',
  'mortgage.create': 'certification',
  'mortgage.discharge': null,
  'seizure.create': null,
  'seizure.lift': null,
  'seizure.renew': null,
} as const satisfies Record<Effect['effect'], 'title' | 'certification' | null>;

interface Slots {
  people(slot: string): PartyDraft[];
  answer(slot: string): unknown;
  servedOn: string;
}

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const wordsOrNull = (value: unknown): string | null => words(value) || null;

/** Yuan with at most two decimals, as text, to whole fen: never through a binary fraction. */
export function fenOf(yuan: unknown): number {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(words(yuan));
  if (!match) return 0;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

const partyOrder = ({ name, kind, idKind, idNumber, share }: PartyDraft): PartyOrder => ({
  name,
  partyKind: kind,
  idKind: idKindWord(idKind),
  idNumber,
  share,
});

const giver = ({ idNumber, former }: PartyDraft) => ({ idNumber: former?.idNumber ?? idNumber, share: null });

/** 变更后的姓名、证件: what the answers leave out stays as it is. */
function renamed(person: PartyDraft, { answer }: Slots): PartyOrder {
  const number = words(answer('newIdNumber')).normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return {
    name: words(answer('newName')) || person.name,
    partyKind: person.kind,
    idKind: idKindWord(words(answer('newIdKind')) || person.idKind),
    idNumber: number || person.idNumber,
    share: null,
  };
}

const ORDERS: Record<Effect['effect'], (slots: Slots, certificateNo: string) => EffectOrder[]> = {
  'ownership.transfer': ({ people, answer }, certificateNo) => {
    const to = people('to');
    const coOwnership = Number(answer('coOwnership') ?? 0) as 0 | 1 | 2 | 3;
    return [
      {
        kind: 'ownership.transfer',
        from: people('from').map(giver),
        // 共同共有 has no shares (民法典299); alone, the share is the whole.
        to: to.map((party) => partyOrder(coOwnership === 2 ? party : { ...party, share: null })),
        coOwnership,
        certificateNo,
      },
    ];
  },
  'ownership.rename': (slots, certificateNo) =>
    slots.people('holder').map((person) => ({
      kind: 'ownership.rename',
      of: giver(person),
      holder: renamed(person, slots),
      certificateNo,
    })),
  'mortgage.create': ({ people, answer }, certificateNo) => [
    {
      kind: 'mortgage.create',
      mortgagors: people('mortgagor').map(giver),
      holders: people('mortgagee').map((party) => partyOrder({ ...party, share: null })),
      terms: {
        mode: answer('mode') === 'maximum' ? 'maximum' : 'general',
        amountFen: fenOf(answer('amountYuan')),
        transferRestricted: answer('transferRestricted') === true || answer('transferRestricted') === 'yes',
        debtFrom: wordsOrNull(answer('debtFrom')),
        debtUntil: wordsOrNull(answer('debtUntil')),
        scope: wordsOrNull(answer('scope')),
        underConstruction: false,
      },
      certificateNo,
    },
  ],
  'mortgage.discharge': ({ people, answer }) => {
    const typed = words(answer('certificateNo'));
    const certificateNo = foldAnyCertificateNo(typed) ?? typed;
    return [{ kind: 'mortgage.discharge', certificateNo, mortgagees: people('mortgagee').map(giver) }];
  },
  'seizure.create': ({ people, answer }) => [
    {
      kind: 'seizure.create',
      terms: {
        court: people('court')[0]?.name ?? '',
        docNo: words(answer('docNo')),
        executedName: wordsOrNull(answer('executedName')),
        heldAs: wordsOrNull(answer('heldAs')),
        preSeizure: answer('preSeizure') === true,
        termMonths: Number(answer('termMonths')),
      },
    },
  ],
  'seizure.lift': (slots) => [
    { kind: 'seizure.lift', court: seizingCourt(slots), docNo: words(slots.answer('docNo')) },
  ],
  'seizure.renew': ({ people, answer, servedOn }) => [
    {
      kind: 'seizure.renew',
      court: seizingCourt({ people, answer }),
      docNo: words(answer('docNo')),
      renewalDocNo: words(answer('renewalDocNo')),
      termMonths: Number(answer('termMonths')),
      servedOn,
    },
  ],
};

/**
 * By whom the seizure stands in the register: the authority that orders, or the one from which it took the case over
 * (委托执行规定6) or which it supervises; the papers of that are a material of the type.
 */
const seizingCourt = ({ people, answer }: Pick<Slots, 'people' | 'answer'>): string =>
  wordsOrNull(answer('originalCourt')) ?? people('court')[0]?.name ?? '';

/** The orders of one case on its unit, in the order of the catalogue. */
export function ordersOf({ type, answers, parties, servedOn, certificateNo }: PlanSource): EffectOrder[] {
  return type.effects.flatMap(({ effect, roles, answers: pointers }, place) => {
    const slots: Slots = {
      servedOn,
      people: (slot) => parties.filter(({ role }) => role === roles[slot]),
      answer: (slot) => (pointers[slot] === undefined ? undefined : valueAt(answers, pointers[slot])),
    };
    return ORDERS[effect](slots, CERTIFICATE_OF[effect] === null ? '' : certificateNo(place));
  });
}
