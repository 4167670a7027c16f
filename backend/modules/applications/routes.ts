import { Type } from 'typebox';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import { applicant, signedIn, verifiedApplicant } from '../accounts/index.ts';
import { answerCorrection } from './answer-correction.ts';
import { consent, requestConsent } from './consent.ts';
import {
  AnswerCorrection,
  CaseCardPage,
  CaseParams,
  CaseProgress,
  CaseProgressQuery,
  CaseQuery,
  CaseView,
  CreateDraft,
  DeadlineAnswer,
  DocumentView,
  DraftView,
  FilingView,
  GiveConsent,
  ListMyCases,
  ReceiptView,
  RequestConsent,
  SaveDraft,
  SetMaterial,
  SubmitApplication,
  Withdraw,
} from './contract.ts';
import { readProgress } from './case-progress.ts';
import { createDraft } from './create-draft.ts';
import { deleteDraft } from './delete-draft.ts';
import { documentPdf } from './document-pdf.ts';
import { listMyCases } from './list-my-cases.ts';
import {
  readDeadline,
  readDocument,
  readEither,
  readFiling,
  readReceipt,
  viewCase,
  viewDraft,
  viewReceipt,
} from './read-case.ts';
import { saveDraft } from './save-draft.ts';
import { setMaterial } from './set-material.ts';
import { submit } from './submit.ts';
import { viewerOf } from './viewer.ts';
import { withdraw } from './withdraw.ts';

const DocumentParams = Type.Object({
  id: CaseParams.properties.id,
  document: Type.String({ pattern: '^[0-9a-f]{24}$' }),
});

/** Autosave may come every few seconds from several tabs. */
const SAVING = { points: 240, windowSeconds: 60, by: 'account' } as const;
const FILING = { points: 120, windowSeconds: 60, by: 'account' } as const;
/** A page that is left open asks every few seconds; ten people of a household or a bank's tabs stay far below. */
const READING = { points: 600, windowSeconds: 60, by: 'account', inMemory: true } as const;
/** Each invitation reaches the others by every way they have: often enough to mend a draft, too seldom to pester anybody. */
const INVITING = { points: 100, windowSeconds: 600, by: 'account' } as const;
/** Each try costs a password check. */
const SIGNING = { points: 20, windowSeconds: 300, by: 'account' } as const;

const drafts: AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/applications',
    summary: { zh: '新建申请草稿', en: 'Begin an application' },
    access: applicant,
    body: CreateDraft,
    answers: { 201: DraftView },
    rateLimit: FILING,
    async handle({ p, actor, body, idempotencyKey }) {
      const viewer = viewerOf(p, actor);
      const doc = await createDraft(p, actor, viewer, body, idempotencyKey);
      return { status: 201, body: await viewDraft(p, viewer, doc) };
    },
  }),
  route({
    method: 'get',
    path: '/api/applications',
    summary: { zh: '我的办件', en: 'My cases' },
    access: applicant,
    query: ListMyCases,
    answers: { 200: CaseCardPage },
    async handle({ p, actor, query }) {
      return { status: 200, body: await listMyCases(p, viewerOf(p, actor), query) };
    },
  }),
  route({
    method: 'get',
    path: '/api/applications/:id',
    summary: { zh: '查看一件（草稿或办件）', en: 'One case, as draft or as followed' },
    access: applicant,
    params: CaseParams,
    query: CaseQuery,
    answers: { 200: Type.Union([DraftView, CaseView]) },
    rateLimit: READING,
    async handle({ p, actor, params, query }) {
      const body = await readEither(p, viewerOf(p, actor), params.id, query.view);
      return { status: 200, body, reusable: true };
    },
  }),
  route({
    method: 'patch',
    path: '/api/applications/:id',
    summary: { zh: '保存草稿', en: 'Save the draft' },
    access: applicant,
    params: CaseParams,
    body: SaveDraft,
    answers: { 200: DraftView },
    rateLimit: SAVING,
    async handle({ p, actor, params, body }) {
      const viewer = viewerOf(p, actor);
      return { status: 200, body: await viewDraft(p, viewer, await saveDraft(p, viewer, params.id, body)) };
    },
  }),
  route({
    method: 'delete',
    path: '/api/applications/:id',
    summary: { zh: '删除草稿', en: 'Delete the draft' },
    access: applicant,
    params: CaseParams,
    answers: { 204: null },
    async handle({ p, actor, params }) {
      await deleteDraft(p, viewerOf(p, actor), params.id);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/api/applications/:id/materials',
    summary: { zh: '把上传的文件放到一项材料下', en: 'Put uploaded files under a material' },
    access: applicant,
    params: CaseParams,
    body: SetMaterial,
    answers: { 200: DraftView },
    rateLimit: SAVING,
    async handle({ p, actor, params, body }) {
      const viewer = viewerOf(p, actor);
      return { status: 200, body: await viewDraft(p, viewer, await setMaterial(p, viewer, params.id, body)) };
    },
  }),
];

