import type { BusinessType } from '../catalogue/index.ts';
import type { ApplicationDocument, Bilingual } from './application.model.ts';
import type { CaseEventEntry } from './timeline.ts';
import type { TimelineEntry } from './contract.ts';
import type { CaseEvent } from './events.ts';
import { stoppingPauses, switchesLimit, type LimitSwitch } from './limit-switch.ts';
import { deemedAcceptance, openCorrection } from './policy.ts';
import { isSeizurePause } from './seizure.ts';
import { isPending } from './transitions.ts';
import type { PauseReason } from './vocabulary.ts';
import { dayWords, fill, instantWords, PAUSE_WORDS } from './wording.ts';

/** 办到哪一步: what happened, what is happening and who acts, what comes next and by when. Pure. */

interface Line {
  title: Bilingual;
  detail?: Bilingual;
  /** Kept from applicants: who takes a case from the list is the office's own affair. */
  internal?: true;
}

type Data = CaseEventEntry['data'];
type Words = (data: Data, context: TimelineContext) => Line;

export interface TimelineContext {
  doc: ApplicationDocument;
  type: BusinessType;
  /** Names of accounts that acted; of staff in full, of applicants as the reader may see them. */
  names: ReadonlyMap<string, string>;
  /** `initiator` fills in and answers for the others; a `party` who is not the initiator has nothing to hand in. */
  audience: 'initiator' | 'party' | 'staff';
  /** Latest instant of each step inside the promise; null while paused. */
  stageDue: ReadonlyMap<string, Date | null>;
  now: Date;
}

const say = (zh: string, en: string): Bilingual => ({ zh, en });
const line = (zh: string, en: string, detail?: Bilingual): Line =>
  detail ? { title: say(zh, en), detail } : { title: say(zh, en) };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function stepLabel(type: BusinessType, key: unknown): Bilingual {
  return type.steps.find((step) => step.key === key)?.label ?? say('审核', 'Review');
}

function pauseWords(reason: unknown) {
  return PAUSE_WORDS[text(reason) as PauseReason] ?? PAUSE_WORDS.inquiry;
}

const until = (day: unknown, now: Date, zh: string, en: string): Bilingual | undefined =>
  typeof day === 'string' && day !== '' ? fill(say(zh, en), { day: dayWords(day, now) }) : undefined;

const fromTo = (from: unknown, to: unknown, now: Date): Bilingual | undefined =>
  typeof from === 'string' && typeof to === 'string' && from !== '' && to !== ''
    ? fill(say('原来 {from}，现在 {to}', 'Before: {from}; now: {to}'), {
        from: dayWords(from, now),
        to: dayWords(to, now),
      })
    : undefined;

const CORRECTION_ASKED = {
  initiator: ['要您补材料', 'Corrections are needed from you'],
  party: ['对方要补材料，您不用操作', 'The other side has to add something; you need do nothing'],
  staff: ['要求申请人补材料', 'Corrections are asked of the applicants'],
} as const satisfies Record<TimelineContext['audience'], readonly [string, string]>;
const CORRECTION_ANSWERED = {
  initiator: ['您已补齐', 'You have answered'],
  party: ['对方已补齐', 'The other side has answered'],
  staff: ['申请人已补齐', 'The applicants have answered'],
} as const satisfies Record<TimelineContext['audience'], readonly [string, string]>;
const CORRECTION_AWAITED = {
  initiator: say('等您补材料', 'Waiting for what you have to add'),
  party: say('等对方补材料，您不用操作', 'Waiting for the other side; you need do nothing'),
  staff: say('等申请人补材料', 'Waiting for the applicants'),
} as const satisfies Record<TimelineContext['audience'], Bilingual>;

/** 查封规定23: said of a pause that an authority's order brought. */
const STOPPED_BY_SEIZURE = say(
  '查封机关的文书已经送达，办理依法停下；解封或者文书退回后恢复，会告诉您',
  'An order to seize the property has been served, so work has stopped by law; you will be told when it goes on',
);

const SWITCHED = say(
  '{label}：原来的承诺不再适用，改按法定期限办理',
  '{label}: the promise no longer applies; the legal limit does, and it runs on',
);
const SWITCHED_LATER = say(
  '经批准补记{label}：原来的承诺不再适用，改按法定期限办理',
  '{label}, entered later with approval: the promise no longer applies; the legal limit does, and it runs on',
);
const switchedTo = (switched: unknown, now: Date): Bilingual | undefined =>
  until((switched as LimitSwitch | undefined)?.dueOn, now, '法定期限到 {day}', 'Legal limit: {day}');

