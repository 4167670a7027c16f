import { applications, type ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import { auditEntries, type AuditDocument } from '../../../backend/modules/audit/audit.model.ts';
import {
  certificateKeys,
  certificates,
  type CertificateDocument,
} from '../../../backend/modules/certificates/certificate.model.ts';
import { files, type FileDocument } from '../../../backend/modules/files/file.model.ts';
import { addShares, isSameShare, WHOLE, type UnitDocument } from '../../../backend/modules/register/index.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { numbers } from '../../../backend/platform/database/numbers.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import type { Finding } from '../support/findings.ts';
import { all, repeated, type Found, type Report } from './found.ts';
import type { CaseHistory, History } from './history.ts';
import { checkReactions } from './verify-reactions.ts';
import { checkTold } from './verify-told.ts';

export interface Verdict {
  findings: Finding[];
  /** Acknowledged things looked for, and how many of them were there. */
  lookedFor: number;
  found: number;
  certificates: number;
  registered: number;
  notifications: number;
  auditEntries: number;
}

/** Compares what clients were told with what the database holds, and the database with its own rules. */
export async function verify(p: Platform, history: History): Promise<Verdict> {
  const findings: Finding[] = [];
  const report: Report = (kind, text) => findings.push({ kind, text });
  const cases = await all<ApplicationDocument>(applications(p).find());
  const stored = await all<FileDocument>(files(p).find());
  const found: Found = {
    cases: new Map(cases.map((doc) => [doc._id, doc])),
    units: await all<UnitDocument>(units(p).find()),
    files: new Map(stored.map((doc) => [doc._id, doc])),
    certificates: await all<CertificateDocument>(certificates(p).find()),
    audit: await all<AuditDocument>(auditEntries(p).find()),
  };
  const looked = { for: 0, found: 0 };
  for (const told of history.cases) await checkTold(p, told, found, report, looked);
  checkDuplicates(history, cases, stored, report);
  checkRegister(found, report);
  await checkCertificates(p, found, report);
  await checkNumbers(p, found, report);
  const told = await checkReactions(p, found, report);
  return {
    findings,
    lookedFor: looked.for,
    found: looked.found,
    certificates: found.certificates.length,
    registered: cases.filter(({ registration }) => registration).length,
    notifications: told,
    auditEntries: found.audit.length,
  };
}

/** One effect for a key, one winner for a revision, one number for a case. */
function checkDuplicates(
  history: History,
  cases: readonly ApplicationDocument[],
  stored: readonly FileDocument[],
  report: Report,
): void {
  for (const text of history.anomalies) report('duplicate', text);
  repeated(
    cases.filter(({ created }) => created.key).map((doc) => `${doc.initiator.accountId} ${doc.created.key}`),
  ).forEach((key) => report('duplicate', `two drafts for one request key (${key})`));
  repeated(
    stored
      .filter((doc) => doc.idempotencyKey && doc.state === 'ready')
      .map((doc) => `${doc.ownerId} ${doc.idempotencyKey}`),
  ).forEach((key) => report('duplicate', `two files for one request key (${key})`));
  repeated(cases.flatMap(({ no }) => (no === null ? [] : [no]))).forEach((no) =>
    report('wrong-number', `case number ${no} was given twice`),
  );
  for (const { id, saves, acts } of history.cases) {
    for (const revision of repeated(
      [...new Set(saves.map((save) => `${save.revision} ${save.proofNo}`))].map((one) => one.split(' ')[0]!),
    ))
      report('two-winners', `case ${id}: two different saves were both acknowledged as revision ${revision}`);
    const winners = [
      ...new Set(acts.map(({ act, accountId, revision }) => `${revision} ${act} ${accountId}`)),
    ];
    for (const revision of repeated(winners.map((one) => one.split(' ')[0]!)))
      report('two-winners', `case ${id}: two acts of clerks were both acknowledged as revision ${revision}`);
    for (const act of repeatedActs(acts))
      report('two-winners', `case ${id}: ${act} was acknowledged at two revisions`);
  }
}

/** An act that happens once in a case, acknowledged with two different revisions, was done twice. */
function repeatedActs(acts: CaseHistory['acts']): string[] {
  const once = acts.filter(({ act }) => ['accept', 'approve', 'record'].includes(act));
  return repeated(
    [...new Set(once.map(({ act, revision }) => `${act} ${revision}`))].map((one) => one.split(' ')[0]!),
  );
}

/** Changes of units ↔ registrations of cases, one to one; nothing half done; shares whole. */
function checkRegister({ cases, units: all }: Found, report: Report): void {
  const changed = new Set<string>();
  for (const unit of all) {
    const own = unit.changes.filter(({ caseId }) => !caseId.startsWith('import:'));
    repeated(own.map(({ caseId }) => caseId)).forEach((id) =>
      report('duplicate', `unit ${unit._id} was changed twice by case ${id}`),
    );
    repeated(unit.changes.map(({ revision }) => String(revision))).forEach((revision) =>
      report('two-winners', `unit ${unit._id}: two changes made revision ${revision}`),
    );
    for (const { caseId, revision } of own) {
      changed.add(`${caseId} ${unit._id}`);
      const registered = cases.get(caseId)?.registration?.units.find(({ unitCode }) => unitCode === unit._id);
      if (registered?.revision !== revision)
        report('half-registered', `unit ${unit._id} was changed by case ${caseId}, which does not say so`);
    }
    const live = unit.rights.filter(({ status }) => status === 'current');
    if (live.length !== 1) report('half-registered', `unit ${unit._id} has ${live.length} live rights`);
    for (const right of live) {
      const sum = addShares(right.holders.flatMap(({ share }) => (share ? [share] : [])));
      if (right.coOwnership !== 1 && !(sum && isSameShare(sum, WHOLE)))
        report('half-registered', `unit ${unit._id}: shares do not add up to 1`);
    }
    for (const { caseId } of unit.pending) {
      if (cases.get(caseId)?.registration)
        report(
          'half-registered',
          `case ${caseId} is recorded and still waits in the queue of unit ${unit._id}`,
        );
    }
    repeated(unit.pending.map(({ order }) => String(order))).forEach((order) =>
      report('duplicate', `unit ${unit._id}: place ${order} was given twice`),
    );
  }
  for (const doc of cases.values()) {
    if (doc.status === 'registering') report('half-registered', `case ${doc._id} is still registering`);
    for (const { unitCode } of doc.registration?.units ?? []) {
      if (!changed.has(`${doc._id} ${unitCode}`))
        report('half-registered', `case ${doc._id} is registered, unit ${unitCode} does not show it`);
    }
  }
}

/** One valid certificate for each live right that a case made; none for a right that ended. */
async function checkCertificates(
  p: Platform,
  { certificates: made, units: registered }: Found,
  report: Report,
): Promise<void> {
  const keys = await all<{ certificateId: string }>(certificateKeys(p).find({}, { certificateId: 1 }));
  const withKeys = new Set(keys.map(({ certificateId }) => certificateId));
  for (const { _id, number, keyId, record, signature } of made) {
    if (!p.crypto.signatures.verify(keyId, Buffer.from(record), signature))
      report('half-registered', `the signature of certificate ${number} does not fit`);
    if (!withKeys.has(_id)) report('half-registered', `certificate ${number} cannot be verified by anybody`);
  }
  repeated(made.map(({ number }) => number)).forEach((no) =>
    report('wrong-number', `certificate number ${no} was given twice`),
  );
  const byNumber = new Map(made.map((one) => [one.number, one]));
  const needed = new Set<string>();
  for (const unit of registered) {
    const asked = unit.changes.flatMap(({ certificates: { needed: list } }) => list.map(({ no }) => no));
    repeated(asked).forEach((no) =>
      report('wrong-number', `unit ${unit._id} asks twice for certificate ${no}`),
    );
    asked.forEach((no) => needed.add(no));
    for (const right of unit.rights) {
      if (right.caseId === 'import' || right.certificateNo === null) continue;
      const certificate = byNumber.get(right.certificateNo);
      const wanted = right.status === 'current' ? 'valid' : 'superseded';
      if (certificate?.status !== wanted)
        report(
          'half-registered',
          `right ${right.id} of unit ${unit._id} has a certificate that is ${certificate?.status ?? 'missing'}, not ${wanted}`,
        );
    }
  }
  for (const { number } of made)
    if (!needed.has(number))
      report('wrong-number', `certificate ${number} stands for nothing in the register`);
}

/** Every number of a certificate is issued, or still held by a case that was not recorded. */
async function checkNumbers(p: Platform, found: Found, report: Report): Promise<void> {
  const list = await all<{ _id: string; series: string; serial: number; state: string; holder: string }>(
    numbers(p).find(),
  );
  repeated(list.map(({ series, serial }) => `${series} ${serial}`)).forEach((one) =>
    report('wrong-number', `serial ${one} was claimed twice`),
  );
  const issued = new Set(found.certificates.map(({ number }) => number));
  for (const { _id, state, holder } of list) {
    const doc = found.cases.get(holder.split(':')[0] ?? '');
    if (state === 'issued' && !issued.has(_id))
      report('wrong-number', `number ${_id} counts as issued and has no certificate`);
    if (state === 'reserved' && (issued.has(_id) || doc?.registration))
      report('wrong-number', `number ${_id} is in use and counts as reserved`);
  }
  const serials = new Map<string, number[]>();
  for (const { series, serial } of list) serials.set(series, [...(serials.get(series) ?? []), serial]);
  for (const [series, values] of serials) {
    if (Math.max(...values) !== values.length)
      report('wrong-number', `series ${series} has a gap that nothing explains`);
  }
}
