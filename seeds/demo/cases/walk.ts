import { Readable } from 'node:stream';
import {
  accept,
  approve,
  archive,
  claim,
  consent,
  createDraft,
  decline,
  issueAfterCertificates,
  pause,
  readFiling,
  record,
  refuse,
  requestConsent,
  requestCorrection,
  review,
  setMaterial,
  submit,
  withdraw,
  type ApplicationDocument,
} from '../../../backend/modules/applications/index.ts';
import { getBusinessType } from '../../../backend/modules/catalogue/index.ts';
import { issueForCase } from '../../../backend/modules/certificates/index.ts';
import { MATERIAL, upload } from '../../../backend/modules/files/index.ts';
import { createPdf } from '../../../backend/platform/pdf/document.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { legalDayOf } from '../../../backend/platform/time.ts';
import { DEMO_PASSWORD } from '../accounts.ts';
import { ANSWERS, UPLOADS, type DemoType } from './answers.ts';
import type { DemoHome } from './homes.ts';
import { owner, type Cast, type DemoActor } from './people.ts';
import type { DemoCase, Reached } from './plan.ts';

/** Takes one demo case as far as it is to come, by the same use cases that the portal calls. */

const pages = new Map<string, Promise<Buffer>>();

/** A page that says what it stands for; one for each title, whatever the case. */
function pageOf(title: string): Promise<Buffer> {
  const known = pages.get(title);
  if (known) return known;
  const pdf = createPdf({ title, author: '演示数据', createdAt: new Date('2026-01-01T00:00:00Z') });
  pdf.text(title, 72, 120, { size: 20, weight: 'bold', align: 'center', width: 451 });
  pdf.text('这是演示数据里的示例材料，不是真实文件。', 72, 190, { size: 11, align: 'center', width: 451 });
  const made = pdf.finish();
  pages.set(title, made);
  return made;
}

async function attach(
  p: Platform,
  by: DemoActor,
  doc: ApplicationDocument,
  type: DemoType,
): Promise<ApplicationDocument> {
  let latest = doc;
  for (const { code, title } of UPLOADS[type]) {
    const bytes = await pageOf(title);
    const arriving = {
      fields: { purpose: MATERIAL, caseId: doc._id, materialCode: code },
      sentName: `${title}.pdf`,
      declaredMime: 'application/pdf',
      content: Readable.from([bytes]),
      whole: Promise.resolve(),
      isTooLarge: () => false,
    };
    const file = await upload(p, by.actor, arriving, { idempotencyKey: null, bodyBytes: bytes.length });
    const order = { revision: latest.revision, materialCode: code, fileIds: [file._id] };
    latest = await setMaterial(p, by.viewerAt(p), doc._id, order);
  }
  return latest;
}

async function sign(p: Platform, by: DemoActor, id: string): Promise<ApplicationDocument> {
  const { hash } = await readFiling(p, by.viewerAt(p), id);
  return consent(p, by.actor, by.viewerAt(p), id, { decision: 'sign', hash, password: DEMO_PASSWORD });
}

export interface WalkContext {
  cast: Cast;
  home: DemoHome;
  n: number;
  /** The platform as it was at a moment of the case: 0 filed, then one step later each. */
  moment(step: number): Platform;
}

interface People {
  seller: DemoActor;
  initiator: DemoActor;
  /** Whoever else has to sign. */
  other: DemoActor | null;
}

async function peopleOf(p: Platform, one: DemoCase, { cast, home, n }: WalkContext): Promise<People> {
  const seller = await owner(p, home.owner, n);
  const buyer = cast[one.buyer ?? 'buyer'];
  switch (one.type) {
    case 'ZY02':
      return { seller, initiator: seller, other: buyer };
    case 'DY01':
      return { seller, initiator: cast.bank, other: seller };
    case 'DY06':
      return { seller, initiator: cast.bank, other: null };
    case 'BG01':
      return { seller, initiator: seller, other: null };
    case 'CF01':
      return { seller, initiator: cast.court, other: null };
  }
}

/** Idempotent by the request key of the draft: a case that exists is left as it is. */
export async function walk(one: DemoCase, context: WalkContext): Promise<void> {
  const { cast, home, n, moment } = context;
  const p = moment(0);
  const { seller, initiator, other } = await peopleOf(p, one, context);
  const source = {
    home,
    seller,
    buyer: cast[one.buyer ?? 'buyer'],
    bank: cast.bank,
    court: cast.court,
    n,
    on: legalDayOf(p.time.now()),
  };
  const all: Record<string, unknown> = ANSWERS[one.type](source);
  const half = Object.fromEntries(Object.entries(all).slice(0, 3));
  const answers = one.reached === 'draft' ? half : all;
  const input = { businessType: one.type, answers };
  const created = await createDraft(p, initiator.actor, initiator.viewerAt(p), input, `demo-case-${n}`);
  if (created.revision > 1 || created.status !== 'draft' || one.reached === 'draft') return;
  let doc = await attach(p, initiator, created, one.type);
  if (other) {
    doc = await requestConsent(p, initiator.viewerAt(p), doc._id, { revision: doc.revision });
    if (one.reached === 'waitingConsent') return;
    doc = await sign(p, other, doc._id);
    if (one.reached === 'signed') return;
  }
  await submit(p, initiator.viewerAt(p), doc._id, { revision: doc.revision }, `demo-submit-${n}`);
  await inOffice(doc._id, one, { ...context, initiator });
}

