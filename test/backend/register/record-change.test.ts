import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dequeue, enqueueAcceptance } from '../../../backend/modules/register/acceptance-queue.ts';
import { importUnits } from '../../../backend/modules/register/import-units.ts';
import { lapseEncumbrances } from '../../../backend/modules/register/lapse-encumbrances.ts';
import { findUnitsByCase, findUnitsOfPerson, getUnit } from '../../../backend/modules/register/reads.ts';
import { recordChange } from '../../../backend/modules/register/record-change.ts';
import { openIdNumber } from '../../../backend/modules/register/seal.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { liveRight } from '../../../backend/modules/register/unit-state.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';
import {
  bank,
  certificateNo,
  codeOf,
  LI,
  NOW,
  recordOrder,
  saleTo,
  SUN,
  TERMS,
  unitImport,
  ZHAO,
} from './units.ts';

let platform: TestPlatform;
let p: TestPlatform['p'];
let next = 0;

beforeAll(async () => {
  platform = await startPlatform();
  p = platform.p;
  await migrate(p, [{ name: 'register', models: [units as never] }], platformModels);
});
afterAll(() => platform.close());

/** A unit of its own that 赵明远 holds alone. */
async function freshUnit(): Promise<string> {
  next += 1;
  const code = codeOf(next);
  await importUnits(p, [unitImport(code)]);
  return code;
}

const seizure = (docNo = '(2026)鲁1502执9号', termMonths = 36, executedName = '赵明远') => ({
  kind: 'seizure.create' as const,
  terms: { court: '东昌府区人民法院', docNo, preSeizure: false, termMonths, executedName },
});
const accepted = (unitCode: string, caseId: string, request: 'transfer' | 'seizure' = 'transfer') => ({
  unitCode,
  caseId,
  caseNo: `no-${caseId}`,
  businessType: 'ZY02',
  request,
  acceptedAt: NOW,
  dueOn: '2026-10-14',
});
const outbox = async (code: string) =>
  ((await units(p).findOne({ _id: code }).lean())?.outbox ?? [])
    .filter(({ type }) => type !== 'register.imported')
    .map(({ type, data }) => ({ type, data }));

describe('recording a change', () => {
  it('writes right, history, entry, events and owners in one document', async () => {
    const unitCode = await freshUnit();
    const order = recordOrder({ unitCode });
    const outcome = await recordChange(p, order);
    expect(outcome.outcome).toBe('recorded');
    const unit = await getUnit(p, unitCode);
    expect(unit.rights.map(({ status }) => status)).toEqual(['historic', 'current']);
    const holder = liveRight(unit)!.holders[0]!;
    expect(holder.name).toBe('孙晓岚');
    expect(openIdNumber(p, unitCode, holder)).toBe(SUN.idNumber);
    expect(JSON.stringify(unit)).not.toContain(SUN.idNumber);
    expect(unit.changes.at(-1)).toMatchObject({
      caseId: order.caseId,
      revision: 2,
      kinds: ['ownership.transfer'],
    });
    expect(unit.changes.at(-1)?.entry.bytes).not.toContain(unitCode);
    expect(await outbox(unitCode)).toEqual([
      {
        type: 'register.changed',
        data: {
          unitCode,
          revision: 2,
          caseId: order.caseId,
          entryId: order.entryId,
          kinds: ['ownership.transfer'],
          certificates: unit.changes.at(-1)?.certificates,
        },
      },
    ]);
    const index = p.crypto.index.of('id-number', SUN.idNumber);
    expect((await findUnitsOfPerson(p, index)).items.map(({ _id }) => _id)).toContain(unitCode);
    expect((await findUnitsByCase(p, order.caseId)).map(({ _id }) => _id)).toEqual([unitCode]);
  });

  it('is done once however often it is asked', async () => {
    const unitCode = await freshUnit();
    const order = recordOrder({ unitCode });
    const all = await Promise.all(Array.from({ length: 8 }, () => recordChange(p, order)));
    expect(all.map(({ outcome }) => outcome).toSorted()).toEqual([...Array(7).fill('already'), 'recorded']);
    const revisions = new Set(all.map((outcome) => ('revision' in outcome ? outcome.revision : 0)));
    expect(revisions).toEqual(new Set([2]));
    expect((await getUnit(p, unitCode)).rights).toHaveLength(2);
  });

  it('makes the same document again when a plan is run again elsewhere', async () => {
    const [one, two] = [await freshUnit(), await freshUnit()];
    const order = recordOrder();
    await recordChange(p, { ...order, unitCode: one });
    await recordChange(p, { ...order, unitCode: two });
    const [a, b] = [await getUnit(p, one), await getUnit(p, two)];
    expect(a.rights[1]?.id).toBe(b.rights[1]?.id);
    expect(a.rights[1]?.registeredAt).toEqual(b.rights[1]?.registeredAt);
  });

  it('refuses what the register bars, says why, and writes nothing', async () => {
    const unitCode = await freshUnit();
    await recordChange(p, recordOrder({ unitCode, request: 'seizure', effects: [seizure()] }));
    const before = await getUnit(p, unitCode);
    const outcome = await recordChange(p, recordOrder({ unitCode }));
    expect(outcome).toMatchObject({
      outcome: 'conflict',
      conflicts: [{ code: 'register.conflict.seizure' }],
    });
    expect(await getUnit(p, unitCode)).toEqual(before);
  });

  it('refuses a seller who no longer owns it', async () => {
    const unitCode = await freshUnit();
    await recordChange(p, recordOrder({ unitCode }));
    const outcome = await recordChange(p, recordOrder({ unitCode, effects: [saleTo(LI, 99)] }));
    expect(outcome).toMatchObject({ outcome: 'conflict', conflicts: [{ code: 'register.effect.notOwner' }] });
  });

  it('answers stale over another revision than the expected one', async () => {
    const unitCode = await freshUnit();
    expect(await recordChange(p, recordOrder({ unitCode, expectedRevision: 7 }))).toEqual({
      outcome: 'stale',
      revision: 1,
    });
  });

  it('fails for a unit that is not in the register', async () => {
    await expect(recordChange(p, recordOrder({ unitCode: codeOf(9999) }))).rejects.toThrow(
      'register.unitNotFound',
    );
  });

  it('is held to one live right by the database itself', async () => {
    const unitCode = await freshUnit();
    const { rights } = await getUnit(p, unitCode);
    await expect(
      units(p).collection.updateOne({ _id: unitCode as never }, { $set: { rights: [...rights, ...rights] } }),
    ).rejects.toMatchObject({ code: 121 });
  });
});

