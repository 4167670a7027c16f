/**
 * T25 on the real engine: `npx tsx test/faults/booking/run-model.ts [seeds] [steps] [first seed]`, default 500 × 1,000. A seed that
 * is red is shrunk to the shortest run of steps that still is.
 */
import fc from 'fast-check';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import type { ApplicantActor } from '../../../backend/modules/accounts/index.ts';
import { accounts } from '../../../backend/modules/accounts/account.model.ts';
import { contextOf } from '../../../backend/modules/accounts/new-account.ts';
import { bookerOf } from '../../../backend/modules/appointments/booker.ts';
import { cancelBooking } from '../../../backend/modules/appointments/cancel.ts';
import { changeSlot, forgetFull, slotCollection } from '../../../backend/modules/appointments/change-slot.ts';
import { checkInOwn } from '../../../backend/modules/appointments/check-in.ts';
import { passOffersOn } from '../../../backend/modules/appointments/clear-slot.ts';
import { confirmSeat } from '../../../backend/modules/appointments/confirm.ts';
import { seatsOfPerson } from '../../../backend/modules/appointments/locate.ts';
import { coolOf, usedOf } from '../../../backend/modules/appointments/policy.ts';
import { moveBooking } from '../../../backend/modules/appointments/reschedule.ts';
import { resolveMoves } from '../../../backend/modules/appointments/resolve-moves.ts';
import { settleDue } from '../../../backend/modules/appointments/settle-slot.ts';
import { joinLine } from '../../../backend/modules/appointments/wait.ts';
import { schedules } from '../../../backend/modules/appointments/schedule.model.ts';
import { forgetSchedules } from '../../../backend/modules/appointments/get-schedule.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { installCrashPoints, type CrashPoints } from '../recording-crash-points.ts';
import { openFreshPlatform } from '../support/fresh-platform.ts';
import { Model, type ModelSeat, type ModelWindow } from './model.ts';
import { makeWindow, newBookingId, prepareHall, refusalOf, tryTake, wrongs } from './windows.ts';

const MINUTE = 60_000;
const BEGIN = new Date('2026-10-12T00:00:00Z').getTime();
const PEOPLE = 7;
const SERVICES = ['transfer', 'mortgage', 'rename'] as const;
const RULES = { most: 2, coolMinutes: 30, offerMinutes: 30 };

const ACTS = [
  'claim',
  'claim',
  'claim',
  'retry',
  'hold',
  'confirm',
  'cancel',
  'cancel',
  'move',
  'move',
  'crashMove',
  'join',
  'tick',
  'close',
  'reopen',
  'grow',
  'shrink',
  'checkIn',
  'settle',
] as const;

export interface Step {
  act: (typeof ACTS)[number];
  person: number;
  window: number;
  x: number;
}

export const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...ACTS),
  person: fc.nat(PEOPLE - 1),
  window: fc.nat(3),
  x: fc.nat(999),
});

/** The same platform, standing at the model's moment. */
const at = (p: Platform, now: number): Platform => ({ ...p, time: { now: () => new Date(now) } });

const actorOf = (n: number): ApplicantActor =>
  ({
    accountId: String(n).padStart(24, '0'),
    personIndex: `model-${n}`,
    organisation: null,
    kind: 'citizen',
  }) as unknown as ApplicantActor;

export interface ModelRun {
  p: Platform;
  points: CrashPoints;
}

export async function openModel(name: string): Promise<ModelRun & { close(): Promise<void> }> {
  const { p, close } = await openFreshPlatform(name, pino({ level: 'silent' }));
  await prepareModel(p);
  const points = installCrashPoints(name);
  return {
    p,
    points,
    async close() {
      points.uninstall();
      await close();
    },
  };
}

export async function prepareModel(p: Platform): Promise<void> {
  await prepareHall(p);
  await schedules(p).collection.updateMany(
    {},
    {
      $set: { 'content.rules.coolMinutes': { least: RULES.coolMinutes, most: RULES.coolMinutes } },
    },
  );
  forgetSchedules(p);
  await openAccounts(p);
}

