import { Type, type Static } from 'typebox';
import { closed, list, Text } from './contract/shapes.ts';
import { ApplicantRole, FormSchema, AnswerRule, JoiningParty, Section } from './contract/form.ts';
import {
  Material,
  Step,
  Limits,
  Fee,
  Effect,
  Result,
  ChecklistItem,
  Block,
  EligibilityQuestion,
} from './contract/handling.ts';
import {
  BUSINESS_TYPE_CODE,
  LIFE_EVENTS,
  REGISTRATION_KINDS,
  REQUEST_KINDS,
  RETURN_GROUNDS,
  SHARING_SERVICES,
  type RegistrationKind,
} from './vocabulary.ts';

/**
 * Shapes of a business type (登记业务类型): the wire answer, the stored document and the file under
 * seeds/reference/catalogue are one and the same. Browser-safe: the frontend imports the types only.
 */
export * from './contract/form.ts';
export * from './contract/handling.ts';
export * from './contract/reference.ts';
export { Text } from './contract/shapes.ts';
export * from './vocabulary.ts';

export const BusinessType = Type.Object(
  {
    code: Type.String({ pattern: BUSINESS_TYPE_CODE }),
    version: Type.Integer({ minimum: 1 }),
    /** First legal day on which this version accepts new drafts. */
    validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    name: Text,
    /** What people call it. */
    plainName: Text,
    /** What it is, in one sentence. */
    summary: Text,
    lifeEvent: Type.Enum([...LIFE_EVENTS]),
    keywords: list(Type.String({ minLength: 1 })),
    registrationKind: Type.Enum(Object.keys(REGISTRATION_KINDS) as RegistrationKind[]),
    /** 权利类型 code of the dictionary `rightKind`; null when the type fits several. */
    rightKind: Type.Union([Type.String({ pattern: '^\\d{1,2}$' }), Type.Null()]),
    request: Type.Enum([...REQUEST_KINDS]),
    applicants: Type.Object(
      {
        /** joint 共同申请 · single 单方申请 · entrusted 嘱托. */
        mode: Type.Enum(['joint', 'single', 'entrusted']),
        who: Text,
        basis: Text,
        roles: list(ApplicantRole, { minItems: 1 }),
        /** 嘱托 only: the closed list of grounds on which the order may be sent back. */
        returns: Type.Optional(list(Type.Enum([...RETURN_GROUNDS]), { minItems: 1, uniqueItems: true })),
        /** Absent: nobody joins, whatever the register says. */
        joining: Type.Optional(list(JoiningParty)),
      },
      closed,
    ),
    sections: list(Section, { minItems: 1 }),
    form: FormSchema,
    rules: list(AnswerRule),
    materials: list(Material),
    steps: list(Step, { minItems: 1 }),
    /** Fewest different people who must act between 受理 and 登簿. */
    distinctPeople: Type.Integer({ minimum: 2, maximum: 3 }),
    limits: Limits,
    /** 公告 in working days; 0 none. */
    noticeWorkdays: Type.Integer({ minimum: 0 }),
    fee: Fee,
    effects: list(Effect, { minItems: 1 }),
    results: list(Result),
    checklist: list(ChecklistItem),
    blocks: list(Block),
    eligibility: list(EligibilityQuestion, { maxItems: 3 }),
    legalBasis: list(Text, { minItems: 1 }),
    /** Who handles it, and where to complain. */
    office: Type.Object({ handler: Text, complaint: Text }, closed),
  },
  closed,
);
export type BusinessType = Static<typeof BusinessType>;

/** The type as the portal reads it: with the services that answer in this deployment, so that it can say 已共享，不用交. */
export const BusinessTypeDetail = Type.Object(
  { ...BusinessType.properties, connectedServices: list(Type.Enum([...SHARING_SERVICES])) },
  closed,
);
export type BusinessTypeDetail = Static<typeof BusinessTypeDetail>;

/** A line of the list; the whole type is one request away. */
export const BusinessTypeSummary = Type.Object(
  {
    code: BusinessType.properties.code,
    version: BusinessType.properties.version,
    name: Text,
    plainName: Text,
    summary: Text,
    lifeEvent: BusinessType.properties.lifeEvent,
    keywords: BusinessType.properties.keywords,
    registrationKind: BusinessType.properties.registrationKind,
    mode: BusinessType.properties.applicants.properties.mode,
    limits: Limits,
    fee: Fee,
  },
  closed,
);
export type BusinessTypeSummary = Static<typeof BusinessTypeSummary>;

export const BusinessTypeList = Type.Object({ items: list(BusinessTypeSummary) }, closed);
