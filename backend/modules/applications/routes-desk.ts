import type { TObject, TSchema } from 'typebox';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import type { Sentence } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { caseStaff, requireFreshFactor, staffWith, supervisor, type StaffActor } from '../accounts/index.ts';
import type { AccessRule } from '../../platform/http/route.ts';
import { accept } from './accept.ts';
import type { ApplicationDocument } from './application.model.ts';
import { archive } from './archive.ts';
import { claim, release } from './claim.ts';
import {
  Accept,
  Approve,
  AskExtension,
  CaseForClerk,
  CaseParams,
  CountWorkItems,
  DeadlinePreview,
  DecideExtension,
  DecidePause,
  Decline,
  Empty,
  Issue,
  ListWorkItems,
  NoticePreview,
  Pause,
  RecordCase,
  PreviewDeadline,
  PreviewNotice,
  Refuse,
  RequestCorrection,
  Resume,
  Review,
  SearchWorkItems,
  WorkItemCounts,
  WorkItemPage,
} from './contract.ts';
import { decline } from './decline.ts';
import { askExtension, decideExtension } from './extend.ts';
import { issue } from './issue.ts';
import { countWorkItems, listWorkItems } from './list-work-items.ts';
import { decidePause, pause } from './pause.ts';
import type { Viewer } from './policy.ts';
import { previewDeadline } from './preview-deadline.ts';
import { previewNotice } from './preview-notice.ts';
import { readForClerk, viewForClerk } from './read-case.ts';
import { record } from './record.ts';
import { refuse } from './refuse.ts';
import { requestCorrection } from './request-correction.ts';
import { resume } from './resume.ts';
import { approve, review } from './review.ts';
import { viewerOf } from './viewer.ts';

const lists: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/work-items',
    summary: { zh: '待办', en: 'Work list' },
    access: caseStaff,
    query: ListWorkItems,
    answers: { 200: WorkItemPage },
    async handle({ p, actor, query }) {
      return { status: 200, body: await listWorkItems(p, viewerOf(p, actor), query) };
    },
  }),
  route({
    method: 'post',
    path: '/api/work-items/search',
    summary: { zh: '在待办里查找（只读）', en: 'Search the work list; reads only' },
    access: caseStaff,
    body: SearchWorkItems,
    answers: { 200: WorkItemPage },
    // Numbers of people can be tried one by one here: as many as a clerk can type, not as many as a script can.
    rateLimit: { points: 300, windowSeconds: 300, by: 'account' },
    async handle({ p, actor, body }) {
      return { status: 200, body: await listWorkItems(p, viewerOf(p, actor), body) };
    },
  }),
  route({
    method: 'get',
    path: '/api/work-items/counts',
    summary: { zh: '待办数字', en: 'Figures of the work list' },
    access: caseStaff,
    query: CountWorkItems,
    answers: { 200: WorkItemCounts },
    async handle({ p, actor, query }) {
      return { status: 200, body: await countWorkItems(p, viewerOf(p, actor), query) };
    },
  }),
  route({
    method: 'get',
    path: '/api/work-items/:id',
    summary: { zh: '办件（工作台）', en: 'A case on the desk' },
    access: caseStaff,
    params: CaseParams,
    answers: { 200: CaseForClerk },
    async handle({ p, actor, params }) {
      return { status: 200, body: await readForClerk(p, viewerOf(p, actor), params.id) };
    },
  }),
  route({
    method: 'get',
    path: '/api/work-items/:id/deadline-preview',
    summary: { zh: '这样做会把期限改到哪天', en: 'What an act would do to the due day' },
    access: caseStaff,
    params: CaseParams,
    query: PreviewDeadline,
    answers: { 200: DeadlinePreview },
    async handle({ p, actor, params, query }) {
      return { status: 200, body: await previewDeadline(p, viewerOf(p, actor), params.id, query) };
    },
  }),
  route({
    method: 'post',
    path: '/api/work-items/:id/notice-preview',
    summary: { zh: '告知书会怎么写（只读）', en: 'What a notice would say; reads only' },
    access: caseStaff,
    params: CaseParams,
    body: PreviewNotice,
    answers: { 200: NoticePreview },
    async handle({ p, actor, params, body }) {
      return { status: 200, body: await previewNotice(p, viewerOf(p, actor), params.id, body) };
    },
  }),
];

