import { route, type AnyRoute } from '../../platform/http/route.ts';
import { staffWith } from '../accounts/index.ts';
import { publishLimit } from '../clock/index.ts';
import {
  DecidedPromise,
  DecidePromise,
  LimitEffect,
  LimitList,
  LimitParams,
  NewLimit,
  PublishLimit,
} from './contract.ts';
import { decidePromise } from './decide-promise.ts';
import { listLimits } from './list-limits.ts';
import { previewLimit } from './preview-limit.ts';
import { viewerOf } from './viewer.ts';

const PUBLISHERS = staffWith('administrator', 'supervisor');

export const limitRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/admin/limits',
    summary: { zh: '承诺时限', en: 'Promises of time' },
    access: staffWith('administrator', 'supervisor', 'leader'),
    answers: { 200: LimitList },
    async handle({ p }) {
      return { status: 200, body: await listLimits(p) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/limits/preview',
    summary: { zh: '看一项承诺会改变什么（不保存）', en: 'What a promise would change; writes nothing' },
    access: PUBLISHERS,
    body: NewLimit,
    answers: { 200: LimitEffect },
    async handle({ p, body }) {
      return { status: 200, body: await previewLimit(p, body) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/limits',
    summary: { zh: '发布一版承诺时限', en: 'Publish a version of a promise' },
    access: PUBLISHERS,
    body: PublishLimit,
    answers: { 201: LimitList },
    async handle({ p, actor, body }) {
      const { basedOn, ...limit } = body;
      await publishLimit(p, limit, { basedOn, by: { accountId: actor.accountId, name: actor.name } });
      return { status: 201, body: await listLimits(p) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/limits/:code/decisions',
    summary: { zh: '决定已受理的件改用更长的承诺', en: 'Decide that open cases get the longer promise' },
    access: staffWith('leader'),
    params: LimitParams,
    body: DecidePromise,
    answers: { 201: DecidedPromise },
    async handle({ p, actor, params, body }) {
      return { status: 201, body: await decidePromise(p, viewerOf(p, actor), params.code, body) };
    },
  }),
];
