import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import { dequeue, enqueueAcceptance } from '../register/index.ts';
import type { Acceptance, ApplicationDocument, Bilingual } from './application.model.ts';
import { typeOf } from './case-type.ts';
import { applyChange, demand, demandRead, tryChange } from './change.ts';
import type { Accept } from './contract.ts';
import { keepsPlace, promisedFrom, takeDeemedPlaces } from './deemed-places.ts';
import { makeDocument, row } from './documents.ts';
import { errors } from './errors.ts';
import { caseEvent } from './events.ts';
import { examine, refuseConflicts, type Examination } from './examine.ts';
import { findApplication, getForStaff } from './load.ts';
import { deemedAcceptance, stepsAfter, type Viewer } from './policy.ts';
import { opinionOf } from './review.ts';
import type { CaseType } from './case-type.ts';
import { feeWords } from './fee.ts';
import { personOf } from './viewer.ts';
import { instantWords } from './wording.ts';

/**
 * 受理 (条例17): the application is complete and the register does not bar it, so the clock starts and the case takes its
 * place in the order of the unit. Both due days are frozen into a signed receipt (受理凭证).
 *
 * Three writes, safe to cut off anywhere: the case says that it is taking places (`queue: entering`), each unit gives a
 * place (idempotent by case), the case becomes accepted. A place of a case that did not become accepted is given
 * back, here or by the job `applications.queues`.
 */
export async function accept(
  p: Platform,
  viewer: Viewer,
  idOrNo: string,
  { note, filingHash }: Accept = {},
): Promise<ApplicationDocument> {
  const doc = await getForStaff(p, idOrNo, viewer);
  const type = await typeOf(p, doc);
  demand('accept', doc, type, viewer);
  demandRead(doc, filingHash);
  const examination = await examine(p, doc, type, { reader: 'staff' });
  // Accepted by law already, whatever the register says: what bars it is a ground to refuse registration (条例22).
  if (!deemedAcceptance(doc, viewer.at)) refuseConflicts(examination.conflicts);
  // Somebody is doing just this: two at once would each take the other's place away again.
  if (isEntering(doc, p.time.now())) errors.fail('applications.changed_meanwhile');
  const entering = await applyChange(p, doc, type, {
    set: { queue: { state: 'entering', at: p.time.now() } },
  });
  return acceptOver(p, viewer, entering, examination, note ?? '');
}

/** An acceptance takes well under a second; an older one was cut off, and may be done over. */
const ENTERING_MS = 5_000;

function isEntering({ queue }: ApplicationDocument, now: Date): boolean {
  return queue?.state === 'entering' && now.getTime() - queue.at.getTime() < ENTERING_MS;
}

async function acceptOver(
  p: Platform,
  viewer: Viewer,
  doc: ApplicationDocument,
  examination: Examination,
  note: string,
): Promise<ApplicationDocument> {
  const now = p.time.now();
  const calendar = await getCalendar(p);
  const deemedAt = deemedAcceptance(doc, now);
  const acceptedAt = deemedAt ?? now;
  const { clockEvents, type, deadline } = await promisedFrom(p, doc, acceptedAt, calendar);
  const promisedDueOn = deadline?.promised.dueOn ?? '';
  const statutoryDueOn = deadline?.statutory.dueOn ?? '';
  const handedIn = examination.materials.filter(({ state }) => state !== 'notNeeded');
  const orders = await takePlaces(p, doc, type, { at: now, acceptedAt, dueOn: promisedDueOn, examination });
  const receipt = makeDocument(p, doc, 'acceptanceReceipt', {
    rows: [
      row('受理编号', 'Case number', doc.no ?? ''),
      row('申请事项', 'Application', type.name),
      row('不动产单元号', 'Unit code', doc.unitCodes.join('、')),
      row('受理时间', 'Accepted at', instantWords(acceptedAt, undefined, calendar)),
      ...(deemedAt ? [row('视为受理', 'Deemed accepted', DEEMED)] : []),
      row(
        '承诺办结',
        'Promised by',
        instantWords(new Date(deadline?.promised.dueAt ?? now), undefined, calendar),
      ),
      row(
        '法定期限',
        'Statutory limit',
        instantWords(new Date(deadline?.statutory.dueAt ?? now), undefined, calendar),
      ),
      row('材料', 'Materials', {
        zh: handedIn.map(({ material }) => material.name.zh).join('、'),
        en: handedIn.map(({ material }) => material.name.en).join(', '),
      }),
      row('登记费', 'Fee', feeWords(type, examination)),
      row('查询码', 'Query code', queryCode(p, doc)),
      row('受理先后', 'Order of acceptance', orders.map(({ order }) => String(order)).join('、')),
    ],
    paragraphs: [
      countingWords(type.limits),
      {
        zh: '办到哪一步，登录后随时可查；没有账户的，可凭受理编号和查询码在窗口查询。',
        en: 'Follow the case online when signed in, or at any window with its number and the query code.',
      },
    ],
  });
  const acceptance: Acceptance = {
    at: acceptedAt,
    by: personOf(viewer),
    receiptNo: receipt.no,
    promisedDueOn,
    statutoryDueOn,
    queryCode: queryCode(p, doc),
    calendarVersion: calendar.version,
    orders,
  };
  const [first] = stepsAfter(null, type);
  const accepted = await tryChange(p, doc, type, {
    set: {
      status: 'accepted',
      step: first?.key ?? null,
      handler: null,
      acceptance,
      clockEvents,
      queue: { state: 'entered', at: now },
    },
    push: { opinions: [opinionOf(p, 'accept', 'acceptance', viewer, note)], documents: [receipt] },
    events: [
      caseEvent(p, 'accepted', doc, viewer.accountId, {
        promisedDueOn,
        statutoryDueOn,
        // Of some types the promise is hours, not a day: who is told of it is told the time.
        promisedDueAt: deadline?.promised.dueAt ?? now.toISOString(),
      }),
    ],
  });
  if (accepted) return accepted;
  await givePlacesBackUnlessWon(p, doc);
  return errors.fail('applications.changed_meanwhile');
}