const WORDS = {
  consentRequested: () =>
    line(
      '已请其他申请人确认',
      'The other applicants were asked to confirm',
      say('等他们看过内容并签名', 'They read the content and sign'),
    ),
  consentSigned: () => line('一位申请人已确认并签名', 'An applicant confirmed and signed'),
  consentDeclined: () =>
    line(
      '一位申请人没有同意',
      'An applicant did not agree',
      say('可以修改后再请对方确认', 'You can change it and ask again'),
    ),
  consentVoided: () =>
    line(
      '内容改过，之前的签名作废',
      'The content changed; earlier signatures no longer count',
      say('要重新请对方确认', 'The others must confirm again'),
    ),
  submitted: ({ answerDueAt }, { now }) =>
    line(
      '已提交',
      'Submitted',
      typeof answerDueAt === 'string'
        ? fill(say('最迟 {at} 答复是否受理', 'Acceptance is answered by {at}'), {
            at: instantWords(new Date(answerDueAt), now),
          })
        : undefined,
    ),
  correctionRequested: ({ kind, dueOn, count }, { now, audience }) => {
    const [zh, en] = CORRECTION_ASKED[audience];
    const paused = kind === 'supplement';
    return line(
      paused ? `${zh}，计时暂停` : zh,
      paused ? `${en}; the clock stands still` : en,
      audience === 'initiator'
        ? until(dueOn, now, `请在 {day} 前补 ${String(count)} 样`, `Answer ${String(count)} items by {day}`)
        : until(dueOn, now, `{day} 前补 ${String(count)} 样`, `${String(count)} items by {day}`),
    );
  },
  correctionAnswered: ({ kind, resumed }, { audience }) => {
    const [zh, en] = CORRECTION_ANSWERED[audience];
    // After the term the clock ran already.
    const runsAgain = kind === 'supplement' && resumed !== false;
    return line(zh, en, runsAgain ? say('计时恢复', 'The clock runs again') : undefined);
  },
  correctionLapsed: () =>
    line(
      '要补的材料到期没有补齐，这一次没有受理',
      'Not corrected in time: not accepted this time',
      say('备齐后可以随时重新申请', 'You may file again at any time'),
    ),
  declined: () =>
    line(
      '没有受理',
      'Not accepted',
      say('原因和去哪办，见不予受理告知书', 'The notice says why, and where to go'),
    ),
  accepted: ({ promisedDueOn }, { now }) =>
    line(
      '已受理，开始计时',
      'Accepted; the clock has started',
      until(promisedDueOn, now, '承诺 {day}办结', 'Promised by {day}'),
    ),
  acceptedByLaw: ({ promisedDueAt }, { now }) =>
    line(
      '答复期限已过，依法视为受理，开始计时',
      'The time to answer has passed: accepted by law, and the clock has started',
      typeof promisedDueAt === 'string'
        ? fill(say('承诺 {at} 前办结', 'Promised by {at}'), {
            at: instantWords(new Date(promisedDueAt), now),
          })
        : undefined,
    ),
  claimed: () => ({ ...line('已领取', 'Taken'), internal: true }),
  released: () => ({ ...line('已退回待领', 'Given back'), internal: true }),
  paused: ({ reason, plannedEndOn, causedBy, switched }, { now, type }) => ({
    title: fill(
      switchesLimit(type, text(reason) as PauseReason)
        ? SWITCHED
        : say('办理时间暂停：{label}', 'Time stands still: {label}'),
      { label: pauseWords(reason).label },
    ),
    detail:
      switchedTo(switched, now) ??
      until(plannedEndOn, now, '预计到 {day}', 'Expected until {day}') ??
      (causedBy ? STOPPED_BY_SEIZURE : pauseWords(reason).citizen),
  }),
  pauseAsked: ({ reason }) => ({
    ...line(
      '已申请暂停计时，等批准',
      'A pause was asked for and waits for approval',
      pauseWords(reason).label,
    ),
    internal: true,
  }),
  pauseRefused: () => ({ ...line('没有同意暂停计时', 'The pause was not approved'), internal: true }),
  pauseRecorded: ({ reason, from, to, switched }, { now, type }) => ({
    title: fill(
      switchesLimit(type, text(reason) as PauseReason)
        ? SWITCHED_LATER
        : say('经批准补记暂停：{label}', 'A pause was entered later, with approval: {label}'),
      { label: pauseWords(reason).label },
    ),
    detail:
      switchedTo(switched, now) ??
      fill(
        to
          ? say('从 {from} 到 {to} 不计时间', 'From {from} to {to} time does not count')
          : say('从 {from} 起不计时间', 'From {from} on time does not count'),
        {
          from: instantWords(new Date(text(from)), now),
          to: to ? instantWords(new Date(text(to)), now) : say('', ''),
        },
      ),
  }),
  resumed: ({ reasons }, { type }) => {
    const ended = (Array.isArray(reasons) ? reasons : []) as PauseReason[];
    const ran = ended.length > 0 && ended.every((reason) => switchesLimit(type, reason));
    // Nothing stood still, so nothing runs again.
    if (ran)
      return { title: fill(say('{label}结束', '{label}: over'), { label: pauseWords(ended[0]).label }) };
    return line('恢复计时', 'The clock runs again');
  },
  extensionAsked: () => ({ ...line('已申请延长办理期限', 'An extension was asked for'), internal: true }),
  extensionRefused: () => ({ ...line('没有同意延长', 'The extension was not approved'), internal: true }),
  extended: ({ days, oldDueOn, newDueOn }, { now }) =>
    line(
      `经批准延长 ${String(days)} 个工作日`,
      `Extended by ${String(days)} working days, with approval`,
      fromTo(oldDueOn, newDueOn, now),
    ),
  deadlineMoved: ({ oldDueOn, newDueOn }, { now }) =>
    line(
      '放假安排有变，办结日期重新算过',
      'The calendar changed; the due day was worked out again',
      fromTo(oldDueOn, newDueOn, now),
    ),
  answerMoved: ({ oldDueOn, newDueOn }, { now }) =>
    line(
      '放假安排有变，答复日期重新算过',
      'The calendar changed; the day of the answer was worked out again',
      fromTo(oldDueOn, newDueOn, now),
    ),
  promiseShortened: ({ oldDueOn, newDueOn }, { now }) =>
    line(
      '承诺时限缩短了，办结日期提前',
      'The promise is shorter now; the due day is earlier',
      fromTo(oldDueOn, newDueOn, now),
    ),
  promiseDecided: ({ oldDueOn, newDueOn }, { now }) =>
    line(
      '经负责人决定，这一件改用新的承诺时限',
      'By decision, the newer promise applies to this case',
      fromTo(oldDueOn, newDueOn, now),
    ),
  reviewed: ({ step }, { type }) => ({
    title: fill(say('{step}通过', '{step} passed'), { step: stepLabel(type, step) }),
  }),
  approved: () => line('核定通过', 'Approved', say('接着记入登记簿', 'It is recorded in the register next')),
  refused: () =>
    line(
      '不予登记',
      'Registration refused',
      say('理由、复议和起诉的期限，见告知书', 'The notice gives the reasons and how to appeal'),
    ),
  withdrawalRequested: () =>
    line(
      '有人申请撤回',
      'A withdrawal was asked for',
      say('要其他申请人都同意', 'All other applicants must agree'),
    ),
  withdrawalRefused: () =>
    line('有申请人不同意撤回', 'An applicant did not agree to withdraw', say('继续办理', 'Work goes on')),
  withdrawn: () => line('已撤回', 'Withdrawn'),
  recordingStarted: () => ({ ...line('正在登簿', 'Being recorded'), internal: true }),
  recordingTurnedBack: () => ({
    ...line('登簿没有完成，原因已记入', 'Recording was turned back; the reason is noted'),
    internal: true,
  }),
  registered: () =>
    line('已记入登记簿', 'Recorded in the register', say('登记从此生效', 'The registration takes effect')),
  issued: ({ delivery }) =>
    line(
      '可领证',
      'Ready',
      delivery === 'electronic' ? say('电子证照已生成', 'The electronic certificate is there') : undefined,
    ),
  archived: () => line('已归档', 'Archived'),
} as const satisfies Record<CaseEvent, Words>;

