import { createHash } from 'node:crypto';
import { createConvoy } from '../../platform/database/convoy.ts';
import { gatherUpdates, perPlatform, type GuardedWrite } from '../../platform/database/gather.ts';
import type { OutboxEvent } from '../../platform/database/outbox.ts';
import { NumberBlocks } from '../../platform/database/numbers.ts';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { getCalendar, type Calendar } from '../clock/index.ts';
import { confirmBound } from '../files/index.ts';
import { applications, type ApplicationDocument, type Submission } from './application.model.ts';
import { audienceOf, hasStrangers } from './audience.ts';
import { addressTokens } from './address-tokens.ts';
import { handledType, typeOf, type CaseType } from './case-type.ts';
import { demand, updateOf, type Change } from './change.ts';
import { answerTerms, answerWords } from './answer-due.ts';
import type { SubmitApplication } from './contract.ts';
import { makeDocument, row } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { examine, type Examination } from './examine.ts';
import { currentParties, filingOf } from './filed.ts';
import { getForApplicant } from './load.ts';
import { getForFiling, type ReadBeside } from './load-for-filing.ts';
import { missingSignatures, type Viewer } from './policy.ts';
import { officeFor } from './offices.ts';
import { isServedOrder, keepServed } from './served.ts';
import { instantWords } from './wording.ts';

/** What one process keeps for the hot path; made once a platform. */
interface Submitter {
  /** Submissions that come together are read, checked and written together. */
  together<T>(work: () => Promise<T>): Promise<T>;
  write(write: GuardedWrite): Promise<boolean>;
  numbers: NumberBlocks;
}

/** Numbers come from blocks of 100, writes travel together: neither costs a submission a command of its own. */
const submitterOf = perPlatform((p: Platform): Submitter => ({
  together: createConvoy(),
  write: gatherUpdates(() => applications(p).collection as never),
  numbers: new NumberBlocks(100, newId()),
}));

/** `YYYYMMDD` of the legal day and a serial of five digits; longer when a day has more than 99,999. */
async function nextCaseNo(p: Platform, now: Date): Promise<string> {
  const day = legalDayOf(now).replaceAll('-', '');
  const serial = await submitterOf(p).numbers.next(p, `case:${day}`);
  return day + String(serial).padStart(5, '0');
}

/**
 * 提交申请: load → authorize → check answers, materials, consents and the register's conflicts → one guarded update with
 * number, receipt, state and event. Sent again with the same `Idempotency-Key` it answers the same; a write whose
 * reply was lost is therefore safe to repeat.
 */
export function submit(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  body: SubmitApplication,
  idempotencyKey: string | null,
): Promise<ApplicationDocument> {
  return submitterOf(p)
    .together(() => submitOne(p, viewer, idOrNo, body, idempotencyKey))
    .then((filed) => servedBefore(p, filed));
}

/** An authority is told that its order is in when the register holds for it, and not before (查封规定23). */
async function servedBefore(p: Platform, filed: ApplicationDocument): Promise<ApplicationDocument> {
  if (isServedOrder(await handledType(p, filed))) await keepServed(p, filed._id);
  return filed;
}

async function submitOne(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { revision, hash }: SubmitApplication,
  idempotencyKey: string | null,
): Promise<ApplicationDocument> {
  const { doc, units, files } = await getForFiling(p, idOrNo, viewer);
  const fingerprint = createHash('sha256')
    .update(`${revision}|${hash ?? ''}`)
    .digest('base64url');
  if (isReplay(doc, viewer, idempotencyKey, fingerprint)) return doc;
  const type = await typeOf(p, doc);
  demand('submit', doc, type, viewer);
  if (revision !== doc.revision) errors.fail('applications.stale_draft');
  const [examination, altered] = await Promise.all([
    examine(p, doc, type, { reader: 'applicant', viewer, units }),
    findAltered(p, doc, files),
  ]);
  const filed = await fileCase(p, viewer, doc, type, {
    examination,
    altered,
    hash,
    idempotencyKey,
    fingerprint,
  });
  const { update, after } = filed;
  const won = await submitterOf(p).write({
    // The revision is the guard: whatever was checked above still holds, or nothing is written.
    filter: { _id: doc._id, revision: doc.revision },
    update,
    proof: { 'submission.id': after.submission?.id },
  });
  if (won) {
    p.outbox.notify('applications', after);
    return after;
  }
  const latest = await getForApplicant(p, doc._id, viewer);
  return isReplay(latest, viewer, idempotencyKey, fingerprint)
    ? latest
    : errors.fail('applications.changed_meanwhile');
}

/** The same request again. The same key with other content is refused, so that nobody takes one answer for another. */
function isReplay(
  doc: ApplicationDocument,
  viewer: Viewer,
  key: string | null,
  fingerprint: string,
): boolean {
  const { submission } = doc;
  const known = submission !== null && key !== null && submission.idempotencyKey === key;
  if (!known || submission.byAccountId !== viewer.accountId) return false;
  return submission.fingerprint === fingerprint || errors.fail('applications.key_reused');
}

interface Filing {
  examination: Examination;
  altered: AlteredMaterial;
  hash: string | undefined;
  idempotencyKey: string | null;
  fingerprint: string;
}