describe('the queue of acceptance', () => {
  it('gives places 1, 2, 3 … to rivals, each its own, and the same again to who asks twice', async () => {
    const unitCode = await freshUnit();
    const cases = Array.from({ length: 12 }, (_, index) => accepted(unitCode, `q${index}`));
    const orders = await Promise.all(cases.map((one) => enqueueAcceptance(p, one)));
    expect(orders.map(({ order }) => order).toSorted((a, b) => a - b)).toEqual(
      cases.map((_, index) => index + 1),
    );
    expect((await enqueueAcceptance(p, cases[3]!)).order).toBe(orders[3]!.order);
  });

  it('lets the later case record only after the earlier one has left', async () => {
    const unitCode = await freshUnit();
    await enqueueAcceptance(p, accepted(unitCode, 'earlier'));
    const late = recordOrder({ unitCode });
    const { conflicts } = await enqueueAcceptance(p, accepted(unitCode, late.caseId));
    expect(conflicts.map(({ code }) => code)).toEqual(['register.conflict.earlierCase']);
    const waits = await recordChange(p, late);
    expect(waits).toMatchObject({ outcome: 'conflict', conflicts: [{ verdict: 'queue' }] });
    await dequeue(p, unitCode, 'earlier');
    await dequeue(p, unitCode, 'earlier');
    expect((await recordChange(p, late)).outcome).toBe('recorded');
    expect((await getUnit(p, unitCode)).pending).toEqual([]);
  });

  it('does not give out a place again after its case has left', async () => {
    const unitCode = await freshUnit();
    await enqueueAcceptance(p, accepted(unitCode, 'one'));
    await dequeue(p, unitCode, 'one');
    expect((await enqueueAcceptance(p, accepted(unitCode, 'two'))).order).toBe(2);
  });

  it('does not take a case again that was recorded meanwhile', async () => {
    const unitCode = await freshUnit();
    const order = recordOrder({ unitCode });
    await enqueueAcceptance(p, accepted(unitCode, order.caseId));
    await recordChange(p, order);
    await expect(enqueueAcceptance(p, accepted(unitCode, order.caseId))).rejects.toMatchObject({
      code: 'register.alreadyRecorded',
    });
    expect((await getUnit(p, unitCode)).pending).toEqual([]);
  });

  it('takes no case that the register refuses outright', async () => {
    const unitCode = await freshUnit();
    await recordChange(p, recordOrder({ unitCode, request: 'seizure', effects: [seizure()] }));
    await expect(enqueueAcceptance(p, accepted(unitCode, 'x'))).rejects.toMatchObject({
      code: 'register.blocked',
      problems: [{ code: 'register.conflict.seizure' }],
    });
  });

  it('is interrupted by a seizure, which names the cases it stops', async () => {
    const unitCode = await freshUnit();
    await enqueueAcceptance(p, accepted(unitCode, 'sale'));
    const order = recordOrder({ unitCode, request: 'seizure', effects: [seizure()] });
    await enqueueAcceptance(p, accepted(unitCode, order.caseId, 'seizure'));
    expect((await recordChange(p, order)).outcome).toBe('recorded');
    const seized = (await outbox(unitCode)).find(({ type }) => type === 'register.seized');
    expect(seized?.data).toMatchObject({
      unitCode,
      caseId: order.caseId,
      waiting: false,
      pendingCaseIds: ['sale'],
    });
    const sale = await recordChange(p, recordOrder({ unitCode, caseId: 'sale' }));
    expect(sale).toMatchObject({ outcome: 'conflict', conflicts: [{ code: 'register.conflict.seizure' }] });
  });
});