function happened(event: CaseEventEntry, context: TimelineContext): TimelineEntry[] {
  const name = event.type.replace(/^applications\./, '') as CaseEvent;
  const words: Words | undefined = WORDS[name];
  const made = words?.(event.data, context);
  if (!made || (made.internal && context.audience !== 'staff')) return [];
  const { title, detail = null } = made;
  const actor = event.actorId === null ? null : context.names.get(event.actorId);
  return [
    {
      id: event.id,
      kind: name,
      state: 'done',
      title,
      detail,
      at: event.at.toISOString(),
      until: null,
      who: actor ? { zh: actor, en: actor } : null,
    },
  ];
}

const OFFICE = say('登记机构', 'The registration office');
const YOU = say('申请人', 'The applicants');

function entry(
  id: string,
  state: TimelineEntry['state'],
  title: Bilingual,
  {
    detail = null,
    due = null,
    who = null,
  }: { detail?: Bilingual | null; due?: Date | null; who?: Bilingual | null } = {},
): TimelineEntry {
  return { id, kind: id, state, title, detail, at: null, until: due?.toISOString() ?? null, who };
}

/** What is going on now, in one line: whoever has to act stands in `who`. */
function current({ doc, type, stageDue, audience, now }: TimelineContext): TimelineEntry | null {
  const { status, submission } = doc;
  if (doc.withdrawal?.state === 'asked') {
    return entry(
      'waitWithdrawal',
      'current',
      say('等其他申请人同意撤回', 'Waiting for the others to agree to withdraw'),
      { who: YOU },
    );
  }
  if (status === 'waitingConsent') {
    return entry('waitConsent', 'current', say('等各方确认', 'Waiting for everybody to confirm'), {
      who: YOU,
    });
  }
  if (status === 'submitted') {
    return entry('preReview', 'current', say('正在看材料', 'The materials are being read'), {
      // Past it, the time to answer is over and what runs is the promise.
      due: submission && submission.answerDueAt >= now ? submission.answerDueAt : null,
      who: OFFICE,
    });
  }
  if (status === 'correction' || openCorrection(doc)) {
    return entry('waitCorrection', 'current', CORRECTION_AWAITED[audience], {
      who: YOU,
    });
  }
  const [pause] = stoppingPauses(doc, type);
  if (isPending(status) && pause) {
    const { label, citizen } = PAUSE_WORDS[pause.reason];
    return entry('paused', 'current', label, {
      detail: isSeizurePause(pause) ? STOPPED_BY_SEIZURE : citizen,
      who: pause.reason.startsWith('wait') ? YOU : OFFICE,
    });
  }
  if (status === 'approved' || status === 'registering') {
    return entry('recording', 'current', say('正在登簿', 'Being recorded'), {
      who: OFFICE,
      due: stageDue.get('approval') ?? null,
    });
  }
  if (status === 'accepted' || status === 'reviewing') {
    const step = type.steps.find(({ key }) => key === doc.step);
    const title = fill(say('正在{step}', 'Now: {step}'), { step: step?.label ?? say('审核', 'review') });
    const handler = doc.handler ? say(doc.handler.name, doc.handler.name) : OFFICE;
    return entry(doc.step ?? 'review', 'current', title, {
      due: stageDue.get(doc.step ?? '') ?? null,
      who: handler,
    });
  }
  if (status === 'registered') {
    return entry('certifying', 'current', say('正在制证', 'The certificate is being made'), { who: OFFICE });
  }
  return null;
}

