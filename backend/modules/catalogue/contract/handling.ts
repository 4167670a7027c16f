import { Type, type Static } from 'typebox';
import { closed, key, list, pointer, Text } from './shapes.ts';
import { Condition } from './form.ts';
import {
  BLOCK_STATES,
  EFFECTS,
  FEE_RULES,
  LIMIT_UNITS,
  PAUSE_REASONS,
  SHARING_SERVICES,
  STAFF_STEP_ROLES,
} from '../vocabulary.ts';

/** How a case of the type is handled: materials, steps, limits, fee, effects, results, checks and guidance. */

export const Material = Type.Object(
  {
    /** Code of `domain.md` §1.3, a suffix where one code covers several papers: `M02`, `M02-agent`. */
    code: Type.String({ pattern: '^M\\d{2}(-[a-z]+)?$' }),
    name: Text,
    necessity: Type.Enum(['required', 'conditional', 'optional']),
    condition: Type.Optional(Condition),
    /** 材料形式. */
    form: Type.Enum(['electronic', 'paper', 'either']),
    originals: Type.Integer({ minimum: 0 }),
    copies: Type.Integer({ minimum: 0 }),
    /** 来源渠道: the applicant, another department by data sharing, our own register, or this portal (signed online). */
    source: Type.Enum(['applicant', 'shared', 'ownRegister', 'portal']),
    /** 出具单位. */
    issuer: Text,
    /**
     * 免提交: nothing is asked for while the source answers; `fallback` says what to bring when it does not.
     * Null: the applicant always provides it.
     */
    exemption: Type.Union([
      Type.Null(),
      Type.Object(
        {
          service: Type.Enum([...SHARING_SERVICES]),
          note: Text,
          fallback: Type.Union([Text, Type.Null()]),
        },
        closed,
      ),
    ]),
    /** National code of the electronic certificate that stands in for the paper (居民身份证 100208101). */
    electronicCertificate: Type.Union([Type.String({ pattern: '^\\d{9}$' }), Type.Null()]),
    /** 样例: what a good one shows, and a filled-in sample to look at where the deployment has one. */
    sample: Type.Union([
      Type.Null(),
      Type.Object({ shows: Text, file: Type.Union([Type.String(), Type.Null()]) }, closed),
    ]),
    /** 空白表格: file name of the blank form, where there is one. */
    blank: Type.Union([Type.String(), Type.Null()]),
    mediaTypes: list(Type.String(), { minItems: 1 }),
    maxFiles: Type.Integer({ minimum: 1, maximum: 50 }),
    why: Text,
    basis: Text,
  },
  closed,
);
export type Material = Static<typeof Material>;

export const Step = Type.Object(
  {
    key: key(),
    label: Text,
    /** acceptance 受理 · review 审核 (passed with an opinion, in order) · approval 核定登簿 · issuance 缮证发证. */
    kind: Type.Enum(['acceptance', 'review', 'approval', 'issuance']),
    role: Type.Enum([...STAFF_STEP_ROLES]),
    /** Part of the promised limit; the shares of all steps sum to 1. 受理 has 0: the clock starts when it is done. */
    budgetShare: Type.Object(
      { numerator: Type.Integer({ minimum: 0 }), denominator: Type.Integer({ minimum: 1 }) },
      closed,
    ),
    /** What is done, told to the applicant in one sentence. */
    explains: Text,
  },
  closed,
);
export type Step = Static<typeof Step>;

export const Limit = Type.Object(
  { amount: Type.Integer({ minimum: 1 }), unit: Type.Enum([...LIMIT_UNITS]) },
  closed,
);
export type Limit = Static<typeof Limit>;

