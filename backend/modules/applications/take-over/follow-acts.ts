import { createHash } from 'node:crypto';
import type { OutboxEvent } from '../../../platform/database/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { legalDayOf } from '../../../platform/time.ts';
import type { BusinessType } from '../../catalogue/index.ts';
import { dueAfterWorkdays, type Calendar, type ClockEvent } from '../../clock/index.ts';
import { queryCode } from '../accept.ts';
import type { Acceptance, ApplicationDocument, CasePause, Person } from '../application.model.ts';
import { deadlineOf } from '../clocks.ts';
import { makeDocument, row } from '../documents.ts';
import { caseEvent, type CaseEvent } from '../events.ts';
import { openPause } from '../pause.ts';
import { openCorrection, stepsAfter } from '../policy.ts';
import { DECLINE_WORDS, dayWords, instantWords, REFUSAL_WORDS } from '../wording.ts';
import type { ImportedAct } from './imported-case.ts';

/**
 * A taken-over case, act after act, to the state that the portal's own use cases would have left: the same statuses, opinions, clock
 * events, signed receipts and events. Ids follow from the case's own, so that a second attempt makes the same.
 */

export interface Followed {
  doc: ApplicationDocument;
  events: OutboxEvent[];
}

interface Rules {
  type: BusinessType;
  calendar: Calendar;
}

type Act<K extends ImportedAct['act']> = Extract<ImportedAct, { act: K }>;

export class CaseFollower {
  doc: ApplicationDocument;
  readonly events: OutboxEvent[] = [];
  readonly #p: Platform;
  readonly #rules: Rules;
  #at = new Date(0);
  #ids = 0;

  constructor(p: Platform, doc: ApplicationDocument, rules: Rules) {
    this.doc = doc;
    this.#rules = rules;
    // The helpers of the use cases ask the platform for the time: here it is that of the act.
    this.#p = { ...p, time: { now: () => this.#at } };
  }

  follow(act: ImportedAct): void {
    this.#at = act.at;
    this.doc = { ...this.doc, revision: this.doc.revision + 1, updatedAt: act.at };
    switch (act.act) {
      case 'submit':
        return this.#submit();
      case 'claim':
        this.#set({ handler: { accountId: act.by.accountId, name: act.by.name, at: act.at } });
        return this.#happened('claimed', act.by, { step: this.doc.step });
      case 'accept':
        return this.#accept(act.by);
      case 'decline':
        return this.#decline(act);
      case 'requestCorrection':
        return this.#requestCorrection(act);
      case 'answerCorrection':
        return this.#answerCorrection();
      case 'pause':
        return this.#pause(act);
      case 'resume':
        return this.#resume(act);
      case 'review':
        return this.#review(act);
      case 'approve':
        this.#opinion('approve', this.doc.step ?? '', act.by, act.text);
        this.#set({ status: 'approved' });
        return this.#happened('approved', act.by, { step: this.doc.step });
      case 'refuse':
        return this.#refuse(act);
      case 'withdraw':
        return this.#withdraw();
      case 'record':
        return this.#record(act.by);
      case 'issue': {
        const issuance = { at: act.at, by: act.by, delivery: 'window', note: null };
        this.#set({ status: 'issued', issuance, certificatesReady: true });
        return this.#happened('issued', act.by, { delivery: 'window' });
      }
      case 'archive':
        this.#set({ status: 'archived', archivedAt: act.at });
        return this.#happened('archived', act.by);
    }
  }

