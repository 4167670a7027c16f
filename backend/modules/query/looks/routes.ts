import { anyone, route, type AnyRoute } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import {
  requireFreshFactor,
  staffWith,
  supervisor,
  verifiedApplicant,
  type ApplicantActor,
} from '../../accounts/index.ts';
import { holderIndexOf } from '../../register/index.ts';
import {
  AnswerComplaint,
  AskDelay,
  ComplainInput,
  ComplaintList,
  ComplaintQuery,
  ComplaintView,
  DecideDelay,
  DelayFigures,
  DelayList,
  DelayView,
  LiftDelay,
  LookList,
  LookParams,
  LookQuery,
  OwnComplaint,
} from '../contract/looks.ts';
import { answerComplaint, complain, listComplaints } from './complaints.ts';
import { askDelay, decideDelay, liftDelay, listDelays } from './delays.ts';
import { delayFigures } from './figures.ts';
import { listLooks } from './list-looks.ts';

/** Whose looks these are: the rule of the route has seen to it that somebody proved to be the person, or the organisation. */
const readerOf = (p: Platform, actor: ApplicantActor) => ({
  accountId: actor.accountId,
  personIndex: holderIndexOf(p, actor) ?? '',
});

const delayStaff = staffWith('supervisor', 'leader');

export const lookRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/me/access-log',
    summary: { zh: '谁查过我', en: 'Who looked at my data' },
    access: verifiedApplicant,
    query: LookQuery,
    answers: { 200: LookList },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await listLooks(p, readerOf(p, actor), query),
    }),
  }),
  route({
    method: 'post',
    path: '/api/me/access-log/:id/complaints',
    summary: { zh: '反映一次查看', en: 'Complain of a look' },
    access: verifiedApplicant,
    params: LookParams,
    body: ComplainInput,
    answers: { 201: OwnComplaint },
    rateLimit: { points: 20, windowSeconds: 3600, by: 'account' },
    handle: async ({ p, actor, params, body }) => ({
      status: 201,
      body: await complain(p, readerOf(p, actor), params.id, body.text.trim()),
    }),
  }),
  route({
    method: 'get',
    path: '/api/look-complaints',
    summary: { zh: '对查看的反映（监督人员）', en: 'Complaints about looks (supervisors)' },
    access: supervisor,
    query: ComplaintQuery,
    answers: { 200: ComplaintList },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: { items: await listComplaints(p, actor, query.state ?? 'waiting') },
    }),
  }),
  route({
    method: 'post',
    path: '/api/look-complaints/:id/answer',
    summary: { zh: '答复一件反映', en: 'Answer a complaint' },
    access: supervisor,
    params: LookParams,
    body: AnswerComplaint,
    answers: { 200: ComplaintView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await answerComplaint(p, actor, params.id, body),
    }),
  }),
  route({
    method: 'get',
    path: '/api/look-delays',
    summary: { zh: '依法暂缓告知', en: 'Delays of notice' },
    access: delayStaff,
    answers: { 200: DelayList },
    handle: async ({ p, actor }) => ({ status: 200, body: { items: await listDelays(p, actor) } }),
  }),
  route({
    method: 'get',
    path: '/api/look-delays/figures',
    summary: { zh: '依法暂缓告知的件数', en: 'How many delays of notice there are' },
    access: anyone,
    answers: { 200: DelayFigures },
    publicCacheSeconds: 3600,
    handle: async ({ p }) => ({ status: 200, body: await delayFigures(p) }),
  }),
  route({
    method: 'post',
    path: '/api/look-delays',
    summary: { zh: '提出暂缓告知', en: 'Ask for a delay of notice' },
    access: supervisor,
    body: AskDelay,
    answers: { 201: DelayView },
    // ID numbers can be tried here; nothing tells whether anybody has them.
    rateLimit: { points: 30, windowSeconds: 3600, by: 'account' },
    async handle({ p, actor, body }) {
      await requireFreshFactor(p, actor);
      return { status: 201, body: await askDelay(p, actor, body) };
    },
  }),
  route({
    method: 'post',
    path: '/api/look-delays/:id/decide',
    summary: { zh: '决定暂缓告知', en: 'Decide on a delay of notice' },
    access: staffWith('leader'),
    params: LookParams,
    body: DecideDelay,
    answers: { 200: DelayView },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      return { status: 200, body: await decideDelay(p, actor, params.id, body) };
    },
  }),
  route({
    method: 'post',
    path: '/api/look-delays/:id/lift',
    summary: { zh: '解除暂缓告知', en: 'End a delay of notice' },
    access: staffWith('leader'),
    params: LookParams,
    body: LiftDelay,
    answers: { 200: DelayView },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      return { status: 200, body: await liftDelay(p, actor, params.id, body) };
    },
  }),
];
