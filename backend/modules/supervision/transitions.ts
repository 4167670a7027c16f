import type { OrderState } from './vocabulary.ts';

/** The life of a supervision order (督办单): state × act → next state, and who may act. Pure. */

export type OrderAct = 'reply' | 'return' | 'close' | 'withdraw';

interface OrderTransition {
  to: OrderState;
  by: 'supervisor' | 'addressee';
}

export const ORDER_TRANSITIONS = {
  issued: {
    reply: { to: 'replied', by: 'addressee' },
    withdraw: { to: 'withdrawn', by: 'supervisor' },
  },
  replied: {
    return: { to: 'issued', by: 'supervisor' },
    close: { to: 'closed', by: 'supervisor' },
    withdraw: { to: 'withdrawn', by: 'supervisor' },
  },
  closed: {},
  withdrawn: {},
} as const satisfies Record<OrderState, Partial<Record<OrderAct, OrderTransition>>>;

export interface OrderReader {
  accountId: string;
  supervisor: boolean;
  /** Sees orders to anybody: 监督 and 分管领导. */
  readsAll: boolean;
}

/** The next state, or null where this reader may not do this now. */
export function nextState(
  state: OrderState,
  act: OrderAct,
  reader: OrderReader,
  addressees: readonly { accountId: string }[],
): OrderState | null {
  const row: Partial<Record<OrderAct, OrderTransition>> = ORDER_TRANSITIONS[state];
  const transition = row[act];
  if (!transition) return null;
  const addressed = isAddressee(reader, addressees);
  // Nobody judges their own answer: an order to a supervisor is for another one to return, close or withdraw.
  const may = transition.by === 'supervisor' ? reader.supervisor && !addressed : addressed;
  return may ? transition.to : null;
}

export const isAddressee = (
  { accountId }: Pick<OrderReader, 'accountId'>,
  addressees: readonly { accountId: string }[],
): boolean => addressees.some((one) => one.accountId === accountId);

export const ORDER_ACTS: readonly OrderAct[] = ['reply', 'return', 'close', 'withdraw'];