/** Who took a seat from the line is looked up when they come: their age may put them ahead. */
async function openAccounts(p: Platform): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, n) => {
    const { accountId: _id, personIndex } = actorOf(n);
    const kept = (text: string, field: 'idNumber' | 'phone') =>
      p.crypto.fields.encrypt(text, contextOf(_id, field));
    return {
      _id: _id as never,
      kind: 'citizen',
      status: 'active',
      name: `model ${n}`,
      idNumber: kept('', 'idNumber'),
      idIndex: personIndex,
      personKey: `citizen:${personIndex}`,
      phone: kept('', 'phone'),
      phoneIndex: personIndex,
      organisationId: null,
      identityChecks: [],
    };
  });
  await accounts(p).collection.insertMany(people as never);
}

/** Runs the steps on both. Resolves with what differs, null when nothing does. */
export async function runSteps(run: ModelRun, steps: readonly Step[]): Promise<string | null> {
  const { p } = run;
  await slotCollection(p).deleteMany({});
  await p.database.connection.collection('tickets').deleteMany({});
  const first = at(p, BEGIN - 1);
  const windows: ModelWindow[] = [];
  for (const [n, cap] of [1, 2, 3, 2].entries()) {
    const hour = 9 + n * 2;
    const id = await makeWindow(first, `2026-10-12 ${String(hour).padStart(2, '0')}:00`, cap);
    const start = BEGIN + (hour - 8) * 60 * MINUTE;
    windows.push({
      id,
      start,
      end: start + 30 * MINUTE,
      cap,
      open: true,
      settled: false,
      seats: [],
      cool: [],
      wait: [],
    });
  }
  // The same windows in another history: what was full a moment ago is not now.
  for (const { id } of windows) forgetFull(p, id);
  const model = new Model(BEGIN, windows, RULES);
  for (const [n, step] of steps.entries()) {
    const wrong = (await takeStep(run, model, step)) ?? (await compare(p, model));
    if (wrong) return `step ${n} ${JSON.stringify(step)}: ${wrong}`;
  }
  return (await wrongs(p))[0] ?? null;
}

/** A refusal must be true, a success must be possible. */
function judge(code: string, reasons: readonly string[]): string | null {
  // A history is played faster than fingers are; nothing was done.
  if (code === 'appointments.too_fast') return null;
  if (code === 'none') return reasons.length === 0 ? null : `allowed in spite of ${reasons.join(', ')}`;
  return reasons.includes(code)
    ? null
    : `refused with ${code}, the model knows of ${reasons.join(', ') || 'nothing'}`;
}

function pickSeat(model: Model, { person, x }: Step): { window: ModelWindow; seat: ModelSeat } | null {
  const own = model.windows.flatMap((window) =>
    window.seats
      .filter((seat) => seat.person === person && !window.settled)
      .map((seat) => ({ window, seat })),
  );
  return own[x % Math.max(1, own.length)] ?? null;
}