/** By law the clock runs already once the time to answer is over; the receipt is still to be written. */
const acceptanceToCome = (doc: TimelineContext['doc'], now: Date): Bilingual =>
  doc.status === 'submitted' && deemedAcceptance(doc, now)
    ? say('补办受理手续，出受理凭证', 'The receipt of acceptance is written')
    : say('受理，开始计时', 'Acceptance; the clock starts');

/** The steps still to come, each with its own latest time inside the promise. */
function coming({ doc, type, stageDue, now }: TimelineContext): TimelineEntry[] {
  const { status } = doc;
  const before = status === 'submitted' || status === 'correction';
  if (!before && !isPending(status) && status !== 'registering') return [];
  const inside = type.steps.filter(({ kind }) => kind === 'review' || kind === 'approval');
  const place = before
    ? -1
    : status === 'accepted' || status === 'reviewing'
      ? inside.findIndex(({ key }) => key === doc.step)
      : inside.length;
  const steps = inside
    .slice(place + 1)
    .map(({ key, label }) => entry(key, 'coming', label, { due: stageDue.get(key) ?? null, who: OFFICE }));
  const accept = before ? [entry('accept', 'coming', acceptanceToCome(doc, now), { who: OFFICE })] : [];
  const results =
    type.results.length > 0
      ? [entry('issue', 'coming', say('领证', 'Collect the certificate'), { who: YOU })]
      : [];
  return [...accept, ...steps, ...results];
}

export function timelineOf(events: readonly CaseEventEntry[], context: TimelineContext): TimelineEntry[] {
  const now = current(context);
  const ahead = [...(now ? [now] : []), ...coming(context)].map((one) => withoutPast(one, context.now));
  return [...events.flatMap((event) => happened(event, context)), ...ahead];
}

/** A latest time that has gone by is no promise any more; the page says elsewhere that the case is late. */
function withoutPast(one: TimelineEntry, now: Date): TimelineEntry {
  return one.until !== null && new Date(one.until) < now ? { ...one, until: null } : one;
}
