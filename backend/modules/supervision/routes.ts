import { download } from '../../platform/http/download.ts';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import { CSV_TYPE, XLSX_TYPE } from '../../platform/spreadsheet.ts';
import { legalDayOf } from '../../platform/time.ts';
import { caseStaff, overseer, supervisor } from '../accounts/index.ts';
import {
  AddresseeList,
  ApprovalList,
  CaseCause,
  CasePage,
  CaseParams,
  CaseQuery,
  CloseOrder,
  ExportQuery,
  FindingPage,
  FindingQuery,
  IssueOrder,
  OrderPage,
  OrderParams,
  OrderQuery,
  OrderView,
  Performance,
  PerformanceQuery,
  Promises,
  ReplyOrder,
  ReturnOrder,
  Summary,
  SummaryQuery,
  TrendQuery,
  Trends,
} from './contract.ts';
import { exportCases, exportPromises } from './export-cases.ts';
import { listAddressees } from './list-addressees.ts';
import { listApprovals } from './list-approvals.ts';
import { listCases } from './list-cases.ts';
import { listFindings } from './list-findings.ts';
import { endOrder, issueOrder, listOrders, readOrder, replyToOrder, returnOrder } from './orders.ts';
import { readPerformance, readTrends } from './performance.ts';
import { readPromises } from './promises.ts';
import { readCause } from './read-cause.ts';
import { hallOf, within } from './scope.ts';
import { readSummary } from './summary.ts';

const figures: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/supervision/summary',
    summary: { zh: '时限总览', en: 'What is open, by light, type, hall, clerk and step' },
    access: overseer,
    query: SummaryQuery,
    answers: { 200: Summary },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await readSummary(p, within(actor, query), actor),
    }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/trends',
    summary: { zh: '按月趋势', en: 'The figures month by month' },
    access: overseer,
    query: TrendQuery,
    answers: { 200: Trends },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await readTrends(p, within(actor, query)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/performance',
    summary: { zh: '用时和按时率', en: 'Time used and kept, by type, hall or clerk' },
    access: overseer,
    query: PerformanceQuery,
    answers: { 200: Performance },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await readPerformance(p, within(actor, query), hallOf(actor)),
    }),
  }),
];

const cases: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/supervision/cases',
    summary: { zh: '数字背后的办件', en: 'The cases behind a figure' },
    access: overseer,
    query: CaseQuery,
    answers: { 200: CasePage },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await listCases(p, actor, within(actor, query)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/cases/:id',
    summary: { zh: '时间用在哪里', en: 'Where the time of a case went' },
    access: overseer,
    params: CaseParams,
    answers: { 200: CaseCause },
    handle: async ({ p, actor, params }) => ({ status: 200, body: await readCause(p, actor, params.id) }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/export',
    summary: { zh: '导出办件', en: 'The cases behind a figure as a file' },
    access: overseer,
    query: ExportQuery,
    answers: { 200: XLSX_TYPE },
    async handle({ p, actor, query, language }) {
      return download(
        exportCases(p, actor, within(actor, query), language),
        query.format,
        legalDayOf(p.time.now()),
      );
    },
  }),
  route({
    method: 'get',
    path: '/api/supervision/findings',
    summary: { zh: '要看一看的做法', en: 'What could stretch a promise without breaking it' },
    access: overseer,
    query: FindingQuery,
    answers: { 200: FindingPage },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await listFindings(p, actor, within(actor, query), hallOf(actor)),
    }),
  }),
];

const approvalRoutes: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/supervision/approvals',
    summary: { zh: '等批准的暂停和延长', en: 'Pauses and extensions that wait for a decision' },
    access: overseer,
    answers: { 200: ApprovalList },
    handle: async ({ p, actor }) => ({
      status: 200,
      body: await listApprovals(p, { personIndex: actor.personIndex, office: hallOf(actor) }),
    }),
  }),
];

const orderRoutes: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/supervision/addressees',
    summary: { zh: '可以督办的人员', en: 'Staff to whom an order may go' },
    access: supervisor,
    answers: { 200: AddresseeList },
    handle: async ({ p }) => ({ status: 200, body: await listAddressees(p) }),
  }),
  route({
    method: 'post',
    path: '/api/supervision/orders',
    summary: { zh: '发督办单', en: 'Issue a supervision order' },
    access: supervisor,
    body: IssueOrder,
    answers: { 201: OrderView },
    handle: async ({ p, actor, body, idempotencyKey }) => ({
      status: 201,
      body: await issueOrder(p, actor, body, idempotencyKey),
    }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/orders',
    summary: { zh: '督办单', en: 'Supervision orders' },
    access: caseStaff,
    query: OrderQuery,
    answers: { 200: OrderPage },
    handle: async ({ p, actor, query }) => ({ status: 200, body: await listOrders(p, actor, query) }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/orders/:id',
    summary: { zh: '一张督办单', en: 'One supervision order' },
    access: caseStaff,
    params: OrderParams,
    answers: { 200: OrderView },
    handle: async ({ p, actor, params }) => ({ status: 200, body: await readOrder(p, actor, params.id) }),
  }),
  route({
    method: 'post',
    path: '/api/supervision/orders/:id/reply',
    summary: { zh: '回复督办单', en: 'Reply to an order' },
    access: caseStaff,
    params: OrderParams,
    body: ReplyOrder,
    answers: { 200: OrderView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await replyToOrder(p, actor, params.id, body),
    }),
  }),
  route({
    method: 'post',
    path: '/api/supervision/orders/:id/return',
    summary: { zh: '退回重报', en: 'Ask for another reply' },
    access: supervisor,
    params: OrderParams,
    body: ReturnOrder,
    answers: { 200: OrderView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await returnOrder(p, actor, params.id, body),
    }),
  }),
  ...(['close', 'withdraw'] as const).map((act) =>
    route({
      method: 'post',
      path: `/api/supervision/orders/:id/${act}`,
      summary:
        act === 'close'
          ? { zh: '办结督办单', en: 'Close an order' }
          : { zh: '撤销督办单', en: 'Withdraw an order' },
      access: supervisor,
      params: OrderParams,
      body: CloseOrder,
      answers: { 200: OrderView },
      handle: async ({ p, actor, params, body }) => ({
        status: 200,
        body: await endOrder(p, actor, params.id, act, body),
      }),
    }),
  ),
];

/** What is the same for everybody may be kept this long by browsers and proxies. */
const PUBLIC_SECONDS = 60;

const promiseRoutes: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/promises',
    summary: { zh: '承诺公示', en: 'Promises, the law’s limits and live performance' },
    access: anyone,
    answers: { 200: Promises },
    publicCacheSeconds: PUBLIC_SECONDS,
    handle: async ({ p }) => ({ status: 200, body: await readPromises(p) }),
  }),
  route({
    method: 'get',
    path: '/api/promises.csv',
    summary: { zh: '承诺公示（CSV）', en: 'Promises and live performance as CSV' },
    access: anyone,
    answers: { 200: CSV_TYPE },
    publicCacheSeconds: PUBLIC_SECONDS,
    async handle({ p, language }) {
      return download(exportPromises(p, language), 'csv', legalDayOf(p.time.now()));
    },
  }),
];

export const supervisionRoutes: readonly AnyRoute[] = [
  ...figures,
  ...cases,
  ...approvalRoutes,
  ...orderRoutes,
  ...promiseRoutes,
];
