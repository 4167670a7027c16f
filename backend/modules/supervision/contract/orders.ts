import { Type, type Static } from 'typebox';
import { ORDER_STATES } from '../vocabulary.ts';
import { Cursor, Day, Id, Instant, Key, PersonRef, nullable } from './shapes.ts';

/** 督办单: number, target, reason, reply due, reply, closing opinion. */

export const OrderStateName = Type.Enum([...ORDER_STATES]);

const words = (maxLength = 1000) => Type.String({ minLength: 4, maxLength });

/** A case, an office or a clerk, as it was called when the order was issued. */
export const OrderTarget = Type.Object({
  kind: Type.Enum(['case', 'office', 'clerk']),
  /** Id of the case, the office or the account. */
  id: Type.String(),
  name: Type.String(),
});
export type OrderTarget = Static<typeof OrderTarget>;

export const OrderView = Type.Object({
  id: Id,
  /** `督〔2026〕0001号`. */
  no: Type.String(),
  revision: Type.Integer(),
  state: OrderStateName,
  target: OrderTarget,
  reason: Type.String(),
  /** Who is to answer. */
  addressees: Type.Array(PersonRef),
  issuedBy: PersonRef,
  issuedAt: Instant,
  replyDueOn: Day,
  replyDueAt: Instant,
  /** Not answered, and the time for it is over. */
  overdue: Type.Boolean(),
  /** Every reply, oldest first; a reply that was not enough is followed by another. */
  replies: Type.Array(
    Type.Object({
      by: PersonRef,
      at: Instant,
      text: Type.String(),
      /** Set when the supervisor asked again. */
      returnedAt: nullable(Instant),
      returnedWith: nullable(Type.String()),
    }),
  ),
  closing: nullable(Type.Object({ by: PersonRef, at: Instant, opinion: Type.String() })),
  /** What the reader may do now. */
  allowedActs: Type.Array(Type.Enum(['reply', 'return', 'close', 'withdraw'])),
});
export type OrderView = Static<typeof OrderView>;

/** `POST /api/supervision/orders`, with `Idempotency-Key`. The reply is due at the close of the n-th working day. */
export const IssueOrder = Type.Object({
  target: Type.Object({
    kind: Type.Enum(['case', 'office', 'clerk']),
    /** Id or number of a case, id of an office or of an account. */
    id: Type.String({ minLength: 1, maxLength: 60 }),
  }),
  reason: words(),
  replyWithinWorkdays: Type.Integer({ minimum: 1, maximum: 30 }),
});
export type IssueOrder = Static<typeof IssueOrder>;

/** `GET /api/supervision/addressees`: the staff to whom an order may go, by name; `office` null: of no hall in particular. */
export const AddresseeList = Type.Object({
  items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), office: nullable(Type.String()) })),
});
export type AddresseeList = Static<typeof AddresseeList>;

export const OrderParams = Type.Object({ id: Id });
/** `POST /api/supervision/orders/:id/reply`, by one of the addressees. */
export const ReplyOrder = Type.Object({ revision: Type.Integer({ minimum: 1 }), text: words() });
export type ReplyOrder = Static<typeof ReplyOrder>;
/** `POST …/return`: the reply is not enough; a new time runs. */
export const ReturnOrder = Type.Object({
  revision: Type.Integer({ minimum: 1 }),
  reason: words(),
  replyWithinWorkdays: Type.Integer({ minimum: 1, maximum: 30 }),
});
export type ReturnOrder = Static<typeof ReturnOrder>;
/** `POST …/close` (办结) and `…/withdraw` (撤销), each with its opinion. */
export const CloseOrder = Type.Object({ revision: Type.Integer({ minimum: 1 }), opinion: words() });
export type CloseOrder = Static<typeof CloseOrder>;

export const OrderQuery = Type.Object({
  state: Type.Optional(OrderStateName),
  target: Type.Optional(Key),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});
export type OrderQuery = Static<typeof OrderQuery>;

/** `GET /api/supervision/orders`, newest first: all of them for a supervisor, those addressed to the reader for others. */
export const OrderPage = Type.Object({ items: Type.Array(OrderView), nextCursor: nullable(Type.String()) });
export type OrderPage = Static<typeof OrderPage>;
