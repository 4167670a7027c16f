import canonicalize from 'canonicalize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateKeys, certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { numbers } from '../../../backend/platform/database/numbers.ts';
import { bank, LI, party, SUN, ZHAO } from '../register/units.ts';
import { issueForCase, startWorld, type World } from './world.ts';

let world: World;
let p: World['p'];

beforeAll(async () => {
  world = await startWorld();
  p = world.p;
});
afterAll(() => world.close());

const stored = (number: string) => certificates(p).findOne({ number }).lean();

describe('issuing', () => {
  it('signs what the register says in its canonical form, and settles the number', async () => {
    const unitCode = await world.freshUnit();
    const { caseId, number } = await world.sell(unitCode, [ZHAO], [SUN]);
    expect(await issueForCase(p, caseId)).toEqual([number]);
    const certificate = (await stored(number))!;
    expect(certificate).toMatchObject({ kind: 'title', status: 'valid', unitCode, caseId });
    const record: unknown = JSON.parse(certificate.record);
    expect(canonicalize(record)).toBe(certificate.record);
    expect(record).toMatchObject({ number, holders: [{ name: '孙晓岚' }], coOwnership: '单独所有' });
    const bytes = Buffer.from(certificate.record);
    expect(p.crypto.signatures.verify(certificate.keyId, bytes, certificate.signature)).toBe(true);
    const changed = Buffer.from(certificate.record.replace('孙晓岚', '孙晓风'));
    expect(p.crypto.signatures.verify(certificate.keyId, changed, certificate.signature)).toBe(false);
    expect((await numbers(p).findOne({ _id: number }).lean())?.state).toBe('issued');
  });

  it('keeps ID numbers out of the record and of the keys', async () => {
    const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [SUN]);
    await issueForCase(p, caseId);
    expect(JSON.stringify(await stored(number))).not.toContain(SUN.idNumber);
    expect(JSON.stringify(await certificateKeys(p).find().lean())).not.toContain('孙晓岚');
  });

  it('is done once, however often and however many at a time', async () => {
    const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [SUN, LI]);
    await Promise.all(Array.from({ length: 6 }, () => issueForCase(p, caseId)));
    await issueForCase(p, caseId);
    expect(await certificates(p).countDocuments({ number })).toBe(1);
    await world.relay.drain();
    const told = world.events.filter(
      ({ type, data }) => type === 'certificates.issued' && data.number === number,
    );
    expect(told).toHaveLength(1);
    // One key for each co-owner and one for the token.
    expect(await certificateKeys(p).countDocuments({ number })).toBe(3);
  });

  it('goes on where it was cut off after the keys', async () => {
    const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [SUN]);
    await issueForCase(p, caseId);
    await certificates(p).deleteOne({ number });
    await issueForCase(p, caseId);
    expect((await stored(number))?.status).toBe('valid');
  });

  it('gives the bank a certification that names the owners as obligors', async () => {
    const { caseId, number } = await world.mortgage(await world.freshUnit(), [ZHAO]);
    await issueForCase(p, caseId);
    expect(number).toMatch(/不动产证明第\d{7}号$/);
    const record: unknown = JSON.parse((await stored(number))!.record);
    expect(record).toMatchObject({
      subject: '抵押权',
      holders: [{ name: '聊城农商银行' }],
      obligors: ['赵明远'],
      other: expect.arrayContaining([
        ['被担保主债权数额', '600,000.00元'],
        ['抵押顺位', '第 1 顺位'],
      ]),
    });
  });
});

describe('when the register changes', () => {
  it('a sold title is superseded and the new one is valid', async () => {
    const unitCode = await world.freshUnit();
    const first = await world.sell(unitCode, [ZHAO], [SUN]);
    await issueForCase(p, first.caseId);
    const second = await world.sell(unitCode, [SUN], [LI]);
    await issueForCase(p, second.caseId);
    await world.relay.drain();
    expect((await stored(first.number))?.status).toBe('superseded');
    expect((await stored(second.number))?.status).toBe('valid');
  });

  it('a discharged mortgage cancels its certification', async () => {
    const unitCode = await world.freshUnit();
    const { caseId, number } = await world.mortgage(unitCode, [ZHAO]);
    await issueForCase(p, caseId);
    await world.record(unitCode, 'mortgageDischarge', () => ({
      kind: 'mortgage.discharge',
      certificateNo: number,
      mortgagees: [{ idNumber: bank().idNumber, share: null }],
    }));
    await world.relay.drain();
    expect((await stored(number))?.status).toBe('cancelled');
  });

  it('a certificate made late is born with the status that it has by then', async () => {
    const unitCode = await world.freshUnit();
    const first = await world.sell(unitCode, [ZHAO], [SUN]);
    await world.sell(unitCode, [SUN], [LI]);
    await world.relay.drain();
    await issueForCase(p, first.caseId);
    expect((await stored(first.number))?.status).toBe('superseded');
  });

  it('keeps a name to its exact code points', async () => {
    const rare = party('𠮷田﨑', '371581198503150024');
    const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [rare]);
    await issueForCase(p, caseId);
    expect((await stored(number))?.record).toContain('𠮷田﨑');
  });
});
