import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateKeys, certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { verifyCertificate } from '../../../backend/modules/certificates/verify.ts';
import { checkCreditCode, checkResidentId } from '../../../backend/modules/accounts/identity-numbers.ts';
import { parseCertificateNo } from '../../../backend/modules/register/certificate-number.ts';
import { findUnitsOfPerson, getUnit } from '../../../backend/modules/register/reads.ts';
import { reserveCertificateNo } from '../../../backend/modules/register/reserve-certificate-no.ts';
import { idIndexOf } from '../../../backend/modules/register/seal.ts';
import { checkUnitCode, parseUnitCode } from '../../../backend/modules/register/unit-code.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { isInForce } from '../../../backend/modules/register/unit-state.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { DEMO_CITIZENS } from '../../../seeds/demo/accounts.ts';
import { generateRegister, UNIT_COUNT } from '../../../seeds/demo/register/generate.ts';
import { loadDemoRegister, type DemoRegisterFigures } from '../../../seeds/demo/register/load.ts';
import { WELL_KNOWN } from '../../../seeds/demo/register/well-known.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';
import { NOW, TODAY } from './units.ts';

const generated = generateRegister(TODAY);
const parties = generated.flatMap((unit) =>
  [...unit.rights, ...unit.encumbrances].flatMap(({ holders }) => holders),
);

describe('the generated register', () => {
  it('has 3,000 units with codes of their own in every district', () => {
    expect(generated).toHaveLength(UNIT_COUNT);
    expect(new Set(generated.map(({ _id }) => _id)).size).toBe(UNIT_COUNT);
    expect(generated.map(({ _id }) => checkUnitCode(_id)).filter(Boolean)).toEqual([]);
    expect(new Set(generated.map(({ district }) => district)).size).toBe(8);
    // 茌平 keeps the code it had as a county in what was surveyed before 2019.
    expect(generated.some(({ _id }) => parseUnitCode(_id)?.district === '371523')).toBe(true);
  });

  it('is the same every time', () => {
    expect(JSON.stringify(generateRegister(TODAY))).toBe(JSON.stringify(generated));
  });

  it('names nobody by a number that would be refused at the counter', () => {
    const bad = parties.filter(({ idKind, idNumber }) =>
      idKind === 'creditCode' ? !checkCreditCode(idNumber).valid : !checkResidentId(idNumber).valid,
    );
    expect(bad.map(({ name, idNumber }) => `${name} ${idNumber}`)).toEqual([]);
  });

  it('has what the law has cases for', () => {
    const share = (count: number) => count / UNIT_COUNT;
    const current = generated.flatMap(({ encumbrances }) =>
      encumbrances.filter((one) => one.status !== 'historic'),
    );
    const mortgaged = generated.filter(({ encumbrances }) =>
      encumbrances.some((one) => one.kind === 'mortgage' && one.status === 'current'),
    );
    expect(share(mortgaged.length)).toBeGreaterThan(0.2);
    expect(share(mortgaged.length)).toBeLessThan(0.3);
    const count = (test: (one: (typeof current)[number]) => boolean) => current.filter(test).length;
    expect(
      count(({ kind, registeredAt }) => kind === 'mortgage' && registeredAt < new Date('2021-01-01')),
    ).toBeGreaterThan(50);
    expect(count(({ mortgage }) => mortgage?.transferRestricted === true)).toBeGreaterThan(50);
    expect(count(({ kind, status }) => kind === 'seizure' && status === 'waiting')).toBeGreaterThan(5);
    expect(count((one) => one.kind === 'objection' && isInForce(one as never, TODAY))).toBeGreaterThan(5);
    expect(count(({ kind }) => kind === 'preNotice')).toBeGreaterThan(5);
    expect(generated.filter(({ status }) => status === 'future').length).toBeGreaterThan(10);
    const forms = new Set(generated.flatMap(({ rights }) => rights.map(({ coOwnership }) => coOwnership)));
    expect(forms).toEqual(new Set([0, 1, 2]));
  });

  it('gives each certificate one number, without a gap in the current year', () => {
    const all = generated.flatMap((unit) =>
      [...unit.rights, ...unit.encumbrances].flatMap(({ certificateNo }) => certificateNo ?? []),
    );
    expect(new Set(all).size).toBe(all.length);
    const serials = all
      .map((no) => parseCertificateNo(no)!)
      .filter(({ year, kind }) => year === 2026 && kind === 'title')
      .map(({ serial }) => serial)
      .toSorted((a, b) => a - b);
    expect(serials).toEqual(serials.map((_, index) => index + 1));
  });

  it('registers nothing on a unit before its owner, nor after the day of loading', () => {
    for (const unit of generated) {
      const owned = unit.rights.find(({ status }) => status === 'current')?.registeredAt;
      for (const { registeredAt } of unit.encumbrances) {
        expect(registeredAt >= (owned ?? registeredAt)).toBe(true);
        expect(registeredAt <= NOW).toBe(true);
      }
    }
  });
});