async function takeStep(run: ModelRun, model: Model, step: Step): Promise<string | null> {
  const p = at(run.p, model.now);
  const window = model.windows[step.window]!;
  const service = step.x % SERVICES.length;
  const actor = actorOf(step.person);
  const { person } = bookerOf(p, actor);
  const seated = pickSeat(model, step);
  switch (step.act) {
    case 'claim':
    case 'hold': {
      const id = newBookingId();
      const until = step.act === 'hold' ? model.now + 5 * MINUTE : null;
      const reasons = model.claimReasons(window, step.person, service);
      const wish = {
        id,
        person,
        service: SERVICES[service]!,
        ...(until ? { heldUntil: new Date(until) } : {}),
      };
      const answer = await tryTake(p, window.id, wish);
      const wrong = judge(answer.ok ? 'none' : answer.code, reasons);
      if (!wrong && answer.ok)
        model.claim(window, { r: id, person: step.person, service, s: until ? 'H' : 'C', x: until });
      return wrong;
    }
    case 'retry': {
      if (!seated || seated.window.start <= model.now || !seated.window.open) return null;
      const answer = await tryTake(p, seated.window.id, {
        id: seated.seat.r,
        person,
        service: SERVICES[seated.seat.service]!,
      });
      // A seat that was moved has another id; its booking's id takes no second one.
      return answer.ok ? (answer.again ? null : 'a second seat was taken') : null;
    }
    case 'confirm': {
      if (!seated || seated.seat.s !== 'H') return null;
      const order = { b: seated.seat.r, actorId: null };
      const confirmed = (await confirmSeat(p, seated.window.id, order)) === 'confirmed';
      const { open, start } = seated.window;
      const possible = open && start > model.now && seated.seat.x! > model.now;
      if (confirmed) Object.assign(seated.seat, { s: 'C', x: null });
      return confirmed === possible ? null : `confirmed ${confirmed}, possible ${possible}`;
    }
    case 'cancel': {
      if (!seated) return null;
      const { seat, window: from } = seated;
      const code = await refusalOf(cancelBooking(p, { id: seat.r, person, actorId: null }));
      const wrong = judge(code, from.start <= model.now || seat.s === 'A' ? ['appointments.begun'] : []);
      if (!wrong && code === 'none') model.giveUp(from, seat);
      return wrong;
    }
    case 'move': {
      if (!seated) return null;
      const reasons = model.moveReasons(seated.window, window, seated.seat);
      const code = await refusalOf(move(p, seated.seat.r, person, window.id));
      const wrong = judge(code, reasons);
      if (!wrong && code === 'none') model.move(seated.window, window, seated.seat);
      return wrong;
    }
    case 'crashMove':
      return seated ? crashMove(run, model, step, { ...seated, to: window, person }) : null;
    case 'join': {
      const id = newBookingId();
      const reasons = model.waitReasons(window, step.person, service);
      const code = await refusalOf(
        joinLine(p, actor, { id, slotId: window.id, service: SERVICES[service]! }),
      );
      const wrong = judge(code, reasons);
      if (!wrong && code === 'none') model.join(window, id, step.person, service);
      return wrong;
    }
    case 'tick':
      model.now += (step.x % 50) * MINUTE;
      await passOffersOn(at(run.p, model.now));
      model.passOn();
      return null;
    case 'close':
    case 'reopen': {
      const open = step.act === 'reopen';
      if (window.settled) return null;
      await changeSlot(p, window.id, () => ({
        change: { open, closedWhy: open ? null : 'staff' },
        result: undefined,
      }));
      window.open = open;
      await passOffersOn(p);
      model.passOn();
      return null;
    }
    case 'grow':
    case 'shrink': {
      const wish = Math.max(0, window.cap + (step.act === 'grow' ? 1 : -1));
      if (wish > 5 || window.settled) return null;
      // What is ripe in the cool pool may have been cleared away already or not: nobody can tell from outside.
      const least = Math.max(wish, window.cap - model.free(window));
      const { cap, cool } = await changeSlot(p, window.id, (slot) => {
        const kept = Math.max(wish, usedOf(slot.seats) + coolOf(slot.cool));
        return { change: { cap: kept }, result: { cap: kept, cool: slot.cool } };
      });
      window.cap = cap;
      window.cool = cool.map(({ at: ripe }) => ripe.getTime());
      await passOffersOn(p);
      model.passOn();
      return cap >= least && cap <= Math.max(wish, 5 + window.cool.length)
        ? null
        : `capacity ${cap}, at least ${least}`;
    }
    case 'checkIn': {
      if (!seated || seated.seat.s !== 'C') return null;
      const code = await refusalOf(checkInOwn(p, actor, seated.seat.r, 'none'));
      const { start } = seated.window;
      const reasons = [
        ...(model.now < start - 30 * MINUTE ? ['appointments.check_in_early'] : []),
        ...(model.now > start + 15 * MINUTE ? ['appointments.check_in_late'] : []),
      ];
      if (code === 'none') seated.seat.s = 'A';
      return judge(code, reasons);
    }
    case 'settle':
      await settleDue(p);
      model.settle();
      return null;
  }
}

const move = (p: Platform, id: string, person: string, slotId: string) =>
  moveBooking(p, {
    id,
    person,
    moveId: newBookingId(),
    slotId,
    pools: ['public'],
    kind: 'person',
    actorId: null,
  });