const filing: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/applications/:id/filing',
    summary: { zh: '将要提交（签名）的内容', en: 'Exactly what will be filed and signed' },
    access: applicant,
    params: CaseParams,
    answers: { 200: FilingView },
    rateLimit: READING,
    async handle({ p, actor, params }) {
      return { status: 200, body: await readFiling(p, viewerOf(p, actor), params.id) };
    },
  }),
  route({
    method: 'post',
    path: '/api/applications/:id/request-consent',
    summary: { zh: '请其他申请人确认', en: 'Ask the other applicants to confirm' },
    access: verifiedApplicant,
    params: CaseParams,
    body: RequestConsent,
    answers: { 200: DraftView },
    rateLimit: INVITING,
    async handle({ p, actor, params, body }) {
      const viewer = viewerOf(p, actor);
      const doc = await requestConsent(p, viewer, params.id, body);
      return { status: 200, body: await viewDraft(p, viewer, doc) };
    },
  }),
  route({
    method: 'post',
    path: '/api/applications/:id/consent',
    summary: { zh: '确认并签名，或不同意', en: 'Sign, or decline' },
    access: verifiedApplicant,
    params: CaseParams,
    body: GiveConsent,
    answers: { 200: CaseView },
    rateLimit: SIGNING,
    async handle({ p, actor, params, body }) {
      const viewer = viewerOf(p, actor);
      const doc = await consent(p, actor, viewer, params.id, body);
      return { status: 200, body: await viewCase(p, viewer, doc) };
    },
  }),
  route({
    method: 'post',
    path: '/api/applications/:id/submit',
    summary: { zh: '提交申请', en: 'Submit the application' },
    access: verifiedApplicant,
    params: CaseParams,
    body: SubmitApplication,
    answers: { 200: ReceiptView },
    // No limit of its own: each submission uses up a draft, and making drafts is limited.
    async handle({ p, actor, params, body, idempotencyKey }) {
      const viewer = viewerOf(p, actor);
      const doc = await submit(p, viewer, params.id, body, idempotencyKey);
      return { status: 200, body: await viewReceipt(p, doc) };
    },
  }),
  route({
    method: 'post',
    path: '/api/applications/:id/answer-correction',
    summary: { zh: '补正后再次提交', en: 'Hand in what was asked for' },
    access: verifiedApplicant,
    params: CaseParams,
    body: AnswerCorrection,
    answers: { 200: CaseView },
    rateLimit: FILING,
    async handle({ p, actor, params, body }) {
      const viewer = viewerOf(p, actor);
      return {
        status: 200,
        body: await viewCase(p, viewer, await answerCorrection(p, viewer, params.id, body)),
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/applications/:id/withdraw',
    summary: { zh: '撤回申请，或对撤回表态', en: 'Withdraw, or answer a withdrawal' },
    access: applicant,
    params: CaseParams,
    body: Withdraw,
    answers: { 200: CaseView },
    rateLimit: FILING,
    async handle({ p, actor, params, body }) {
      const viewer = viewerOf(p, actor);
      return { status: 200, body: await viewCase(p, viewer, await withdraw(p, viewer, params.id, body)) };
    },
  }),
];

const reading: AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/applications/:id/deadline',
    summary: { zh: '办结期限和逐日说明', en: 'Both due days, explained day by day' },
    access: signedIn,
    params: CaseParams,
    answers: { 200: DeadlineAnswer },
    async handle({ p, actor, params }) {
      return { status: 200, body: await readDeadline(p, viewerOf(p, actor), params.id) };
    },
  }),
  route({
    method: 'get',
    path: '/api/applications/:id/receipt',
    summary: { zh: '网上申请回执', en: 'Receipt of the application' },
    access: applicant,
    params: CaseParams,
    answers: { 200: ReceiptView },
    async handle({ p, actor, params }) {
      return { status: 200, body: await readReceipt(p, viewerOf(p, actor), params.id) };
    },
  }),
  route({
    method: 'get',
    path: '/api/applications/:id/documents/:document',
    summary: { zh: '一份文书', en: 'One document of the case' },
    access: signedIn,
    params: DocumentParams,
    answers: { 200: DocumentView },
    async handle({ p, actor, params }) {
      const viewer = viewerOf(p, actor);
      return { status: 200, body: await readDocument(p, viewer, params.id, params.document) };
    },
  }),
  route({
    method: 'get',
    path: '/api/applications/:id/documents/:document/pdf',
    summary: { zh: '一份文书（PDF）', en: 'One document of the case as PDF' },
    access: signedIn,
    params: DocumentParams,
    answers: { 200: 'application/pdf' },
    rateLimit: { points: 60, windowSeconds: 60, by: 'account' },
    async handle({ p, actor, params }) {
      const viewer = viewerOf(p, actor);
      const document = await readDocument(p, viewer, params.id, params.document);
      const name = `${document.no}.pdf`;
      return {
        status: 200,
        stream: await documentPdf(p, document),
        headers: { 'Content-Disposition': `inline; filename="${name}"` },
      };
    },
  }),
];

const progress: AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/case-progress',
    summary: { zh: '凭受理编号和查询码查进度', en: 'How far a case is, by its number and query code' },
    access: anyone,
    body: CaseProgressQuery,
    answers: { 200: CaseProgress },
    // A million codes: at this pace one case is safe for decades; against many addresses there is a counter for each number.
    rateLimit: { points: 20, windowSeconds: 600, by: 'account-and-address' },
    async handle({ p, body, address }) {
      return { status: 200, body: await readProgress(p, body, address) };
    },
  }),
];

export const applicantRoutes: readonly AnyRoute[] = [...drafts, ...filing, ...reading, ...progress];
