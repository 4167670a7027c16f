import { Type, type Static } from 'typebox';
import { DELAY_GROUNDS } from './looks.ts';
import { EVIDENCE, PURPOSES, QUERY_KINDS, REFUSAL_REASONS } from '../vocabulary.ts';

const words = <T extends string>(values: readonly T[]) => Type.Unsafe<T>(Type.String({ enum: [...values] }));

/** 24 hexadecimal digits. */
export const QueryId = Type.String({ pattern: '^[0-9a-f]{24}$' });

/**
 * `POST /api/queries`. The asker chooses `id`: papers are uploaded for it before (`purpose=queryEvidence`, `caseId=<id>`,
 * `materialCode=<code of the paper>`), and the same request sent again is the same query.
 */
export const AskQuery = Type.Object({
  id: QueryId,
  kind: words(Object.values(QUERY_KINDS)),
  /** May be left out of a query of one's own. */
  purpose: Type.Optional(words(PURPOSES)),
  /** The purpose in the asker's words; needed where the word says too little. */
  purposeText: Type.Optional(Type.String({ maxLength: 300, format: 'oneLine' })),
  /** Certificate number or unit code, as typed. */
  target: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  /** Instead: `hit` of an address that was found and chosen. */
  hit: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  /** Of a state organ that asks by person; of an heir who knows no unit, the deceased; of a manager, for whom they act. */
  person: Type.Optional(
    Type.Object({
      name: Type.String({ minLength: 1, maxLength: 200, format: 'oneLine' }),
      idNumber: Type.String({ minLength: 1, maxLength: 40 }),
    }),
  ),
  /** Of a lawyer: for whom they act (委托人). */
  client: Type.Optional(Type.String({ minLength: 1, maxLength: 200, format: 'oneLine' })),
  /** Of a lawyer: the owner's name to be verified; may be left out with a court's inquiry order. */
  claimedName: Type.Optional(Type.String({ minLength: 1, maxLength: 200, format: 'oneLine' })),
  /** Of a state organ, which must give it: the number of its letter or of the case (文号), 2 to 60 characters. */
  letterNo: Type.Optional(Type.String({ maxLength: 200, format: 'oneLine' })),
  evidence: Type.Optional(
    Type.Array(Type.Object({ code: words(EVIDENCE), fileId: QueryId }), { maxItems: 10 }),
  ),
  /**
   * Of a state organ: why those concerned are not told yet, and the last day of that (legal day). Without it the ground is the organ's
   * duty, and they are not told for the longest term that there is.
   */
  notice: Type.Optional(
    Type.Object({
      ground: words(DELAY_GROUNDS),
      untilOn: Type.Optional(Type.String({ format: 'date' })),
    }),
  ),
  /** 条例28, 查询办法25: used for nothing else, told to nobody without consent; not asked for one's own. */
  promised: Type.Optional(Type.Boolean()),
});
export type AskQuery = Static<typeof AskQuery>;

/** `POST /api/queries/:id/notice`: another last day, or null where those concerned may be told now. */
export const SetNotice = Type.Object({
  untilOn: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
});
export type SetNotice = Static<typeof SetNotice>;

export const WithdrawQuery = Type.Object({ revision: Type.Integer({ minimum: 1 }) });

export const AcceptQuery = Type.Object({
  revision: Type.Integer({ minimum: 1 }),
  /** 三步: register data, existing, and the requester may have it; each looked at by the clerk. */
  checked: Type.Object({ evidence: Type.Boolean(), identity: Type.Boolean(), purpose: Type.Boolean() }),
});
export type AcceptQuery = Static<typeof AcceptQuery>;

export const RefuseQuery = Type.Object({
  revision: Type.Integer({ minimum: 1 }),
  reason: words(REFUSAL_REASONS),
  /** What was wrong and what would be right, in words for the asker. */
  explanation: Type.String({ minLength: 4, maxLength: 500, format: 'oneLine' }),
});
export type RefuseQuery = Static<typeof RefuseQuery>;

/** By the token of the QR on a result. */
export const VerifyResult = Type.Object({ token: Type.String({ minLength: 1, maxLength: 80 }) });