type Perform<B> = (p: Platform, viewer: Viewer, key: string, body: B) => Promise<ApplicationDocument>;

/** Every act on the desk reads alike: load and authorize in the use case, then show the case as it now is. */
function deskAct<B extends TObject>(
  name: string,
  summary: Sentence,
  access: AccessRule<StaffActor>,
  body: B,
  perform: Perform<never>,
  { freshFactor = false } = {},
): AnyRoute {
  return route({
    method: 'post',
    path: `/api/applications/:id/${name}`,
    summary,
    access,
    params: CaseParams,
    body: body as TSchema,
    answers: { 200: CaseForClerk },
    async handle({ p, actor, params, body: given }) {
      if (freshFactor) await requireFreshFactor(p, actor);
      const viewer = viewerOf(p, actor);
      const doc = await perform(p, viewer, params.id, given as never);
      return { status: 200, body: await viewForClerk(p, viewer, doc) };
    },
  });
}

const HANDLERS = staffWith('acceptance', 'firstReview', 'secondReview', 'registrar');
const REVIEWERS = staffWith('firstReview', 'secondReview', 'registrar');
const ACCEPTANCE = staffWith('acceptance');
const REGISTRAR = staffWith('registrar');

const acts: AnyRoute[] = [
  deskAct('claim', { zh: '领取', en: 'Take the case' }, HANDLERS, Empty, claim),
  deskAct('release', { zh: '退回待领', en: 'Give the case back' }, HANDLERS, Empty, release),
  deskAct('accept', { zh: '受理', en: 'Accept' }, ACCEPTANCE, Accept, accept),
  deskAct('decline', { zh: '不予受理', en: 'Decline to accept' }, ACCEPTANCE, Decline, decline),
  deskAct(
    'request-correction',
    { zh: '发补正通知', en: 'Ask for corrections' },
    HANDLERS,
    RequestCorrection,
    requestCorrection,
  ),
  deskAct('pause', { zh: '暂停计时', en: 'Pause' }, REVIEWERS, Pause, pause),
  deskAct(
    'decide-pause',
    { zh: '批准或不批准暂停', en: 'Decide on a pause' },
    supervisor,
    DecidePause,
    decidePause,
  ),
  deskAct('resume', { zh: '恢复计时', en: 'Resume' }, REVIEWERS, Resume, resume),
  deskAct(
    'ask-extension',
    { zh: '申请延长', en: 'Ask for an extension' },
    REVIEWERS,
    AskExtension,
    askExtension,
  ),
  deskAct(
    'decide-extension',
    { zh: '批准或不批准延长', en: 'Decide on an extension' },
    supervisor,
    DecideExtension,
    decideExtension,
  ),
  deskAct('review', { zh: '通过审核步骤', en: 'Pass a step of the review' }, REVIEWERS, Review, review),
  deskAct('approve', { zh: '核定', en: 'Approve' }, REGISTRAR, Approve, approve),
  deskAct('refuse', { zh: '不予登记', en: 'Refuse registration' }, REVIEWERS, Refuse, refuse, {
    freshFactor: true,
  }),
  deskAct('record', { zh: '登簿', en: 'Record in the register' }, REGISTRAR, RecordCase, record, {
    freshFactor: true,
  }),
  deskAct('issue', { zh: '发证', en: 'Hand out the results' }, staffWith('issuance'), Issue, issue),
  deskAct('archive', { zh: '归档', en: 'Archive' }, staffWith('archivist'), Empty, archive),
];

export const deskRoutes: readonly AnyRoute[] = [...lists, ...acts];
