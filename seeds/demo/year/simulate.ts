import { dayNumberOf, toLegalDay, type Calendar } from '../../../backend/modules/clock/index.ts';
import type { DemoType } from '../cases/answers.ts';
import { Agenda } from './agenda.ts';
import { arrivalsOf } from './arrivals.ts';
import {
  CORRECTED,
  CORRECTION_UNANSWERED,
  DECLINED,
  OPEN_PART,
  REFUSED,
  STOPS,
  WITHDRAWN,
  WORK,
  YEAR_CASES,
  type OfficeId,
  type Post,
} from './bureau.ts';
import { clerksOf, type Clerk } from './clerks.ts';
import { createDraws, type Draws } from './draws.ts';
import { officeTime, type OfficeTime } from './office-time.ts';

/**
 * A year of a bureau, minute by minute: cases come in, queue for a hall's clerks, are worked on, stopped and taken up again. What is
 * late is late because too many came, or too few were there. Deterministic by seed.
 */

/** `at` in milliseconds: three quarters of a million dates would keep the collector busy. */
export type PlannedAct = { at: number } & (
  | { act: 'submit' | 'answerCorrection' | 'withdraw' }
  | {
      act:
        | 'claim'
        | 'accept'
        | 'decline'
        | 'review'
        | 'approve'
        | 'refuse'
        | 'record'
        | 'issue'
        | 'archive'
        | 'resume';
      clerk: string;
    }
  | { act: 'requestCorrection'; clerk: string; dueOn: string }
  | { act: 'pause'; clerk: string; reason: 'waitTax' | 'inquiry' | 'siteCheck'; plannedEndOn: string }
);

export interface PlannedCase {
  /** From 0, in order of submission. */
  n: number;
  type: DemoType;
  office: OfficeId;
  acts: PlannedAct[];
}

export interface YearPlan {
  cases: PlannedCase[];
  clerks: Clerk[];
}

export interface YearOptions {
  calendar: Calendar;
  /** Nothing happens after this. */
  now: Date;
  seed?: number;
  /** Of all cases, finished and open; fewer make a shorter history, not an emptier office. */
  count?: number;
}

const SEED = 20261128;
const YEAR_DAYS = 365;
const DAY_MS = 86_400_000;
/** Promised office minutes, as everybody at a desk knows them: who comes first is judged by it. */
const PROMISED: Readonly<Record<DemoType, number>> = {
  ZY02: 1_260,
  DY01: 420,
  BG01: 420,
  DY06: 60,
  CF01: 60,
};

interface Moving extends PlannedCase {
  post: Post;
  enteredAt: number;
  dueAt: number;
  stopped: boolean;
}

type Happening =
  | { kind: 'arrives'; one: Moving }
  | { kind: 'done'; clerk: Clerk; one: Moving }
  | { kind: 'free'; clerk: Clerk }
  | { kind: 'goesOn'; clerk: Clerk | null; one: Moving };

class Bureau {
  readonly #agenda = new Agenda<Happening>();
  readonly #queues = new Map<string, Moving[]>();
  /** Stopped cases that came back: who had them goes on with them. */
  readonly #own = new Map<string, Moving[]>();
  readonly #idle = new Set<Clerk>();
  readonly #draws: Draws;
  readonly #time: OfficeTime;
  readonly #clerks: readonly Clerk[];
  readonly #now: Date;

  constructor(draws: Draws, time: OfficeTime, clerks: readonly Clerk[], now: Date) {
    this.#draws = draws;
    this.#time = time;
    this.#clerks = clerks;
    this.#now = now;
    for (const clerk of clerks) if (clerk.post !== 'issuance') this.#agenda.add(0, { kind: 'free', clerk });
  }

  enters(one: Moving): void {
    this.#agenda.add(this.#time.fromInstant(new Date(one.acts[0]!.at)), { kind: 'arrives', one });
  }

  async run(): Promise<void> {
    const end = this.#time.fromInstant(this.#now);
    for (let steps = 1; ; steps += 1) {
      const next = this.#agenda.next(end);
      if (!next) return;
      this.#happens(next.minute, next.what);
      // The office goes on serving requests meanwhile.
      if (steps % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #happens(minute: number, what: Happening): void {
    switch (what.kind) {
      case 'arrives':
        return this.#queueFor(what.one, 'acceptance', minute);
      case 'goesOn': {
        what.one.stopped = false;
        if (!what.clerk) return this.#queueFor(what.one, 'acceptance', minute);
        this.#own.set(what.clerk.key, [...(this.#own.get(what.clerk.key) ?? []), what.one]);
        return this.#wake(what.clerk, minute);
      }
      case 'free': {
        const away = what.clerk.away.find(({ from, to }) => from <= minute && minute < to);
        if (away) return this.#agenda.add(away.to, what);
        this.#idle.add(what.clerk);
        return this.#wake(what.clerk, minute);
      }
      case 'done':
        return this.#done(what.clerk, what.one, minute);
    }
  }

  #act(one: Moving, minute: number, act: { act: PlannedAct['act'] } & Record<string, unknown>): void {
    this.#actAt(one, this.#time.toInstant(minute).getTime(), act);
  }

  /** Nothing happens before what came before it, nor after now. */
  #actAt(one: Moving, at: number, act: { act: PlannedAct['act'] } & Record<string, unknown>): void {
    const last = one.acts[one.acts.length - 1]?.at ?? 0;
    act.at = Math.max(at, last + 1_000);
    if ((act.at as number) < this.#now.getTime()) one.acts.push(act as unknown as PlannedAct);
  }

  #queueFor(one: Moving, post: Post, minute: number): void {
    one.post = post;
    one.enteredAt = minute;
    const key = `${one.office}|${post}`;
    const queue = this.#queues.get(key) ?? [];
    queue.push(one);
    this.#queues.set(key, queue);
    for (const clerk of this.#idle) {
      if (clerk.office === one.office && clerk.post === post) return this.#wake(clerk, minute);
    }
  }

