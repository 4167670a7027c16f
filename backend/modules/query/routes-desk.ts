import { Type } from 'typebox';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import { OBJECT_ID_PATTERN } from '../../platform/ids.ts';
import { staffWith } from '../accounts/index.ts';
import { AcceptQuery, DeskQueries, DeskQueryView, RefuseQuery } from './contract.ts';
import { accept, refuse } from './decide.ts';
import { deskScope } from './desk-scope.ts';
import { presentRow } from './present.ts';
import { countWaiting, findDecided, findWaiting } from './reads.ts';
import { viewForDesk } from './view-query.ts';

const Id = Type.Object({ id: Type.String({ pattern: OBJECT_ID_PATTERN }) });

/** 登记资料查询 is the archive's business, and the window's. */
const clerk = staffWith('acceptance', 'archivist');
/** A person decides some forty an hour. */
const rateLimit = { points: 120, windowSeconds: 60, by: 'account' } as const;

export const deskRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/query-items',
    summary: { zh: '待办的查询', en: 'Queries to decide' },
    access: clerk,
    query: Type.Object({
      state: Type.Union([Type.Literal('waiting'), Type.Literal('decided')]),
      cursor: Type.Optional(Type.String({ maxLength: 80 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    answers: { 200: DeskQueries },
    async handle({ p, actor, query: { state, ...page } }) {
      const now = p.time.now();
      const scope = await deskScope(p, actor);
      const find = state === 'waiting' ? findWaiting : findDecided;
      const [{ items, next }, counts] = await Promise.all([
        find(p, { ...page, scope }),
        countWaiting(p, now, scope),
      ]);
      const rows = items.map((one) => presentRow(one, now));
      return { status: 200, body: { items: rows, nextCursor: next, ...counts } };
    },
  }),
  route({
    method: 'get',
    path: '/api/query-items/:id',
    summary: { zh: '一份待办的查询', en: 'One query to decide' },
    access: clerk,
    params: Id,
    answers: { 200: DeskQueryView },
    rateLimit,
    async handle({ p, actor, params }) {
      return { status: 200, body: await viewForDesk(p, actor, params.id) };
    },
  }),
  route({
    method: 'post',
    path: '/api/query-items/:id/accept',
    summary: { zh: '同意查询并出具结果', en: 'Accept a query and answer it' },
    access: clerk,
    params: Id,
    body: AcceptQuery,
    answers: { 200: DeskQueryView },
    rateLimit,
    async handle({ p, actor, params, body }) {
      await accept(p, actor, params.id, body);
      return { status: 200, body: await viewForDesk(p, actor, params.id) };
    },
  }),
  route({
    method: 'post',
    path: '/api/query-items/:id/refuse',
    summary: { zh: '不予查询', en: 'Refuse a query' },
    access: clerk,
    params: Id,
    body: RefuseQuery,
    answers: { 200: DeskQueryView },
    rateLimit,
    async handle({ p, actor, params, body }) {
      await refuse(p, actor, params.id, body);
      return { status: 200, body: await viewForDesk(p, actor, params.id) };
    },
  }),
];