type Office = WalkContext & { initiator: DemoActor };

const dayAfter = (p: Platform, days: number): string =>
  legalDayOf(new Date(p.time.now().getTime() + days * 86_400_000));

/** Acceptance and what may come instead of it. */
async function inOffice(id: string, one: DemoCase, office: Office): Promise<void> {
  const { reached } = one;
  if (reached === 'submitted') return;
  const { cast, moment } = office;
  const p = moment(1);
  await claim(p, cast.acceptance.viewerAt(p), id);
  if (reached === 'claimed') return;
  if (reached === 'correction') {
    const [material] = UPLOADS[one.type];
    const target = { materialCode: material?.code ?? 'M01' };
    const defects = [{ target, defect: '第 2 页太暗，看不清签字', remedy: '请在光线好的地方重拍这一页' }];
    await requestCorrection(p, cast.acceptance.viewerAt(p), id, { defects, dueOn: dayAfter(moment(9), 15) });
    return;
  }
  if (reached === 'declined') {
    const facts = '申请变更的房屋不在本市登记范围内';
    await decline(p, cast.acceptance.viewerAt(p), id, {
      reason: 'notOurArea',
      facts,
      goTo: '济南市自然资源和规划局不动产登记中心',
    });
    return;
  }
  await accept(p, cast.acceptance.viewerAt(p), id);
  await inReview(id, one, office);
}

/** Which step a case is to wait at; the rest go through. */
const STOPS: Partial<Record<Reached, string>> = {
  accepted: 'firstReview',
  firstReview: 'firstReview',
  supplement: 'secondReview',
  waitTax: 'firstReview',
  siteCheck: 'firstReview',
  secondReview: 'secondReview',
  refused: 'secondReview',
  withdrawn: 'firstReview',
  withdrawalAsked: 'firstReview',
  approval: 'approval',
};

async function inReview(id: string, one: DemoCase, office: Office): Promise<void> {
  const { cast, moment } = office;
  const type = await getBusinessType(moment(0), one.type);
  const steps = type.steps.filter(({ kind }) => kind === 'review' || kind === 'approval');
  const stop = STOPS[one.reached];
  const checks = type.checklist.map(({ key }) => ({ key, result: 'same' as const }));
  for (const [place, { key, kind, role }] of steps.entries()) {
    const p = moment(2 + place);
    const clerk = cast[role as 'firstReview' | 'secondReview' | 'registrar'];
    // A type with a single review has no second one to stop at.
    if (stop === key || (stop === 'secondReview' && kind === 'approval'))
      return stopAt(p, id, one, { clerk, office });
    await claim(p, clerk.viewerAt(p), id);
    if (kind === 'review')
      await review(p, clerk.viewerAt(p), id, { opinion: '材料齐全，与登记簿一致，同意。', checks });
    else await approve(p, clerk.viewerAt(p), id, { opinion: '核定通过。' });
  }
  if (one.reached === 'approved') return;
  const p = moment(2 + steps.length);
  await record(p, cast.registrar.viewerAt(p), id);
  if (one.reached !== 'archived') return;
  await issueForCase(p, id);
  await issueAfterCertificates.handle(p, [
    {
      id: '',
      type: 'certificates.issued',
      at: p.time.now(),
      actorId: null,
      requestId: null,
      data: { caseId: id },
      source: { collection: '', id },
    },
  ]);
  const { status } = await archiveIfIssued(p, cast, id);
  if (status !== 'archived') throw new Error(`demo case ${one.type} could not be archived: it is ${status}`);
}

const archiveIfIssued = (p: Platform, cast: Cast, id: string): Promise<ApplicationDocument> =>
  archive(p, cast.issuance.viewerAt(p), id);

async function stopAt(
  p: Platform,
  id: string,
  { reached, held }: DemoCase,
  { clerk, office }: { clerk: DemoActor; office: Office },
): Promise<void> {
  const viewer = clerk.viewerAt(p);
  const { initiator } = office;
  if (reached === 'withdrawalAsked' || reached === 'withdrawn') {
    await withdraw(p, initiator.viewerAt(p), id, { decision: 'ask', reason: '买卖双方商量后暂不过户' });
    if (reached === 'withdrawn') await withdraw(p, office.cast.elder.viewerAt(p), id, { decision: 'agree' });
    return;
  }
  if (
    reached === 'accepted' ||
    (!held && !['supplement', 'waitTax', 'siteCheck', 'refused'].includes(reached))
  )
    return;
  await claim(p, viewer, id);
  const plannedEndOn = dayAfter(office.moment(9), 12);
  if (reached === 'supplement') {
    const defects = [
      { target: { materialCode: 'M05' }, defect: '合同缺少附件一', remedy: '请补传附件一（房屋平面图）' },
    ];
    await requestCorrection(p, viewer, id, { defects, dueOn: plannedEndOn });
  }
  if (reached === 'waitTax')
    await pause(p, viewer, id, {
      reason: 'waitTax',
      note: '契税凭证与税务系统不一致，等税务部门更正',
      plannedEndOn,
    });
  if (reached === 'siteCheck')
    await pause(p, viewer, id, { reason: 'siteCheck', note: '核实房屋现状', plannedEndOn });
  if (reached === 'refused') {
    await refuse(p, viewer, id, {
      reason: 'ownershipDispute',
      facts: '房屋权属正在诉讼，法院已受理，案号(2026)鲁1502民初3321号。',
    });
  }
}