export const Limits = Type.Object(
  {
    promised: Limit,
    /** Shown as 即时办结（当场）; `promised` is then the outer bound in working hours. */
    instant: Type.Boolean(),
    statutory: Limit,
    citation: Text,
    /** Reasons that switch the case to the statutory limit instead of stopping the clock; all others stop it. */
    switchToStatutory: list(Type.Enum([...PAUSE_REASONS]), { uniqueItems: true }),
    /** Reasons for which the clock stops only once another person has approved (审批人 ≠ 申请人, domain.md §2.4); absent: none. */
    pauseApproval: Type.Optional(list(Type.Enum([...PAUSE_REASONS]), { uniqueItems: true })),
    /** The version of the promise that was published after the catalogue's own; never in a file. */
    rule: Type.Optional(
      Type.Object(
        {
          version: Type.Integer({ minimum: 1 }),
          validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Limits = Static<typeof Limits>;

export const Fee = Type.Object(
  {
    rule: Type.Enum([...FEE_RULES]),
    /** Role that pays; null when nobody does. */
    payer: Type.Union([key(), Type.Null()]),
    /** Answer that says 小微企业（含个体工商户） and so frees the payer; null where it cannot apply. */
    smallEnterprise: Type.Union([pointer(), Type.Null()]),
    note: Text,
    basis: Text,
  },
  closed,
);
export type Fee = Static<typeof Fee>;

export const Effect = Type.Object(
  {
    effect: Type.Enum([...EFFECTS]),
    /** Slot of the effect -> role of the type: `{from: 'seller', to: 'buyer'}`. */
    roles: Type.Record(Type.String(), key()),
    /** Slot of the effect -> pointer into the answers. */
    answers: Type.Record(Type.String(), pointer()),
  },
  closed,
);
export type Effect = Static<typeof Effect>;

export const Result = Type.Object(
  {
    /** title 不动产权证书 · certification 不动产登记证明 · notice a written confirmation without certificate. */
    kind: Type.Enum(['title', 'certification', 'notice']),
    name: Text,
    /** Role that receives it. */
    for: key(),
    electronic: Type.Boolean(),
    validity: Text,
  },
  closed,
);
export type Result = Static<typeof Result>;

export const ChecklistItem = Type.Object(
  {
    key: key(),
    /** What to verify, as a question that is answered by 一致 / 不一致 / 不适用. */
    label: Text,
    /** Answer beside which the register's value is shown; null for what is seen in the materials only. */
    answer: Type.Union([pointer(), Type.Null()]),
    /** Where the register keeps the value to compare with, a path of the unit document; null where it has none. */
    register: Type.Union([Type.String({ pattern: '^[_a-zA-Z.]+$' }), Type.Null()]),
    /** Materials in which to look. */
    materials: list(Type.String()),
    basis: Text,
  },
  closed,
);
export type ChecklistItem = Static<typeof ChecklistItem>;

export const Block = Type.Object(
  {
    key: Type.Enum([...BLOCK_STATES]),
    /** refuse ✖ · condition ◐ · queue: after the earlier case · interrupt 中止. */
    verdict: Type.Enum(['refuse', 'condition', 'queue', 'interrupt']),
    text: Text,
    remedy: Text,
    basis: Text,
  },
  closed,
);
export type Block = Static<typeof Block>;

export const EligibilityOption = Type.Object(
  {
    value: key(),
    label: Text,
    /** What choosing this means, shown beside the radio button. */
    consequence: Type.Union([Text, Type.Null()]),
    /** continue 能办 · stop 暂时不能办 · elsewhere 不在本市办 / another type. */
    outcome: Type.Enum(['continue', 'stop', 'elsewhere']),
    /** What to do first; required when the outcome is not `continue`. */
    advice: Type.Union([Text, Type.Null()]),
    /** The business type to go to instead, when there is one. */
    businessType: Type.Union([Type.String(), Type.Null()]),
    /** Answers of the form that follow from this choice and are not asked again. */
    carries: Type.Record(Type.String(), Type.Union([Type.String(), Type.Boolean()])),
  },
  closed,
);

export const EligibilityQuestion = Type.Object(
  {
    key: key(),
    question: Text,
    help: Type.Union([Text, Type.Null()]),
    options: list(EligibilityOption, { minItems: 2 }),
  },
  closed,
);
export type EligibilityQuestion = Static<typeof EligibilityQuestion>;

export const FeeLine = Type.Object(
  {
    key: key(),
    label: Text,
    quantity: Type.Integer({ minimum: 1 }),
    unitFen: Type.Integer({ minimum: 0 }),
    amountFen: Type.Integer({ minimum: 0 }),
  },
  closed,
);

export const FeeBreakdown = Type.Object(
  {
    rule: Type.Enum([...FEE_RULES]),
    totalFen: Type.Integer({ minimum: 0 }),
    /** Role that pays; null when nothing is due or nobody in particular pays. */
    payer: Type.Union([key(), Type.Null()]),
    lines: list(FeeLine),
    /** Why nothing or less is charged. */
    exemption: Type.Union([Text, Type.Null()]),
    basis: Text,
  },
  closed,
);
export type FeeBreakdown = Static<typeof FeeBreakdown>;
