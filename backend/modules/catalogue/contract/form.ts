import { Type, type Static } from 'typebox';
import { closed, key, list, pointer, Text } from './shapes.ts';
import { ANSWER_RULES, PARTY_RELATIONS, type Widget } from '../vocabulary.ts';

/** Who applies and what is asked: roles, parties, the form and the rules between its fields. */

/**
 * Conditions from a closed vocabulary, so that data never carries code:
 * `{field, in}` the answer is one of; `{field, present}`; `{some, field, in}` one item of the list at `some` has it;
 * `all`, `any`, `not` combine.
 */
export type Condition =
  | { field: string; in: readonly (string | boolean | number)[] }
  | { field: string; present: boolean }
  | { some: string; field: string; in: readonly (string | boolean | number)[] }
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition };

export const Condition = Type.Unsafe<Condition>({ type: 'object', additionalProperties: true });

export const ApplicantRole = Type.Object(
  {
    key: key(),
    label: Text,
    /** Who may stand in this role and in which capacity, in one sentence. */
    who: Text,
    min: Type.Integer({ minimum: 1 }),
    max: Type.Integer({ minimum: 1 }),
    partyKinds: list(Type.Enum(['person', 'organisation']), { minItems: 1, uniqueItems: true }),
    relation: Type.Enum([...PARTY_RELATIONS]),
    /** Property of the form that holds the parties of this role: a list of `$defs/party` (see PartyAnswer). */
    answerKey: key(),
    /** Whether each party of the role must confirm what is filed and sign its hash. */
    signs: Type.Boolean(),
    /** Whether each party carries a share of the right; shares then sum exactly to 1. */
    shares: Type.Boolean(),
  },
  closed,
);
export type ApplicantRole = Static<typeof ApplicantRole>;

/**
 * Somebody who applies as well because of what the register says of the property (民法典406, 自然资发〔2021〕54号): nobody names
 * them, they are read from the register, and they are invited, read and sign like every other party.
 */
export const JoiningParty = Type.Object(
  {
    key: key(),
    label: Text,
    /** Whom the register is asked for: the holders of each mortgage that records 禁止或限制转让抵押不动产的约定. */
    relation: Type.Enum(['restrictingMortgagee']),
    /** Told to everybody who signs: why this third party is needed. */
    why: Text,
    basis: Text,
  },
  closed,
);
export type JoiningParty = Static<typeof JoiningParty>;

/** A party as it stands in the answers under its role's `answerKey`. Names, numbers and phones are personal. */
export const PartyAnswer = Type.Object({
  name: Type.String(),
  partyKind: Type.Enum(['person', 'organisation']),
  /** Code of the dictionary `idKind` (证件种类): 1 身份证, 7 统一社会信用代码… */
  idKind: Type.String(),
  idNumber: Type.String(),
  phone: Type.Optional(Type.String()),
  /** Organisations: who signs for it. */
  representative: Type.Optional(Type.String()),
  share: Type.Optional(
    Type.Object({ numerator: Type.Integer(), denominator: Type.Integer() }, { additionalProperties: false }),
  ),
});
export type PartyAnswer = Static<typeof PartyAnswer>;

/**
 * JSON Schema 2020-12 of the answers. Each property carries
 * `x-label` `x-section` (required), `x-help` `x-question` `x-example` {zh,en}, `x-widget` (WIDGETS),
 * `x-options` {value: {zh,en}} for each enum value, `x-unit` {zh,en}, `x-personal` true when stored encrypted,
 * `x-source` 'applicant' | 'register' (filled in from the register and confirmed) | 'account',
 * `x-messages` {keyword: {zh,en}} own sentences, `x-showWhen` Condition, `x-role` on a list of parties.
 */
export type FormSchema = { readonly [keyword: string]: unknown };

export const FormSchema = Type.Unsafe<FormSchema>({ type: 'object', additionalProperties: true });

/** One field of a form as the portal draws it; read from the annotations of FormSchema. */
export interface FormField {
  readonly type: 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object';
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly 'x-label': Text;
  readonly 'x-section': string;
  readonly 'x-widget': Widget;
  readonly 'x-question'?: Text;
  readonly 'x-help'?: Text;
  readonly 'x-example'?: Text;
  readonly 'x-options'?: Readonly<Record<string, Text>>;
  readonly 'x-unit'?: Text;
  readonly 'x-personal'?: boolean;
  readonly 'x-source'?: 'applicant' | 'register' | 'account';
  readonly 'x-messages'?: Readonly<Record<string, Text>>;
  readonly 'x-showWhen'?: Condition;
  readonly 'x-role'?: string;
}

export const AnswerRule = Type.Object(
  {
    rule: Type.Enum([...ANSWER_RULES]),
    /** The field that is marked when the rule is broken. */
    field: pointer(),
    other: Type.Optional(pointer()),
    years: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    message: Text,
    basis: Type.Optional(Text),
  },
  closed,
);
export type AnswerRule = Static<typeof AnswerRule>;

export const Section = Type.Object(
  {
    key: key(),
    label: Text,
    /** Group of the task list. */
    group: Type.Enum(['prepare', 'fill', 'confirm']),
  },
  closed,
);
export type Section = Static<typeof Section>;