/** Everything that one submission writes. Throws what stands in its way, all at once. */
async function fileCase(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
  type: CaseType,
  { examination, altered, hash: read, idempotencyKey, fingerprint }: Filing,
): Promise<{ update: Record<string, unknown>; after: ApplicationDocument }> {
  const { problems, unspoken, unit } = examination;
  if (problems.length > 0) errors.fail('applications.incomplete', { count: problems.length }, problems);
  const { hash } = filingOf(p, doc, type, examination);
  if (read !== undefined && read !== hash) errors.fail('applications.filing_changed');
  const parties = currentParties(p, doc, examination, hash);
  const missing = missingSignatures({ parties, initiator: doc.initiator }, hash);
  if (missing.length > 0) {
    errors.fail('applications.consent_missing', { names: missing.map(({ name }) => name).join('、') });
  }
  // Said only now: whoever was named has signed, so it is nobody's guess any more.
  if (unspoken.length > 0) errors.fail('applications.incomplete', { count: unspoken.length }, unspoken);
  refuseAltered(altered);
  const now = p.time.now();
  const no = doc.no ?? (await nextCaseNo(p, now));
  const submission: Submission = {
    id: newId(),
    at: now,
    hash,
    byAccountId: viewer.accountId,
    idempotencyKey,
    fingerprint,
    ...answerTerms(await getCalendar(p), type.limits, now),
  };
  const address = unit?.address ?? '';
  const officeId = (await officeFor(p, unit?.district ?? doc.district))?.id ?? null;
  const change: Change = {
    set: {
      no,
      status: 'submitted',
      step: null,
      parties: parties.map((party) => signedByInitiator(party, doc, submission)),
      ...(hasStrangers(doc, parties) ? await audienceOf(p, doc, parties) : {}),
      submission,
      officeId,
      ...(unit
        ? { unitCodes: [unit._id], address, district: unit.district, addressTokens: addressTokens(address) }
        : {}),
    },
    push: { documents: [receiptOf(p, { ...doc, no }, type, submission, await getCalendar(p))] },
    events: [
      caseEvent(p, 'submitted', { ...doc, no }, viewer.accountId, {
        answerDueAt: submission.answerDueAt.toISOString(),
        officeId,
      }),
    ],
    agent: viewer,
  };
  const update = await updateOf(p, doc, type, change);
  update.$set = changedOf(doc, update.$set as Partial<ApplicationDocument>);
  const documents = [
    ...doc.documents,
    ...((change.push?.documents ?? []) as ApplicationDocument['documents']),
  ];
  const outbox = [
    ...(doc.outbox ?? []),
    ...(update.$push as { outbox: { $each: OutboxEvent[] } }).outbox.$each,
  ];
  return { update, after: { ...doc, ...(update.$set as Partial<ApplicationDocument>), documents, outbox } };
}

/**
 * Words and lists of words that already stand in the draft are left out: each path of an update costs the database as much as a
 * short read, and the draft keeps most of what is filed.
 */
function changedOf(
  doc: ApplicationDocument,
  set: Partial<ApplicationDocument>,
): Partial<ApplicationDocument> {
  const same = (before: unknown, after: unknown): boolean =>
    Array.isArray(before) && Array.isArray(after)
      ? before.length === after.length && after.every((item, at) => item === before[at])
      : before === after;
  const entries = Object.entries(set).filter(
    ([field, value]) => !same(doc[field as keyof typeof doc], value),
  );
  return Object.fromEntries(entries) as Partial<ApplicationDocument>;
}

/** Filing is how the initiator signs: same hash, same moment, under the session that files. */
function signedByInitiator(
  party: ApplicationDocument['parties'][number],
  doc: ApplicationDocument,
  { at, hash, byAccountId }: Submission,
) {
  if (!party.signs || `index:${party.idIndex}` !== doc.initiator.partyKey) return party;
  const consent = { ...party.consent, state: 'signed' as const, decidedAt: at, hash, accountId: byAccountId };
  return { ...party, consent };
}

/** What keeps the attached files from being filed, found beside the other look-ups and told after their problems. */
type AlteredMaterial = { code: string } | { error: unknown } | null;

async function findAltered(
  p: Platform,
  doc: ApplicationDocument,
  brought?: ReadBeside['files'],
): Promise<AlteredMaterial> {
  const attached = doc.materials.flatMap(({ code, files }) => files.map((file) => ({ code, ...file })));
  const ids = attached.map(({ fileId }) => fileId);
  try {
    const facts = await confirmBound(p, doc._id, ids, brought);
    return (
      attached.find(({ fileId, sha256 }) => facts.find(({ id }) => id === fileId)?.sha256 !== sha256) ?? null
    );
  } catch (error) {
    return { error };
  }
}

function refuseAltered(altered: AlteredMaterial): void {
  if (altered === null) return;
  if ('error' in altered) throw altered.error;
  errors.fail('applications.file_altered', { material: altered.code });
}

/** Nobody can take away what the case names; a file that is missing or altered all the same is noticed here. */
export async function confirmAttached(p: Platform, doc: ApplicationDocument): Promise<void> {
  refuseAltered(await findAltered(p, doc));
}

function receiptOf(
  p: Platform,
  doc: Pick<ApplicationDocument, 'no' | 'documents' | 'unitCodes' | 'district'>,
  type: CaseType,
  submission: Submission,
  calendar: Calendar,
) {
  const { at, hash, answerDueAt } = submission;
  const words = answerWords(submission);
  return makeDocument(p, doc, 'submissionReceipt', {
    rows: [
      row('办件编号', 'Case number', doc.no ?? ''),
      row('申请事项', 'Application', type.name),
      row('不动产单元号', 'Unit code', doc.unitCodes.join('、')),
      row('提交时间', 'Submitted at', instantWords(at, undefined, calendar)),
      row('最迟答复', 'Answer by', instantWords(answerDueAt, undefined, calendar)),
      row('内容指纹', 'Fingerprint of what was filed', hash),
    ],
    paragraphs: [
      {
        zh: `${words.zh}。受理后按承诺时限办理，办到哪一步随时可查。`,
        en: `${words.en}. Then the promised time runs, and you can follow every step.`,
      },
    ],
  });
}