  /** Mostly what breaks first; sometimes what came first, sometimes what is quickly done. */
  #take(clerk: Clerk): { one: Moving; own: boolean } | null {
    const own = this.#own.get(clerk.key);
    const resumed = own?.shift();
    if (resumed) return { one: resumed, own: true };
    const queue = this.#queues.get(`${clerk.office}|${clerk.post}`);
    if (!queue || queue.length === 0) return null;
    const how = this.#draws.unit();
    const weight = (one: Moving): number => {
      if (how < 0.72) return one.dueAt;
      return how < 0.92 ? one.enteredAt : (WORK[one.type][clerk.post]?.[0] ?? 0);
    };
    let best = 0;
    for (let n = 1; n < queue.length; n += 1) if (weight(queue[n]!) < weight(queue[best]!)) best = n;
    return { one: queue.splice(best, 1)[0]!, own: false };
  }

  #wake(clerk: Clerk, minute: number): void {
    if (!this.#idle.has(clerk)) return;
    const taken = this.#take(clerk);
    if (!taken) return;
    const { one, own } = taken;
    this.#idle.delete(clerk);
    if (!own) this.#act(one, minute, { act: 'claim', clerk: clerk.key });
    const [median, sigma] = WORK[one.type][clerk.post] ?? [5, 0.4];
    const work = this.#draws.logNormal(median, sigma) * clerk.pace * (own ? 0.5 : 1);
    this.#agenda.add(minute + work, { kind: 'done', clerk, one });
    const rest = work * (1 / clerk.share - 1) * this.#draws.logNormal(0.9, 0.45);
    this.#agenda.add(minute + work + rest, { kind: 'free', clerk });
  }

  #done(clerk: Clerk, one: Moving, minute: number): void {
    switch (clerk.post) {
      case 'acceptance':
        return this.#accepted(clerk, one, minute);
      case 'firstReview':
      case 'secondReview':
        return this.#reviewed(clerk, one, minute);
      default:
        return this.#approved(clerk, one, minute);
    }
  }

  #days(minute: number, days: number): { minute: number; at: number } {
    const at = this.#time.toInstant(minute).getTime() + Math.round(days * DAY_MS);
    return { minute: this.#time.fromInstant(new Date(at)), at };
  }

  #planned(minute: number, days: number): string {
    return toLegalDay(dayNumberOf(this.#time.toInstant(minute)) + days);
  }

  #accepted(clerk: Clerk, one: Moving, minute: number): void {
    const draws = this.#draws;
    const corrected = one.acts.some(({ act }) => act === 'requestCorrection');
    if (!corrected && one.type !== 'CF01' && draws.chance(CORRECTED)) {
      this.#act(one, minute, {
        act: 'requestCorrection',
        clerk: clerk.key,
        dueOn: this.#planned(minute, 15),
      });
      const unanswered = draws.chance(CORRECTION_UNANSWERED);
      const answer = this.#days(minute, unanswered ? 15.6 : Math.min(14, draws.logNormal(2.5, 0.8)));
      // An answer in the evening is an answer; it waits for the office until the morning.
      this.#actAt(one, answer.at, { act: unanswered ? 'withdraw' : 'answerCorrection' });
      if (!unanswered)
        this.#agenda.add(Math.max(answer.minute, minute), { kind: 'goesOn', clerk: null, one });
      return;
    }
    if (draws.chance(DECLINED)) return this.#act(one, minute, { act: 'decline', clerk: clerk.key });
    this.#act(one, minute, { act: 'accept', clerk: clerk.key });
    // Days are counted from the day after (民法典201), hours from the minute.
    const start = PROMISED[one.type] < 420 ? minute : Math.ceil(minute / 420) * 420;
    one.dueAt = start + PROMISED[one.type];
    this.#queueFor(one, 'firstReview', minute);
  }

  #reviewed(clerk: Clerk, one: Moving, minute: number): void {
    const draws = this.#draws;
    if (clerk.post === 'firstReview' && this.#stops(clerk, one, minute)) return;
    if (draws.chance(REFUSED)) return this.#act(one, minute, { act: 'refuse', clerk: clerk.key });
    this.#act(one, minute, { act: 'review', clerk: clerk.key });
    if (draws.chance(WITHDRAWN)) return this.#act(one, minute + 1 + draws.below(120), { act: 'withdraw' });
    const second = one.type === 'ZY02' && clerk.post === 'firstReview';
    this.#queueFor(one, second ? 'secondReview' : 'registrar', minute);
  }

  #stops(clerk: Clerk, one: Moving, minute: number): boolean {
    const draws = this.#draws;
    // Who was stopped once is seldom stopped again: everything is to be said at once (一次性告知).
    const again = one.acts.some(({ act }) => act === 'resume' || act === 'answerCorrection') ? 0.06 : 1;
    const stop = STOPS[one.type].find(({ chance }) => draws.chance(chance * again));
    if (!stop) return false;
    const { reason, days, sigma, planned } = stop;
    const after = this.#days(minute, Math.max(0.1, draws.logNormal(days, sigma)));
    one.stopped = true;
    if (reason === 'supplement') {
      this.#act(one, minute, {
        act: 'requestCorrection',
        clerk: clerk.key,
        dueOn: this.#planned(minute, planned),
      });
      this.#actAt(one, after.at, { act: 'answerCorrection' });
    } else {
      const plannedEndOn = this.#planned(minute, planned);
      this.#act(one, minute, { act: 'pause', clerk: clerk.key, reason, plannedEndOn });
      this.#act(one, after.minute, { act: 'resume', clerk: clerk.key });
      // The deadline of who comes first moves with the pause.
      one.dueAt += after.minute - minute;
    }
    this.#agenda.add(after.minute, { kind: 'goesOn', clerk, one });
    return true;
  }

  #approved(clerk: Clerk, one: Moving, minute: number): void {
    const draws = this.#draws;
    this.#act(one, minute, { act: 'approve', clerk: clerk.key });
    const instant = PROMISED[one.type] < 420;
    const wait = clerk.gathers && !instant ? 210 - (minute % 210) - 1 : draws.logNormal(3, 0.7);
    const recorded = minute + Math.max(0.5, wait);
    this.#act(one, recorded, { act: 'record', clerk: clerk.key });
    const issuer = this.#clerks.find(({ office, post }) => office === one.office && post === 'issuance');
    this.#act(one, recorded + draws.logNormal(one.type === 'CF01' ? 5 : 90, 0.8), {
      act: 'issue',
      clerk: issuer?.key ?? clerk.key,
    });
  }
}

