import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planAlarms, type AlarmSource } from '../../../backend/modules/applications/alarms.ts';
import { presentFace } from '../../../backend/modules/applications/present-parts.ts';
import { dayNumberOf, toDayNumber } from '../../../backend/modules/clock/days.ts';
import { computeDeadline } from '../../../backend/modules/clock/deadline.ts';
import type { ClockEvent } from '../../../backend/modules/clock/events.ts';
import { countLateDays } from '../../../backend/modules/clock/late-days.ts';
import { mergePauses } from '../../../backend/modules/clock/pauses.ts';
import { closeOf } from '../../../backend/modules/clock/workdays.ts';
import { anyLimit, calendar, randomCase, runs, type RandomCase } from '../../rules/deadline-cases.ts';

const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const limits = {
  promised: { amount: 3, unit: 'workingDay' as const },
  statutory: { amount: 30, unit: 'workingDay' as const },
  switchToStatutory: [],
};

describe('days late are those past the due day at whose close the clock ran', () => {
  it.each<[string, [string, string | null][], string, number]>([
    ['on the due day itself', [], '2026-11-17', 0],
    ['on the day after', [], '2026-11-18', 1],
    ['over a weekend', [], '2026-11-23', 4],
    ['paused for a week at close', [['2026-11-18 09:00', '2026-11-25 09:00']], '2026-11-26', 2],
    ['paused within a day', [['2026-11-18 09:00', '2026-11-18 16:00']], '2026-11-18', 1],
    ['paused from the close on', [['2026-11-18 17:00', '2026-11-19 16:00']], '2026-11-19', 1],
    ['paused until the close', [['2026-11-18 09:00', '2026-11-18 17:00']], '2026-11-18', 1],
    ['still paused', [['2026-11-19 09:00', null]], '2026-11-26', 1],
  ])('%s', (_, spans, through, days) => {
    const pauses = mergePauses(
      spans.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to), reason: 'inquiry' })),
    );
    const [due, last] = [toDayNumber('2026-11-17'), toDayNumber(through)];
    expect(countLateDays(calendar, pauses, due, last)).toBe(days);
  });

  const accepted: ClockEvent = {
    id: 'a',
    kind: 'accepted',
    at: at('2026-11-12 10:00'),
    recordedAt: at('2026-11-12 10:00'),
  };
  const event = (kind: 'paused' | 'resumed' | 'stopped', when: string): ClockEvent =>
    ({
      id: kind,
      kind,
      at: at(when),
      recordedAt: at(when),
      reason: 'inquiry',
      pauseId: 'paused',
    }) as ClockEvent;
  const faceAt = (events: ClockEvent[], now: string) => {
    const answer = computeDeadline({ events, limits, calendar, now: at(now) });
    return { answer, face: presentFace(answer.promised, { zh: '', en: '' }) };
  };

  it('are the same number in the sheet and on the face', () => {
    const events = [accepted, event('paused', '2026-11-18 09:00'), event('resumed', '2026-11-25 09:00')];
    const { answer, face } = faceAt(events, '2026-11-26 18:00');
    expect(face).toMatchObject({ dueOn: '2026-11-17', overdueUnits: 2 });
    expect(answer.trace.at(-1)?.basis.zh).toBe('工作日，已超期第 2 个工作日');
  });

  it('end with the case', () => {
    const { face } = faceAt([accepted, event('stopped', '2026-11-18 11:00')], '2026-12-31 09:00');
    expect(face.overdueUnits).toBe(1);
  });
});

describe('the face, the sheet and the alarms', () => {
  function eventsOf({ acceptedAt, pauses }: RandomCase): ClockEvent[] {
    const events: ClockEvent[] = [{ id: 'a', kind: 'accepted', at: acceptedAt, recordedAt: acceptedAt }];
    pauses.forEach(({ from, to, reason }, i) => {
      events.push({ id: `p${i}`, kind: 'paused', at: from, recordedAt: from, reason });
      if (to) events.push({ id: `r${i}`, kind: 'resumed', at: to, recordedAt: to, pauseId: `p${i}` });
    });
    return events;
  }

  it('say the same number of days once the day has closed', () => {
    let late = 0;
    fc.assert(
      fc.property(randomCase(anyLimit, { most: 3 }), fc.integer({ min: 0, max: 60 }), (one, days) => {
        const events = eventsOf(one);
        const rule = { ...limits, promised: one.limit };
        const { promised } = computeDeadline({ events, limits: rule, calendar, now: one.acceptedAt });
        if (promised.dueOn === null) return;
        const now = new Date(closeOf(calendar, toDayNumber(promised.dueOn) + days).getTime() + 1);
        const doc = {
          status: 'reviewing',
          clockEvents: events,
          corrections: [],
          typeCode: 'T',
          typeVersion: 1,
        };
        const source = { doc, limits: rule, calendar } as unknown as AlarmSource;
        const told = Math.max(0, ...planAlarms(source, now).due.map(({ lateWorkdays }) => lateWorkdays));
        const answer = computeDeadline({ events, limits: rule, calendar, now });
        expect(presentFace(answer.promised, { zh: '', en: '' }).overdueUnits).toBe(told);
        expect(answer.trace.filter(({ kind }) => kind === 'late')).toHaveLength(told);
        expect(dayNumberOf(now)).toBe(toDayNumber(promised.dueOn) + days);
        if (told > 0) late += 1;
      }),
      runs(4),
    );
    expect(late).toBeGreaterThan(50);
  });
});
