import { Type, type Static } from 'typebox';
import { RELATIONS, type Relation } from '../vocabulary.ts';
import {
  ENCUMBRANCE_KINDS,
  NaturalView,
  RIGHT_KINDS,
  SentenceView,
  ShareView,
  UNIT_STATUSES,
  UnitCode,
  UnitFlags,
  type EncumbranceKind,
  type RightKind,
  type UnitStatus,
} from '../../register/contract.ts';

/**
 * A unit as one requester is told of it. What a relation may not see is absent, not empty: which members may stand is said by the
 * table in `disclosure.ts` and by nothing else. Browser-safe.
 */

const words = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.String({ enum: [...values] }));
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Text = Type.String();

export const DisclosedHolder = Type.Object({
  /** The requester, or whoever authorised them. */
  own: Type.Boolean(),
  partyKind: Type.Union([Type.Literal('person'), Type.Literal('organisation')]),
  /** In full or masked, `赵*远`, by the table. */
  name: Type.Optional(Text),
  /** Never in full: `371502********0019`. */
  idNumberMasked: Type.Optional(Text),
  share: Type.Optional(nullable(ShareView)),
});
export type DisclosedHolder = Static<typeof DisclosedHolder>;

export const DisclosedRight = Type.Object({
  kind: words<RightKind>(Object.values(RIGHT_KINDS)),
  landTermUntil: nullable(Text),
  registeredOn: Text,
  /** Of a right that ended. */
  closedOn: nullable(Text),
  certificateNo: Type.Optional(nullable(Text)),
  holders: Type.Optional(Type.Array(DisclosedHolder)),
});
export type DisclosedRight = Static<typeof DisclosedRight>;

export const DisclosedDebt = Type.Object({
  maximum: Type.Boolean(),
  amountFen: Type.Integer(),
  from: nullable(Text),
  until: nullable(Text),
  transferRestricted: Type.Boolean(),
});

export const DisclosedEncumbrance = Type.Object({
  kind: words<EncumbranceKind>(Object.values(ENCUMBRANCE_KINDS)),
  /** 轮候: not in force yet. */
  waiting: Type.Boolean(),
  rank: Type.Integer({ minimum: 1 }),
  registeredOn: Text,
  from: nullable(Text),
  until: nullable(Text),
  holders: Type.Optional(Type.Array(DisclosedHolder)),
  certificationNo: Type.Optional(nullable(Text)),
  debt: Type.Optional(DisclosedDebt),
  court: Type.Optional(Text),
  orderNo: Type.Optional(Text),
});
export type DisclosedEncumbrance = Static<typeof DisclosedEncumbrance>;

/** 自然状况; 权利性质 is part of 权属状况 (条例8) and absent where that is not told. */
const DisclosedNatural = Type.Object({
  ...NaturalView.properties,
  landNature: Type.Optional(Text),
  houseNature: Type.Optional(Text),
});

export const DisclosedUnit = Type.Object({
  relation: words<Relation>(RELATIONS),
  /** The instant that this is the register of. */
  asOf: Type.String({ format: 'date-time' }),
  code: UnitCode,
  codeGrouped: Text,
  status: words<UnitStatus>(Object.values(UNIT_STATUSES)),
  district: Type.Object({ code: Text, name: SentenceView }),
  address: Text,
  natural: DisclosedNatural,
  flags: UnitFlags,
  /** 0 单独所有, 1 共同共有, 2 按份共有, 3 其他共有. */
  coOwnership: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 3 }))),
  /** Null: nobody has a right to it now. */
  right: Type.Optional(nullable(DisclosedRight)),
  encumbrances: Type.Optional(Type.Array(DisclosedEncumbrance)),
  /** To a lawyer: who seized it, each once. */
  courts: Type.Optional(Type.Array(Text)),
  /**
   * To a lawyer: whether the names that they gave are those of all owners, of some of them, or not. Records of before say no more than
   * whether a name was that of an owner.
   */
  nameMatches: Type.Optional(
    Type.Union([Type.Literal('all'), Type.Literal('some'), Type.Literal('none'), Type.Boolean()]),
  ),
  history: Type.Optional(Type.Array(DisclosedRight)),
});
export type DisclosedUnit = Static<typeof DisclosedUnit>;