/** A death after a random command of a move; the resolver decides. Either it was made or it was not, and nothing in between. */
async function crashMove(
  { p: platform, points }: ModelRun,
  model: Model,
  step: Step,
  {
    window: from,
    seat,
    to,
    person,
  }: { window: ModelWindow; seat: ModelSeat; to: ModelWindow; person: string },
): Promise<string | null> {
  const p = at(platform, model.now);
  const reasons = model.moveReasons(from, to, seat);
  points.arm(step.x % 12);
  const code = await refusalOf(move(p, seat.r, person, to.id)).catch((error: unknown) =>
    (error as Error).name === 'Crash' ? 'crash' : Promise.reject(error as Error),
  );
  points.arm(null);
  await resolveMoves(p, -1);
  const second = await resolveMoves(p, -1);
  if (second.resolved > 0) return `the resolver's second pass changed ${second.resolved}`;
  const own = (await seatsOfPerson(p, person)).filter(({ seat: real }) => real.r === seat.r);
  if (own.length !== 1) return `${own.length} seats after a death`;
  const moved = own[0]!.slot._id !== from.id;
  if (code !== 'crash' && (code === 'none') !== moved) return `answered ${code}, moved ${moved}`;
  if (moved && reasons.length > 0) return `moved in spite of ${reasons.join(', ')}`;
  if (moved) model.move(from, to, seat);
  else {
    // The new seat may have been taken and dropped again: it is in the cool pool then, or with who waits.
    const real = await slotCollection(p).findOne({ _id: to.id });
    to.cool = real!.cool.map(({ at: ripe }) => ripe.getTime());
  }
  return null;
}

async function compare(p: Platform, model: Model): Promise<string | null> {
  const real = new Map((await slotCollection(p).find().toArray()).map((slot) => [slot._id, slot]));
  for (const window of model.windows) {
    const slot = real.get(window.id)!;
    if (slot.settled) model.settleWindow(window);
    const seats = (list: readonly { r: string; s: string }[]) =>
      list
        .map(({ r, s }) => `${r} ${s}`)
        .sort()
        .join(', ');
    if (seats(slot.seats) !== seats(window.seats))
      return `${window.id}: seats [${seats(slot.seats)}], the model has [${seats(window.seats)}]`;
    const line = (list: readonly { b: string }[]) => list.map(({ b }) => b).join(', ');
    if (line(slot.wait) !== line(window.wait))
      return `${window.id}: in line [${line(slot.wait)}], the model has [${line(window.wait)}]`;
    const cold = slot.cool
      .filter(({ at: ripe }) => ripe.getTime() > model.now)
      .reduce((sum, { u }) => sum + u, 0);
    const free = slot.cap - slot.used - cold;
    if (free !== model.free(window)) return `${window.id}: ${free} free, the model has ${model.free(window)}`;
    if (
      slot.used !== usedOf(slot.seats) ||
      slot.rem + slot.used + coolOf(slot.cool) !== slot.cap ||
      slot.rem < 0
    )
      return `${window.id}: sums drift`;
  }
  return null;
}

/** The shortest run of steps that still is red, from those up to the one that was. */
async function shrink(run: ModelRun, list: readonly Step[], wrong: string): Promise<string> {
  const failed = Number(/^step (\d+)/.exec(wrong)?.[1] ?? list.length - 1);
  const property = fc.asyncProperty(
    fc.array(stepArbitrary, { minLength: 1, maxLength: failed + 1, size: 'max' }),
    async (steps) => {
      const again = await runSteps(run, steps);
      if (again) throw new Error(again);
    },
  );
  const examples: [Step[]][] = [[list.slice(0, failed + 1)]];
  const details = await fc.check(property, { examples, numRuns: 1, interruptAfterTimeLimit: 120_000 });
  return fc.defaultReportMessage(details) ?? '';
}

async function main(): Promise<void> {
  const [seeds = 500, steps = 1_000, first = 1] = process.argv.slice(2).map(Number);
  const run = await openModel('model');
  try {
    const startedAt = performance.now();
    for (let seed = first; seed < first + seeds; seed += 1) {
      const list = fc.sample(fc.array(stepArbitrary, { minLength: steps, maxLength: steps, size: 'max' }), {
        seed,
        numRuns: 1,
      })[0]!;
      const wrong = await runSteps(run, list);
      if (wrong) {
        process.stdout.write(`RED seed ${seed}: ${wrong}\n${await shrink(run, list, wrong)}\n`);
        process.exitCode = 1;
        return;
      }
      if (seed % 10 === 0)
        process.stdout.write(
          `${seed - first + 1} seeds, ${((seed - first + 1) * steps) | 0} steps, ${Math.round((performance.now() - startedAt) / 1_000)} s\n`,
        );
    }
    process.stdout.write('model: green\n');
  } finally {
    await run.close();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