describe('loading it', () => {
  let platform: TestPlatform;
  let p: TestPlatform['p'];
  let figures: DemoRegisterFigures;
  /** Not wall time: that depends on who else uses the machine. Alone, wall time is about the same. */

  beforeAll(async () => {
    platform = await startPlatform({ config: { demo: true } });
    p = platform.p;
    await migrate(
      p,
      [{ name: 'x', models: [units, certificates, certificateKeys] as never }],
      platformModels,
    );
    figures = await loadDemoRegister(p);
  });
  afterAll(() => platform.close());

  it('adds every unit and its certificates', () => {
    expect(figures.unitsAdded).toBe(UNIT_COUNT);
    expect(figures.certificatesAdded).toBeGreaterThan(3500);
  });

  it('adds nothing the second time, not even on another day', async () => {
    platform.setNow(new Date('2026-10-20T09:00:00+08:00'));
    expect(await loadDemoRegister(p)).toEqual({ unitsAdded: 0, certificatesAdded: 0 });
    platform.setNow(NOW);
  });

  it('gives the demo seller a home free of everything, whose certificate verifies', async () => {
    const index = idIndexOf(p, DEMO_CITIZENS.seller.idNumber);
    const { items } = await findUnitsOfPerson(p, index);
    expect(items.map(({ _id, address, encumbrances }) => [_id, address, encumbrances])).toEqual([
      [WELL_KNOWN.seller, '东昌府区湖滨路88号望湖苑6号楼2单元1102', []],
    ]);
    const answer = await verifyCertificate(p, {
      number: '鲁（2021）聊城市不动产权第0018342号',
      holderName: '赵明远',
    });
    expect(answer).toMatchObject({ verdict: 'valid', registeredOn: '2021-06-03' });
  });

  it('has the debtor’s home seized with another seizure waiting', async () => {
    const { encumbrances } = await getUnit(p, WELL_KNOWN.debtor);
    expect(encumbrances.map(({ kind, status }) => [kind, status])).toEqual([
      ['seizure', 'current'],
      ['seizure', 'waiting'],
    ]);
  });

  it('marks the certificates of former owners superseded', async () => {
    const sold = (await units(p)
      .findOne({ 'rights.1': { $exists: true } })
      .lean())!;
    const status = async (number: string | null | undefined) =>
      (
        await certificates(p)
          .findOne({ number: number ?? '' })
          .lean()
      )?.status;
    expect(await status(sold.rights[0]?.certificateNo)).toBe('superseded');
    expect(await status(sold.rights.find((right) => right.status === 'current')?.certificateNo)).toBe(
      'valid',
    );
  });

  it('lets numbering go on after the last one loaded', async () => {
    const last = Math.max(
      ...generated
        .flatMap(({ rights }) => rights.map(({ certificateNo }) => parseCertificateNo(certificateNo ?? '')))
        .map((no) => (no?.year === 2026 ? no.serial : 0)),
    );
    const next = await reserveCertificateNo(p, 'title', NOW, { holder: 'case:unit', district: '371502' });
    expect(parseCertificateNo(next)?.serial).toBe(last + 1);
  });

  it('leaves no ID number in the database', async () => {
    const dump = JSON.stringify([await units(p).find().lean(), await certificates(p).find().lean()]);
    const alike = new Set(dump.match(/\d{17}[\dX]/g));
    expect(parties.filter(({ idNumber }) => alike.has(idNumber))).toEqual([]);
  });
});