  #id(): string {
    this.#ids += 1;
    return createHash('sha256').update(`${this.doc._id}|${this.#ids}`).digest('hex').slice(0, 24);
  }

  #set(change: Partial<ApplicationDocument>): void {
    this.doc = { ...this.doc, ...change };
  }

  #happened(what: CaseEvent, by: Person | null, extra: Record<string, unknown> = {}): void {
    const event = caseEvent(this.#p, what, this.doc, by?.accountId ?? this.doc.initiator.accountId, extra);
    this.events.push({ ...event, id: this.#id(), at: this.#at });
  }

  #opinion(
    act: 'accept' | 'decline' | 'review' | 'approve' | 'refuse',
    step: string,
    by: Person,
    text: string,
  ) {
    const { checklist } = this.#rules.type;
    const checks =
      act === 'review' ? checklist.map(({ key }) => ({ key, result: 'same' as const, note: null })) : [];
    this.#set({ opinions: [...this.doc.opinions, { act, step, by, at: this.#at, text, checks }] });
  }

  #document(...[kind, content]: [Parameters<typeof makeDocument>[2], Parameters<typeof makeDocument>[3]]) {
    const document = makeDocument(this.#p, this.doc, kind, content);
    this.#set({ documents: [...this.doc.documents, document] });
    return document;
  }

  #submit(): void {
    const { doc } = this;
    const answerDueAt = dueAfterWorkdays(this.#rules.calendar, this.#at, 1).dueAt;
    const submission = {
      id: this.#id(),
      at: this.#at,
      hash: doc.submission?.hash ?? '',
      byAccountId: doc.initiator.accountId,
      idempotencyKey: null,
      fingerprint: '',
      answerDueAt,
    };
    this.#set({ status: 'submitted', step: null, submission });
    this.#document('submissionReceipt', {
      rows: [
        row('办件编号', 'Case number', doc.no ?? ''),
        row('申请事项', 'Application', this.#rules.type.name),
        row('不动产单元号', 'Unit code', doc.unitCodes.join('、')),
        row('提交时间', 'Submitted at', instantWords(this.#at)),
        row('最迟答复', 'Answer by', instantWords(answerDueAt)),
        row('内容指纹', 'Fingerprint of what was filed', submission.hash),
      ],
      paragraphs: [],
    });
    this.#happened('submitted', null, { answerDueAt: answerDueAt.toISOString() });
  }

  #accept(by: Person): void {
    const { type, calendar } = this.#rules;
    const at = this.#at;
    const clockEvents: ClockEvent[] = [{ id: this.#id(), kind: 'accepted', at, recordedAt: at }];
    const deadline = deadlineOf(clockEvents, type.limits, calendar, at);
    const { promised, statutory } = deadline ?? {};
    const receipt = this.#document('acceptanceReceipt', {
      rows: [
        row('受理编号', 'Case number', this.doc.no ?? ''),
        row('申请事项', 'Application', type.name),
        row('不动产单元号', 'Unit code', this.doc.unitCodes.join('、')),
        row('受理时间', 'Accepted at', instantWords(at)),
        row('承诺办结', 'Promised by', instantWords(new Date(promised?.dueAt ?? at))),
        row('法定期限', 'Statutory limit', instantWords(new Date(statutory?.dueAt ?? at))),
        row('查询码', 'Query code', queryCode(this.#p, this.doc)),
      ],
      paragraphs: [],
    });
    const acceptance: Acceptance = {
      at,
      by,
      receiptNo: receipt.no,
      promisedDueOn: promised?.dueOn ?? '',
      statutoryDueOn: statutory?.dueOn ?? '',
      queryCode: queryCode(this.#p, this.doc),
      calendarVersion: calendar.version,
      orders: [],
    };
    this.#opinion('accept', 'acceptance', by, '');
    const [first] = stepsAfter(null, type);
    this.#set({ status: 'accepted', step: first?.key ?? null, handler: null, acceptance, clockEvents });
    const { promisedDueOn, statutoryDueOn } = acceptance;
    this.#happened('accepted', by, { promisedDueOn, statutoryDueOn });
  }

  #decline({ by, reason, facts, goTo }: Act<'decline'>): void {
    const [words, basis] = DECLINE_WORDS[reason];
    this.#document('declineNotice', {
      rows: [
        row('办件编号', 'Case number', this.doc.no ?? ''),
        row('不予受理的理由', 'Reason', words),
        row('事实', 'Facts', facts),
        row('依据', 'Legal basis', basis),
        ...(goTo ? [row('可以到哪里办理', 'Where to apply', goTo)] : []),
      ],
      paragraphs: [],
    });
    this.#opinion('decline', 'acceptance', by, facts);
    this.#set({ status: 'declined', handler: null, decision: { reason, facts, at: this.#at, by, goTo } });
    this.#happened('declined', by, { reason });
  }

  #requestCorrection({ by, defects, dueOn }: Act<'requestCorrection'>): void {
    const before = this.doc.status === 'submitted';
    const kind = before ? 'correction' : 'supplement';
    const correction = {
      id: this.#id(),
      kind,
      defects,
      requestedAt: this.#at,
      dueOn,
      by,
      answeredAt: null,
    } as const;
    this.#document(before ? 'correctionNotice' : 'supplementNotice', {
      rows: [
        row('办件编号', 'Case number', this.doc.no ?? ''),
        row('申请事项', 'Application', this.#rules.type.name),
        ...defects.map(({ defect, remedy }, place) =>
          row(`${place + 1}.`, `${place + 1}.`, `${defect}　→　${remedy}`),
        ),
        row('请在这一天前补齐', 'Please answer by', dayWords(dueOn, this.#at)),
      ],
      paragraphs: [],
    });
    if (before) this.#set({ status: 'correction' });
    else this.#open({ reason: 'supplement', note: null, plannedEndOn: dueOn, by });
    this.#set({ corrections: [...this.doc.corrections, correction] });
    this.#happened('correctionRequested', by, { kind, count: defects.length, dueOn });
  }

  #answerCorrection(): void {
    const open = openCorrection(this.doc);
    const before = this.doc.status === 'correction';
    const { submission } = this.doc;
    if (!submission) return;
    this.#close(({ reason }) => reason === 'supplement');
    this.#set({
      ...(before ? { status: 'submitted' as const } : {}),
      earlierSubmissions: [...this.doc.earlierSubmissions, submission],
      submission: {
        ...submission,
        id: this.#id(),
        at: this.#at,
        answerDueAt: before
          ? dueAfterWorkdays(this.#rules.calendar, this.#at, 1).dueAt
          : submission.answerDueAt,
      },
      corrections: this.doc.corrections.map((one) => (one === open ? { ...one, answeredAt: this.#at } : one)),
    });
    this.#happened('correctionAnswered', null, { kind: open?.kind ?? 'correction' });
  }

  #open(order: Parameters<typeof openPause>[2]): string {
    const { pause, push } = openPause(this.#p, this.doc, order);
    const id = this.#id();
    const events = (push.clockEvents ?? []) as ClockEvent[];
    this.#set({
      pauses: [...this.doc.pauses, { ...pause, id }],
      clockEvents: [...this.doc.clockEvents, ...events.map((event) => ({ ...event, id }))],
      documents: [...this.doc.documents, ...((push.documents ?? []) as ApplicationDocument['documents'])],
    });
    return id;
  }

  #close(which: (pause: CasePause) => boolean): CasePause[] {
    const at = this.#at;
    const ended = this.doc.pauses.filter((pause) => pause.to === null && which(pause));
    const resumed = ended.map(({ id: pauseId }) => ({
      id: this.#id(),
      kind: 'resumed' as const,
      at,
      recordedAt: at,
      pauseId,
    }));
    this.#set({
      pauses: this.doc.pauses.map((pause) => (ended.includes(pause) ? { ...pause, to: at } : pause)),
      clockEvents: [...this.doc.clockEvents, ...resumed],
    });
    return ended;
  }

  #pause({ by, reason, note, plannedEndOn }: Act<'pause'>): void {
    const pauseId = this.#open({ reason, note, plannedEndOn, by });
    this.#happened('paused', by, { reason, plannedEndOn, pauseId });
  }

  #resume({ by, text }: Act<'resume'>): void {
    const reasons = this.#close(({ reason }) => reason !== 'supplement').map(({ reason }) => reason);
    this.#happened('resumed', by, { reasons, note: text });
  }

  #review({ by, text }: Act<'review'>): void {
    const { step } = this.doc;
    const [next] = stepsAfter(step, this.#rules.type);
    this.#opinion('review', step ?? '', by, text);
    this.#set({ status: 'reviewing', step: next?.key ?? step, handler: null });
    this.#happened('reviewed', by, { step, next: next?.key ?? null });
  }

  /** The clock stops, and no pause stays open. */
  #stop(): void {
    this.#close(() => true);
    const running = this.doc.clockEvents.some(({ kind }) => kind === 'accepted');
    if (!running) return;
    const stopped = { id: this.#id(), kind: 'stopped' as const, at: this.#at, recordedAt: this.#at };
    this.#set({ clockEvents: [...this.doc.clockEvents, stopped] });
  }

  #refuse({ by, reason, facts }: Act<'refuse'>): void {
    const [words, basis] = REFUSAL_WORDS[reason];
    this.#document('refusalNotice', {
      rows: [
        row('办件编号', 'Case number', this.doc.no ?? ''),
        row('不予登记的理由', 'Reason', words),
        row('事实', 'Facts', facts),
        row('依据', 'Legal basis', basis),
      ],
      paragraphs: [],
    });
    this.#opinion('refuse', this.doc.step ?? '', by, facts);
    this.#stop();
    this.#set({
      status: 'refused',
      handler: null,
      decision: { reason, facts, at: this.#at, by, goTo: null },
    });
    this.#happened('refused', by, { reason });
  }

  #withdraw(): void {
    const at = this.#at;
    const signed = this.doc.parties.filter(({ signs }) => signs).map(({ id }) => id);
    this.#document('withdrawalConfirmation', {
      rows: [
        row('办件编号', 'Case number', this.doc.no ?? ''),
        row('撤回时间', 'Withdrawn at', instantWords(at)),
      ],
      paragraphs: [],
    });
    this.#stop();
    this.#set({
      status: 'withdrawn',
      handler: null,
      withdrawal: {
        state: 'done',
        askedAt: at,
        askedByParty: signed[0] ?? '',
        reason: null,
        agreed: signed,
        decidedAt: at,
      },
    });
    this.#happened('withdrawn', null, { on: legalDayOf(at) });
  }

  /** The entry itself came over with the register: no number is claimed for it here. */
  #record(by: Person): void {
    const at = this.#at;
    const units = this.doc.unitCodes.map((unitCode) => ({
      unitCode,
      revision: 1,
      entryId: this.#id(),
      certificateNumbers: [],
    }));
    this.#stop();
    this.#set({ status: 'registered', handler: null, registration: { at, by, units } });
    this.#happened('registered', by, { registeredAt: at.toISOString(), certificateNumbers: [] });
  }
}
