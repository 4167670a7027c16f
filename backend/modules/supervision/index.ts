import type { ModuleFace } from '../../platform/module.ts';
import { alarms } from './alarm.model.ts';
import { caseFacts } from './case-fact.model.ts';
import { counterDays, periodCounters } from './counter.model.ts';
import { countOpenJob } from './count-open.ts';
import { findings } from './finding.model.ts';
import { forecastRuns, forecasts } from './forecast/forecast.model.ts';
import { forecastJob } from './forecast/run-forecast.ts';
import { foldCounters } from './fold-days.ts';
import { historyFills } from './history-fill.ts';
import { openFigures } from './open-figures.model.ts';
import { orders } from './order.model.ts';
import { raiseAlarms } from './raise-alarms.ts';
import { remindOrders } from './remind-orders.ts';
import { supervisionRoutes } from './routes.ts';
import { alarmRoutes } from './routes-alarms.ts';
import { forecastRoutes } from './routes-forecast.ts';
import { verifyCountersJob } from './verify-counters.ts';

/**
 * 限时监督: whether each promise is kept, who is told when it is not, and what follows. It reads cases and never writes one, but
 * for setting its alarm clock through `settleAlarms`. Owns the alarms (`escalation.ts` who is told, `raise-alarms.ts` exactly once),
 * the facts that are counted (`case-facts`) with their counters (`fold-days.ts`), the count of what is open (`count-open.ts`), the findings
 * (`gaming.ts`), the forecasts (`forecast/`: pure but for `load-courses`, `run-forecast` and `read-forecast`) and the supervision orders (`transitions.ts`, `orders.ts`).
 *
 * Events: `supervision.alarm_raised` {kind, caseId, no, lateWorkdays, at, accountIds}; `supervision.order_issued`, `order_replied`,
 * `order_reply_overdue`, `order_ended`, `order_withdrawn` {orderId, orderNo, target, replyDueOn, accountIds}. They, and the subscriber below, are wired in
 * subscriptions.ts.
 */
export const supervisionModule: ModuleFace = {
  name: 'supervision',
  models: [
    alarms,
    caseFacts,
    counterDays,
    periodCounters,
    openFigures,
    findings,
    orders,
    historyFills,
    forecasts,
    forecastRuns,
  ] as unknown as NonNullable<ModuleFace['models']>,
  routes: [...alarmRoutes, ...supervisionRoutes, ...forecastRoutes],
  jobs: [raiseAlarms, foldCounters, countOpenJob, verifyCountersJob, forecastJob, remindOrders],
};

export { alarmWords } from './alarm-words.ts';
export { collectFacts, factTypes } from './collect-facts.ts';
export { recordEarlierAlarms } from './earlier-alarms.ts';
export { advanceFill, beginFill, findFill, type HistoryFill } from './history-fill.ts';
export { observeCases } from './observe-cases.ts';
export { raiseDueAlarms } from './raise-alarms.ts';
export type { AlarmKind } from './vocabulary.ts';
