import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbers } from '../../../backend/platform/database/numbers.ts';
import {
  importUnits,
  parseCertificateNo,
  reserveCertificateNo,
} from '../../../backend/modules/register/index.ts';
import {
  accepted,
  approved,
  claimed,
  act,
  ok,
  openOffice,
  personOrder,
  recorded,
  submittedRename,
  type Home,
  type Office,
} from '../applications/scenario.ts';
import { NOW, unitImport } from './units.ts';

/**
 * domain.md §4.3, 条例7: a number carries the 市县全称 of whoever registers where the property is. The districts of the city
 * are registered by the city; counties and county-level cities register, and number, for themselves.
 */
describe('the place in a certificate number', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const reserve = (district: string, holder: string, kind: 'title' | 'certification' = 'title') =>
    reserveCertificateNo(office.api.p, kind, NOW, { holder, district });

  it.each([
    ['东昌府区', '371502', '聊城市'],
    ['茌平区', '371503', '聊城市'],
    ['茌平县 by its code of before 2019', '371523', '聊城市'],
    ['阳谷县', '371521', '阳谷县'],
    ['莘县', '371522', '莘县'],
    ['东阿县', '371524', '东阿县'],
    ['冠县', '371525', '冠县'],
    ['高唐县', '371526', '高唐县'],
    ['临清市', '371581', '临清市'],
  ])('of %s (%s) is %s', async (_, district, place) => {
    const title = parseCertificateNo(await reserve(district, `table:${district}`));
    const other = parseCertificateNo(await reserve(district, `table:${district}`, 'certification'));
    expect([title?.place, other?.place, title?.year]).toEqual([place, place, 2026]);
  });

  it('counts for each place by itself, and for the districts of the city together', async () => {
    const serials = async (district: string, ...holders: string[]) => {
      const found: number[] = [];
      for (const holder of holders)
        found.push(parseCertificateNo(await reserve(district, holder))?.serial ?? 0);
      return found;
    };
    const [first = 0] = await serials('371502', 'city:1');
    expect(await serials('371503', 'city:2')).toEqual([first + 1]);
    const [county = 0] = await serials('371581', 'county:1');
    expect(await serials('371581', 'county:2', 'county:1')).toEqual([county + 1, county]);
    const all = await numbers(office.api.p).find().lean();
    expect(new Set(all.map(({ _id }) => _id)).size).toBe(all.length);
  });

  const homeIn = async (code: string, certificateNo: string): Promise<Home> => {
    const made = unitImport(code, [personOrder(office.seller, { numerator: 1, denominator: 1 })], []);
    const rights = made.rights.map((right) => ({ ...right, certificateNo }));
    await importUnits(office.api.p, [{ ...made, district: code.slice(0, 6), rights }]);
    return { code, certificateNo };
  };

  it('stands on what is recorded in a county, while what was numbered before stays as it is', async () => {
    const old = '鲁(2020)聊城市不动产权第0007001号';
    const home = await homeIn('371521001001GB00001F00010001', old);
    const { id } = await submittedRename(office, home);
    await accepted(office, id);
    await recorded(office, id);
    await office.api.settle();
    const done = await office.api.p.database.connection.collection('certificates').findOne({ caseId: id });
    expect(done?.number).toMatch(/^鲁\(2026\)阳谷县不动产权第\d{7}号$/);
    expect(JSON.stringify(done)).toContain('阳谷县自然资源和规划局');
    const issued = await numbers(office.api.p).findOne({ _id: done?.number }).lean();
    expect(issued).toMatchObject({ state: 'issued', series: 'title:371521:2026' });
  });

  it('explains the gap of a case that ends in a county without being recorded', async () => {
    const home = await homeIn('371521001001GB00001F00010002', '鲁(2020)聊城市不动产权第0007002号');
    const { id } = await submittedRename(office, home);
    await accepted(office, id);
    await approved(office, id);
    const number = await reserve('371521', `${id}:${home.code}:0`);
    await claimed(office.clerks.registrar, id).catch(() => undefined);
    await ok(act(office.clerks.registrar, id, 'refuse', { reason: 'ownershipDispute', facts: '权属有争议' }));
    const held = await numbers(office.api.p).findOne({ _id: number }).lean();
    expect(held?.state).toBe('void');
    expect(held?.reason).toContain('refused');
  });
});