/** From when the promise counts: a term of hours from its beginning, one of days from the day after (民法典201). Pure. */
export function countingWords({ promised }: CaseType['limits']): Bilingual {
  if (promised.unit === 'workingHour') {
    return {
      zh: '从受理时起按办公时间计，不在办公时间受理的从下一次上班起计。',
      en: 'Time counts in office hours from acceptance; accepted outside office hours, from the next opening.',
    };
  }
  return {
    zh: '受理当天不计，从下一个工作日起算；补正、公告等依法不计的时间会逐日列明。',
    en: 'Time counts from the next working day; days that do not count by law are listed one by one.',
  };
}

const DEEMED = {
  zh: '答复期限内没有告知不予受理，依法视为受理，办理时间从答复期限届满时起算（不动产登记暂行条例第十七条）',
  en: 'Not declined within the time to answer, so by law accepted; the clock runs from the end of that time (Interim Regulation, art. 17)',
};

async function takePlaces(
  p: Platform,
  doc: ApplicationDocument,
  type: CaseType,
  {
    at,
    acceptedAt,
    dueOn,
    examination,
  }: { at: Date; acceptedAt: Date; dueOn: string; examination: Examination },
): Promise<Acceptance['orders']> {
  const orders: Acceptance['orders'] = [];
  try {
    // 条例17 末款: whom silence accepted before this moment stands before it, whether or not the job has come by.
    await takeDeemedPlaces(p, acceptedAt, doc.unitCodes);
    for (const unitCode of doc.unitCodes) {
      const { order } = await enqueueAcceptance(p, {
        unitCode,
        caseId: doc._id,
        caseNo: doc.no ?? '',
        businessType: type.code,
        request: type.request,
        acceptedAt: at,
        dueOn,
        conditionsMet: examination.conditionsMet,
        acceptedByLaw: acceptedAt < at,
      });
      orders.push({ unitCode, order });
    }
    return orders;
  } catch (error) {
    if (!keepsPlace(doc, at)) await givePlacesBack(p, doc);
    throw error;
  }
}

/** Another acceptance of the same case holds the same places: they are given back only where none is or was at work. */
async function givePlacesBackUnlessWon(p: Platform, doc: ApplicationDocument): Promise<void> {
  const latest = await findApplication(p, doc._id);
  if (latest && (keepsPlace(latest, p.time.now()) || latest.queue?.state === 'entering')) return;
  await givePlacesBack(p, doc);
}

async function givePlacesBack(p: Platform, doc: ApplicationDocument): Promise<void> {
  for (const unitCode of doc.unitCodes) await dequeue(p, unitCode, doc._id);
}

/** Six digits to ask about a case without signing in; derived, so that it need not be kept apart. */
export function queryCode(p: Platform, doc: Pick<ApplicationDocument, '_id' | 'no'>): string {
  const bytes = Buffer.from(p.crypto.mac('applications.query-code', `${doc._id}|${doc.no}`), 'base64url');
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}
