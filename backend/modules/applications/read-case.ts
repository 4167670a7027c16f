import { createConvoy } from '../../platform/database/convoy.ts';
import { perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { worksOnCases } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import { listDictionaries } from '../catalogue/index.ts';
import { openIdNumber, type Holder } from '../register/index.ts';
import { getCalendar } from '../clock/index.ts';
import { queryCode } from './accept.ts';
import { typeOf } from './case-type.ts';
import { clocksOf, scansOf, timelineFor } from './case-context.ts';
import { deadlineOf } from './clocks.ts';
import type {
  CaseForClerk,
  CaseView,
  DeadlineAnswer,
  DocumentView,
  DraftView,
  FilingView,
  ReceiptView,
} from './contract.ts';
import type { ApplicationDocument, Bilingual } from './application.model.ts';
import { errors } from './errors.ts';
import { findFollowedPage, keepFollowedPage, rulesNow } from './followed-cases.ts';
import { examine } from './examine.ts';
import { filingOf } from './filed.ts';
import { isFilingIntact } from './intact.ts';
import { findApplication, getForApplicant, getForStaff } from './load.ts';
import { officeName } from './offices.ts';
import { isInitiator, isRecused, openCorrection, type Viewer } from './policy.ts';
import { presentCase, presentReceipt } from './present-case.ts';
import { presentForClerk } from './present-desk.ts';
import { presentDraft, presentFiling } from './present-draft.ts';
import { presentDocument } from './present-parts.ts';
import { presentDeadline } from './present-deadline.ts';
import { reconcileDraft } from './save-draft.ts';
import { isEditable } from './transitions.ts';
import { both } from './wording.ts';

/** The pages of one case. Each reads the case in the reader's scope first; nothing is shown that is not theirs. */

/** As it is filled in. Only the initiator fills in; the others read what will be filed (`readFiling`). */
export async function readDraft(p: Platform, viewer: Viewer, key: string): Promise<DraftView> {
  const found = await getForApplicant(p, key, viewer);
  if (!isInitiator(found, viewer)) errors.fail('applications.not_found');
  const { doc, type } = await reconcileDraft(p, viewer, found);
  return viewDraft(p, viewer, doc, type);
}

export async function viewDraft(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
  type?: Awaited<ReturnType<typeof typeOf>>,
): Promise<DraftView> {
  const known = type ?? (await typeOf(p, doc));
  const examination = await examine(p, doc, known, { reader: 'applicant', viewer });
  const scans = await scansOf(p, doc);
  return presentDraft({ doc, type: known, viewer, examination, scans, now: p.time.now() });
}

/** Exactly what will be filed, for everyone who signs it. */
export async function readFiling(p: Platform, viewer: Viewer, key: string): Promise<FilingView> {
  const doc = await getForApplicant(p, key, viewer);
  const type = await typeOf(p, doc);
  // Who may know of the unit was settled when it was filed. As long as its code can be edited it is asked again, or whoever fills
  // in could read of any unit through the eyes of somebody invited.
  const settled = !isEditable(doc.status) && openCorrection(doc) === null;
  const reader = settled && !isInitiator(doc, viewer) ? 'staff' : 'applicant';
  const examination = await examine(p, doc, type, { reader, viewer });
  const scans = await scansOf(p, doc);
  const source = { doc, type, viewer, examination, scans, now: p.time.now() };
  return presentFiling(source, filingOf(p, doc, type, examination));
}

export async function viewCase(p: Platform, viewer: Viewer, doc: ApplicationDocument): Promise<CaseView> {
  const type = await typeOf(p, doc);
  // Asked for side by side: what pages need at the same time travels to the database together.
  const [examination, clocks, scans, timeline, office] = await Promise.all([
    examine(p, doc, type, { reader: 'applicant', viewer }),
    clocksOf(p, doc, type),
    scansOf(p, doc),
    timelineFor(p, doc, type, isInitiator(doc, viewer) ? 'initiator' : 'party'),
    officeName(p, doc.officeId),
  ]);
  return presentCase({
    doc,
    type,
    viewer,
    examination,
    clocks,
    scans,
    timeline,
    office,
    now: p.time.now(),
  });
}

/** Whichever page fits the state: filling in while it can be filled in, following afterwards. */
export async function readEither(
  p: Platform,
  viewer: Viewer,
  key: string,
  view: 'draft' | 'case' | undefined,
): Promise<DraftView | CaseView> {
  if (view === 'draft') return readDraft(p, viewer, key);
  const kept = await findFollowedPage(p, key, viewer);
  return kept ?? togetherOf(p)(() => makePage(p, viewer, key, view));
}

/** Pages that are asked for together are read together: each of their look-ups is one command for all of them. */
const togetherOf = perPlatform(() => createConvoy());

async function makePage(
  p: Platform,
  viewer: Viewer,
  key: string,
  view: 'draft' | 'case' | undefined,
): Promise<DraftView | CaseView> {
  const doc = await getForApplicant(p, key, viewer);
  const filling = isInitiator(doc, viewer) && isEditable(doc.status) && !isFollowed(doc);
  if (filling && view !== 'case') return readDraft(p, viewer, key);
  const rules = await rulesNow(p);
  const page = await viewCase(p, viewer, doc);
  // A case that is still to be filled in has two pages; only one that is followed is kept.
  if (!filling) keepFollowedPage(p, doc, viewer, { page, rules });
  return page;
}

/** After acceptance the case is followed, unless a supplement is open. */
function isFollowed({ status, corrections }: ApplicationDocument): boolean {
  const reviewed = status === 'accepted' || status === 'reviewing';
  return reviewed && corrections.every(({ answeredAt }) => answeredAt !== null);
}

/** For the desk. That a clerk looked is recorded before anything is shown, and told to whom it concerns. */
export async function readForClerk(p: Platform, viewer: Viewer, key: string): Promise<CaseForClerk> {
  return viewForClerk(p, viewer, await getForStaff(p, key, viewer));
}

export async function viewForClerk(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
): Promise<CaseForClerk> {
  const type = await typeOf(p, doc);
  const examination = await examine(p, doc, type, { reader: 'staff' });
  await recordLook(p, viewer, doc, ['case', 'materials']);
  const { unit } = examination;
  const [clocks, scans, timeline, office, idKinds] = await Promise.all([
    clocksOf(p, doc, type),
    scansOf(p, doc),
    timelineFor(p, doc, type, 'staff'),
    officeName(p, doc.officeId),
    idKindLabels(),
  ]);
  return presentForClerk({
    doc,
    type,
    viewer,
    examination,
    clocks,
    scans,
    timeline,
    office,
    now: p.time.now(),
    filingIntact: isFilingIntact(p, doc, type, examination),
    idKindWords: (code) => idKinds.get(code) ?? both(code),
    openNumber: (holder) => (unit ? openIdNumber(p, unit._id, holder as Holder) : ''),
  });
}

/** 证件种类 by code, as the dictionary has them. */
async function idKindLabels(): Promise<ReadonlyMap<string, Bilingual>> {
  const dictionary = (await listDictionaries()).find(({ key }) => key === 'idKind');
  return new Map(dictionary?.entries.map(({ code, label }) => [code, label]));
}

async function recordLook(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
  what: readonly string[],
): Promise<void> {
  await recordAccess(p, {
    actorId: viewer.accountId,
    subjectPersonIndexes: doc.partyIndexes,
    what,
    target: { kind: 'application', id: doc._id },
    unitCodes: doc.unitCodes,
    why: doc.handler?.accountId === viewer.accountId ? 'handling' : 'reading',
    basis: '不动产登记暂行条例第十八条',
  });
}

/** Applicants and staff may both ask when a case is due. */
export async function getReadable(p: Platform, viewer: Viewer, key: string): Promise<ApplicationDocument> {
  if (viewer.kind !== 'staff') return getForApplicant(p, key, viewer);
  const doc = await findApplication(p, key);
  if (!doc || doc.no === null || !worksOnCases(viewer)) return errors.fail('applications.not_found');
  return isRecused(doc, viewer) ? errors.fail('applications.recused') : doc;
}

/** Both clocks with their day-by-day explanation, computed from the events at this moment. */
export async function readDeadline(p: Platform, viewer: Viewer, key: string): Promise<DeadlineAnswer> {
  const doc = await getReadable(p, viewer, key);
  const type = await typeOf(p, doc);
  const calendar = await getCalendar(p);
  const now = p.time.now();
  const { limits } = type;
  const promised = deadlineOf(doc.clockEvents, limits, calendar, now);
  // The sheet of the statutory clock: the same events counted against the statutory limit alone.
  const statutory = deadlineOf(doc.clockEvents, { ...limits, promised: limits.statutory }, calendar, now);
  return presentDeadline(doc, type, { promised, statutory, now });
}

export async function readReceipt(p: Platform, viewer: Viewer, key: string): Promise<ReceiptView> {
  return viewReceipt(p, await getForApplicant(p, key, viewer));
}

export async function viewReceipt(p: Platform, doc: ApplicationDocument): Promise<ReceiptView> {
  const type = await typeOf(p, doc);
  const office = await officeName(p, doc.officeId);
  const view = presentReceipt(doc, type, {
    queryCode: queryCode(p, doc),
    office,
    now: p.time.now(),
    calendar: await getCalendar(p),
  });
  return view ?? errors.fail('applications.not_found');
}

export async function readDocument(
  p: Platform,
  viewer: Viewer,
  key: string,
  id: string,
): Promise<DocumentView> {
  const doc = await getReadable(p, viewer, key);
  const document = doc.documents.find((one) => one.id === id);
  if (!document) return errors.fail('applications.document_not_found');
  // A receipt or notice names people and their home as the case itself does.
  if (viewer.kind === 'staff') await recordLook(p, viewer, doc, ['document']);
  return presentDocument(document, doc.no);
}
