import { createHash } from 'node:crypto';
import { openAnswers } from '../../../backend/modules/applications/answers.ts';
import { isDocumentIntact } from '../../../backend/modules/applications/documents.ts';
import type { ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import { readContent } from '../../../backend/modules/files/content.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import type { Found, Report } from './found.ts';
import type { CaseHistory } from './history.ts';

/** Counts what is looked for; what is not there is a lost write. */
type Demand = (holds: boolean, text: string) => void;

/** Every acknowledged act of one case is there. */
export async function checkTold(
  p: Platform,
  told: CaseHistory,
  found: Found,
  report: Report,
  looked: { for: number; found: number },
): Promise<void> {
  const demand: Demand = (holds, text) => {
    looked.for += 1;
    if (holds) looked.found += 1;
    else report('lost-write', `case ${told.id}: ${text}`);
  };
  for (const text of told.untold) demand(false, text);
  const doc = found.cases.get(told.id);
  demand(doc !== undefined, 'the draft was acknowledged and is gone');
  if (!doc) return;
  demand(doc.created.key === told.createKey, 'its request key is gone');
  demand(
    doc.revision >= told.revision,
    `revision ${told.revision} was acknowledged, it is at ${doc.revision}`,
  );
  checkAnswers(p, told, doc, demand);
  await checkFiles(p, told, doc, found, demand);
  checkFiling(told, doc, demand);
  checkDecisions(p, told, doc, demand);
  checkAudit(told, found, demand);
}

function checkAnswers(p: Platform, told: CaseHistory, doc: ApplicationDocument, demand: Demand): void {
  const answers = openAnswers(p, doc);
  const last = told.saves.reduce<CaseHistory['saves'][number] | null>(
    (latest, save) => (!latest || save.revision >= latest.revision ? save : latest),
    null,
  );
  const kept = told.typeCode === 'ZY02' ? answers.contractNo : answers.proofNo;
  // A save whose reply was lost may have come after the last one that was told; its words are of this client too.
  const isOfClient = typeof kept === 'string' && told.tried.includes(kept);
  if (last)
    demand(
      kept === last.proofNo || isOfClient,
      `saved ${last.proofNo} at ${last.revision}, kept ${String(kept)}`,
    );
}

async function checkFiles(
  p: Platform,
  told: CaseHistory,
  doc: ApplicationDocument,
  found: Found,
  demand: Demand,
): Promise<void> {
  for (const { fileId, sentSha256 } of told.uploads) {
    const file = found.files.get(fileId);
    demand(file?.state === 'ready' && file.sentSha256 === sentSha256, `file ${fileId} is not what was sent`);
    const bytes = file ? await readContent(p, file._id).catch(() => null) : null;
    const sha256 = bytes && createHash('sha256').update(bytes).digest('hex');
    demand(sha256 !== null && sha256 === file?.sha256, `the bytes of file ${fileId} have another SHA-256`);
    const audited = found.audit.some(
      ({ type, subject }) => type === 'files.uploaded' && subject.id === fileId,
    );
    demand(audited, `the upload of file ${fileId} is not in the audit`);
  }
  const attached = doc.materials.flatMap(({ files }) => files);
  for (const fileId of told.attached) {
    const one = attached.find((file) => file.fileId === fileId);
    demand(one !== undefined, `file ${fileId} is not attached`);
    if (one)
      demand(one.sha256 === found.files.get(fileId)?.sha256, `file ${fileId} is attached by another hash`);
  }
}

/** Invitation, signatures, number and receipt. */
function checkFiling(told: CaseHistory, doc: ApplicationDocument, demand: Demand): void {
  const { invited, signedBy, no } = told;
  if (invited) {
    const asked = doc.parties.filter(({ consent }) => consent.invitedAt !== null);
    demand(asked.length > 0, 'the invitation is gone');
  }
  if (signedBy !== null) {
    const mine = doc.parties.filter(
      ({ consent }) => consent.state === 'signed' && consent.accountId === signedBy,
    );
    demand(mine.length === 1, 'the signature is gone');
    if (no !== null) demand(mine[0]?.consent.hash === doc.submission?.hash, 'another filing was signed');
  }
  if (no === null) return;
  demand(doc.no === no, `number ${no} is gone, it is ${String(doc.no)}`);
  demand(doc.submission?.idempotencyKey === told.submitKey, 'the submission is another one');
  const receipt = doc.documents.find(({ kind }) => kind === 'submissionReceipt');
  demand(receipt?.no.startsWith(no) === true, 'the receipt of the submission is gone');
}

function checkDecisions(p: Platform, told: CaseHistory, doc: ApplicationDocument, demand: Demand): void {
  for (const { act, accountId } of told.acts) {
    if (act === 'claim') continue;
    if (act === 'record') demand(doc.registration?.by.accountId === accountId, 'the recording is gone');
    else
      demand(
        doc.opinions.some((one) => one.act === act && one.by.accountId === accountId),
        `${act} is gone`,
      );
    if (act !== 'accept') continue;
    const receipt = doc.documents.find((one) => one.no === doc.acceptance?.receiptNo);
    demand(receipt !== undefined && isDocumentIntact(p, receipt), 'the signed receipt of acceptance is gone');
  }
}

/** What each acknowledged act of a case is called in the audit. A claim may be answered without a write: it was held. */
const AUDITED: Readonly<Record<string, string>> = {
  accept: 'applications.accepted',
  review: 'applications.reviewed',
  approve: 'applications.approved',
  record: 'applications.registered',
  claim: 'applications.claimed',
};

/** Who did it is in the audit as often as it was acknowledged at different revisions. */
function checkAudit(told: CaseHistory, { audit }: Found, demand: Demand): void {
  const times = (type: string, actorId: string) =>
    audit.filter((one) => one.type === type && one.actorId === actorId && one.data.caseId === told.id).length;
  const acknowledged = new Map<string, Set<number>>();
  for (const { act, accountId, revision } of told.acts) {
    const key = `${AUDITED[act]} ${accountId}`;
    acknowledged.set(key, (acknowledged.get(key) ?? new Set()).add(revision));
  }
  for (const [key, revisions] of acknowledged) {
    const [type = '', accountId = ''] = key.split(' ');
    const found = times(type, accountId);
    demand(found >= revisions.size, `${key}: acknowledged ${revisions.size} times, audited ${found} times`);
  }
  if (told.no !== null)
    demand(
      times('applications.submitted', told.accountId) === 1,
      'its submission is not in the audit exactly once',
    );
  if (told.signedBy !== null)
    demand(times('applications.consentSigned', told.signedBy) > 0, 'its signature is not in the audit');
}