const ENDS: readonly PlannedAct['act'][] = ['decline', 'refuse', 'withdraw'];
const lastOf = ({ acts }: PlannedCase): PlannedAct => acts[acts.length - 1]!;

/** Issued files go to the archive in the order they were issued, until as many cases are open as there should be. */
function archive(cases: readonly PlannedCase[], open: number, now: number): void {
  const left = cases.filter((one) => !ENDS.includes(lastOf(one).act));
  const issued = left
    .filter((one) => lastOf(one).act === 'issue')
    .map((one) => ({ one, at: lastOf(one).at }))
    .sort((a, b) => a.at - b.at || a.one.n - b.one.n);
  const stay = Math.max(0, open - (left.length - issued.length));
  const going = Math.max(0, issued.length - stay);
  const lag = Math.max(DAY_MS, now - (issued[going]?.at ?? now));
  for (const [place, { one, at }] of issued.slice(0, going).entries()) {
    const later = at + Math.round(lag * (0.75 + 0.5 * (((place * 7) % 97) / 97)));
    const clerk = `${one.office}|issuance|1`;
    const latest = now - 1_000 - (place % 600) * 1_000;
    one.acts.push({ act: 'archive', clerk, at: Math.max(at + 1_000, Math.min(later, latest)) });
  }
}

/** The whole plan, in order of submission. Some seconds of a core for a year, in short turns. */
export async function simulateYear({
  calendar,
  now,
  seed = SEED,
  count = YEAR_CASES,
}: YearOptions): Promise<YearPlan> {
  const draws = createDraws(seed);
  const last = dayNumberOf(now);
  const first = last - Math.max(3, Math.round((YEAR_DAYS * count) / YEAR_CASES));
  const time = officeTime(calendar, first, last);
  const casesPerDay = count / Math.max(1, time.days.length);
  const clerks = clerksOf(draws, { casesPerDay, minutes: time.days.length * time.minutesPerDay });
  const arrivals = arrivalsOf(calendar, draws, { first, last, count, now });
  const bureau = new Bureau(draws, time, clerks, now);
  const cases = arrivals.map(({ at, type, office }, n): Moving => ({
    n,
    type,
    office,
    acts: [{ act: 'submit', at: at.getTime() }],
    post: 'acceptance',
    enteredAt: 0,
    dueAt: time.fromInstant(at) + 420,
    stopped: false,
  }));
  for (const one of cases) bureau.enters(one);
  await bureau.run();
  archive(cases, Math.round(count * OPEN_PART), now.getTime());
  return { cases: cases.map(({ n, type, office, acts }) => ({ n, type, office, acts })), clerks };
}
