import { Type } from 'typebox';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import { OBJECT_ID_PATTERN } from '../../platform/ids.ts';
import { verifiedApplicant, applicant } from '../accounts/index.ts';
import { ask } from './ask.ts';
import {
  AskQuery,
  MyQueries,
  QueryKindsView,
  QueryView,
  ResultVerification,
  SetNotice,
  VerifyResult,
  WithdrawQuery,
} from './contract.ts';
import { errors } from './errors.ts';
import { isErased } from './kept-until.ts';
import { presentKinds, presentSummary } from './present.ts';
import { printResult } from './print-result.ts';
import { findOwn, getOwn } from './reads.ts';
import { retentionRule } from './retention.ts';
import { tellingOf } from './telling.ts';
import { queryTerms } from './terms.ts';
import { verifyResult } from './verify-result.ts';
import { viewQuery } from './view-query.ts';
import { setNotice } from './set-notice.ts';
import { withdraw } from './withdraw.ts';

const Id = Type.Object({ id: Type.String({ pattern: OBJECT_ID_PATTERN }) });

export const routes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/queries/kinds',
    summary: {
      zh: '能查什么、要什么材料、多久答复',
      en: 'What can be asked, with which papers, and how long it takes',
    },
    access: anyone,
    answers: { 200: QueryKindsView },
    publicCacheSeconds: 300,
    handle: async () => ({ status: 200, body: presentKinds(await queryTerms(), await retentionRule()) }),
  }),
  route({
    method: 'post',
    path: '/api/queries',
    summary: { zh: '提出查询', en: 'Ask a query' },
    access: verifiedApplicant,
    body: AskQuery,
    answers: { 200: QueryView },
    // A person copies a number from a certificate now and then; whoever walks along numbers is stopped at the twentieth.
    rateLimit: { points: 20, windowSeconds: 60, by: 'account-and-address' },
    async handle({ p, actor, body, address }) {
      return { status: 200, body: await viewQuery(p, await ask(p, actor, body, address)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/queries/verify',
    summary: { zh: '核验查询结果文书', en: 'Verify the result of a query' },
    access: anyone,
    body: VerifyResult,
    answers: { 200: ResultVerification },
    // Hits count as well: each tells whether a home has changed hands since.
    rateLimit: { points: 20, windowSeconds: 60, by: 'account-and-address' },
    handle: async ({ p, actor, body, address }) => ({
      status: 200,
      body: await verifyResult(p, body.token, { actorId: actor?.accountId ?? null, address }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/queries',
    summary: { zh: '我的查询', en: 'My queries' },
    access: applicant,
    query: Type.Object({
      cursor: Type.Optional(Type.String({ maxLength: 80 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    }),
    answers: { 200: MyQueries },
    async handle({ p, actor, query }) {
      const [{ items, next }, rule] = await Promise.all([
        findOwn(p, actor.accountId, query),
        retentionRule(),
      ]);
      const telling = await tellingOf(p, items);
      const rows = items.map((one) => presentSummary(one, rule, telling(one)));
      return { status: 200, body: { items: rows, nextCursor: next } };
    },
  }),
  route({
    method: 'get',
    path: '/api/queries/:id',
    summary: { zh: '我的一份查询和它的结果', en: 'A query of mine and its result' },
    access: applicant,
    params: Id,
    answers: { 200: QueryView },
    rateLimit: { points: 120, windowSeconds: 60, by: 'account' },
    async handle({ p, actor, params }) {
      return { status: 200, body: await viewQuery(p, await getOwn(p, actor, params.id)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/queries/:id/withdraw',
    summary: { zh: '撤回还没有答复的查询', en: 'Take back a query that is not decided' },
    access: applicant,
    params: Id,
    body: WithdrawQuery,
    answers: { 200: QueryView },
    async handle({ p, actor, params, body }) {
      return { status: 200, body: await viewQuery(p, await withdraw(p, actor, params.id, body.revision)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/queries/:id/notice',
    summary: {
      zh: '延长或解除机关查询的暂缓告知',
      en: 'When those concerned are told of an organ’s query',
    },
    access: applicant,
    params: Id,
    body: SetNotice,
    answers: { 200: QueryView },
    async handle({ p, actor, params, body }) {
      return { status: 200, body: await viewQuery(p, await setNotice(p, actor, params.id, body)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/queries/:id/pdf',
    summary: { zh: '下载查询结果文书 PDF', en: 'Download the result as PDF' },
    access: applicant,
    params: Id,
    answers: { 200: 'application/pdf' },
    // A PDF costs about 0.3 s of processor time.
    rateLimit: { points: 30, windowSeconds: 60, by: 'account' },
    async handle({ p, actor, params }) {
      const query = await getOwn(p, actor, params.id);
      const { result } = query;
      if (isErased(query)) return errors.fail('query.resultErased');
      if (!result) return errors.fail('query.noResult');
      const name = encodeURIComponent(`${result.no}.pdf`);
      return {
        status: 200,
        type: 'application/pdf',
        stream: await printResult(p, query, result),
        headers: { 'Content-Disposition': `inline; filename="result.pdf"; filename*=UTF-8''${name}` },
      };
    },
  }),
];
