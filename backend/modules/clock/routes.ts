import { Type } from 'typebox';
import { anyone, route } from '../../platform/http/route.ts';
import { BUSINESS_TYPE_CODE } from '../catalogue/index.ts';
import { calculate } from './calculate.ts';
import { CalculateAnswer, CalculateRequest, Forecast, WorkdayList } from './contract.ts';
import { forecast } from './forecast.ts';
import { listWorkdays } from './list-workdays.ts';
import { DeadlineVectors, deadlineVectors } from './published-vectors.ts';

export const clockRoutes = [
  route({
    method: 'post',
    path: '/api/deadlines/calculate',
    summary: { zh: '算一个期限到哪天，逐日说明', en: 'Work out a deadline, explained day by day' },
    access: anyone,
    body: CalculateRequest,
    answers: { 200: CalculateAnswer },
    rateLimit: { points: 120, windowSeconds: 60, by: 'account-and-address' },
    handle: async ({ p, body }) => ({ status: 200, body: await calculate(p, body) }),
  }),
  route({
    method: 'get',
    path: '/api/deadlines/vectors',
    summary: {
      zh: '期限规则的公开测试用例（JSON）',
      en: 'Test vectors of the deadline rules, for others to check their clocks with',
    },
    access: anyone,
    answers: { 200: DeadlineVectors },
    publicCacheSeconds: 3600,
    handle: () => Promise.resolve({ status: 200, body: deadlineVectors }),
  }),
  route({
    method: 'get',
    path: '/api/workdays',
    summary: { zh: '哪些天上班', en: 'Which days are worked' },
    access: anyone,
    query: Type.Object({ from: Type.String({ maxLength: 10 }), to: Type.String({ maxLength: 10 }) }),
    answers: { 200: WorkdayList },
    publicCacheSeconds: 300,
    handle: async ({ p, query }) => ({ status: 200, body: await listWorkdays(p, query) }),
  }),
  route({
    method: 'get',
    path: '/api/business-types/:code/forecast',
    summary: { zh: '如果现在受理，哪天办结', en: 'When it would be done if accepted now' },
    access: anyone,
    params: Type.Object({ code: Type.String({ pattern: BUSINESS_TYPE_CODE }) }),
    answers: { 200: Forecast },
    publicCacheSeconds: 60,
    handle: async ({ p, params }) => ({ status: 200, body: await forecast(p, params.code) }),
  }),
];
