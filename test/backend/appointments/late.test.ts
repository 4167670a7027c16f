import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineSocket } from '../../support/engine-socket.ts';
import { DAY, newPerson, openHall, tally, tryTake, wrongs, type Hall } from './hall.ts';

let hall: Hall;
beforeAll(async () => {
  hall = await openHall({ deliver: false });
});
afterAll(() => hall.close());

describe('T23: a process that stood still while a hold ran out', () => {
  it('confirms too late: the seat is somebody else’s by then', async () => {
    const script = fileURLToPath(new URL('../../faults/booking/late-confirm.ts', import.meta.url));
    const uri = `mongodb://${encodeURIComponent(engineSocket())}/${hall.database}?directConnection=true`;
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      env: { ...process.env, BOOKING_URI: uri },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    try {
      expect(await next()).toBe('ready');
      // The other process has the machine's clock, so the hold is timed by it.
      const now = new Date();
      const slot = await hall.window(`2099-10-12 09:00`, 1);
      hall.setNow(now);
      const until = new Date(now.getTime() + 1_000);
      const { id } = await tryTake(hall.p, slot, { heldUntil: until });
      child.kill('SIGSTOP');
      child.stdin.write(`${JSON.stringify({ slotId: slot, id })}\n`);
      while (Date.now() <= until.getTime()) await delay(until.getTime() - Date.now() + 1);
      hall.setNow(new Date());
      const other = newPerson();
      expect(tally([await tryTake(hall.p, slot, { person: other })])).toEqual({ ok: 1 });
      child.kill('SIGCONT');
      expect(await next()).toBe('{"confirmed":false}');
      expect((await hall.slot(slot)).seats.map(({ p, s }) => [p, s])).toEqual([[other, 'C']]);
      expect(await wrongs(hall.p)).toEqual([]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('T40: first come, first served', () => {
  it('whoever asks 50 ms later is never seated earlier', async () => {
    hall.setNow(new Date('2026-10-09T10:30:00+08:00'));
    const slot = await hall.window(`${DAY} 09:00`, 20);
    // The time between two requests is the rule itself; each waits for it, however late the one before was.
    const asked: ReturnType<typeof tryTake>[] = [];
    for (let n = 0; n < 26; n += 1) {
      if (n > 0) await delay(50);
      asked.push(tryTake(hall.p, slot));
    }
    const tries = await Promise.all(asked);
    expect(tries.map((one) => (one.ok ? one.seat.n : one.code))).toEqual([
      ...Array.from({ length: 20 }, (_, place) => place + 1),
      ...Array(6).fill('appointments.full'),
    ]);
  });
});