describe('what ends by the calendar', () => {
  it('is marked once, with the next waiting seizure in force, and cancels nothing else', async () => {
    const unitCode = await freshUnit();
    const add = (docNo: string) =>
      recordChange(p, recordOrder({ unitCode, request: 'seizure', effects: [seizure(docNo, 1)] }));
    await add('一');
    await add('二');
    const later = new Date('2026-11-20T08:00:00+08:00');
    await Promise.all([lapseEncumbrances(p, later), lapseEncumbrances(p, later)]);
    const unit = await getUnit(p, unitCode);
    expect(unit.encumbrances.map(({ status, from, until }) => [status, from, until])).toEqual([
      ['lapsed', '2026-10-09', '2026-11-09'],
      ['current', '2026-11-10', '2026-12-10'],
    ]);
    expect(unit.changes.filter(({ kinds }) => kinds.includes('encumbrance.lapse'))).toHaveLength(1);
    expect(unit.nextLapseOn).toBe('2026-12-10');
    expect(await lapseEncumbrances(p, later)).toEqual({ lapsed: 0 });
  });
});

describe('taking over an earlier register', () => {
  it('adds what is absent and leaves the rest', async () => {
    const unitCode = await freshUnit();
    await recordChange(p, recordOrder({ unitCode }));
    expect(await importUnits(p, [unitImport(unitCode), unitImport(codeOf(5000))])).toBe(1);
    expect((await getUnit(p, unitCode)).rights).toHaveLength(2);
  });

  it('refuses shares that do not add up to one', async () => {
    const third = { numerator: 1, denominator: 3 };
    const bad = unitImport(codeOf(5001), [
      { ...ZHAO, share: third },
      { ...SUN, share: third },
    ]);
    await expect(importUnits(p, [bad])).rejects.toMatchObject({
      code: 'register.sharesNotOne',
      params: { sum: '2/3' },
    });
  });
});

describe('two rivals for one unit', () => {
  /** Short form of test/faults/register-races.ts. */
  it('one wins, and the other is told why, 200 times', async () => {
    const codes = Array.from({ length: 200 }, (_, index) => codeOf(6000 + index));
    await importUnits(
      p,
      codes.map((code) => unitImport(code)),
    );
    const reasons = new Set<string>();
    for (const [index, unitCode] of codes.entries()) {
      const rivals = [
        recordOrder({ unitCode, effects: [saleTo(SUN, index)] }),
        index % 2 === 0
          ? recordOrder({ unitCode, effects: [saleTo(LI, index)] })
          : recordOrder({ unitCode, request: 'seizure', effects: [seizure(`第${index}号`)] }),
      ];
      const outcomes = await Promise.all(rivals.map((order) => recordChange(p, order)));
      expect(outcomes.filter(({ outcome }) => outcome === 'recorded')).toHaveLength(1);
      expect((await getUnit(p, unitCode)).revision).toBe(2);
      for (const lost of outcomes) {
        if (lost.outcome === 'conflict') reasons.add(lost.conflicts[0]?.code ?? '');
        expect(lost.outcome).not.toBe('stale');
      }
    }
    expect(reasons).toContain('register.effect.notOwner');
  });
});

describe('a mortgage', () => {
  it('is recorded for its owner, and not when the owner has sold', async () => {
    const unitCode = await freshUnit();
    const order = recordOrder({ unitCode, request: 'mortgageFirst', effects: [mortgage(71)] });
    expect((await recordChange(p, order)).outcome).toBe('recorded');
    await recordChange(p, recordOrder({ unitCode }));
    const late = recordOrder({ unitCode, request: 'mortgageFirst', effects: [mortgage(72)] });
    expect(await recordChange(p, late)).toMatchObject({ conflicts: [{ code: 'register.effect.notOwner' }] });
  });
});

function mortgage(n: number) {
  return {
    kind: 'mortgage.create' as const,
    mortgagors: [{ idNumber: ZHAO.idNumber, share: null }],
    holders: [bank()],
    terms: TERMS,
    certificateNo: certificateNo(n, '证明'),
  };
}
