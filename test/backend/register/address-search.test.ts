import { randomBytes } from 'node:crypto';
import type { Collection } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importUnits, openAddressHit, type UnitImport } from '../../../backend/modules/register/index.ts';
import {
  buildings,
  type BuildingDocument,
} from '../../../backend/modules/register/addresses/address.model.ts';
import { listBuildings, listedAddress } from '../../../backend/modules/register/addresses/list-address.ts';
import { listAddresses } from '../../../backend/modules/register/migrations.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, stranger, type TestPerson } from '../../support/people.ts';
import { codeOf, unitImport, ZHAO } from './units.ts';

let api: TestApi;
let person: TestPerson;
let other: TestPerson;

const ADDRESSES: readonly (readonly [string, string])[] = [
  ['东昌府区湖滨路88号望湖苑6号楼2单元1102', '371502'],
  ['东昌府区湖滨路88号望湖苑6号楼1单元1102', '371502'],
  ['东昌府区湖滨路88号望湖苑16号楼2单元1102', '371502'],
  ['东昌府区湖滨路88号望湖苑3号楼1单元901', '371502'],
  ['东昌府区湖滨路90号观湖苑6号楼2单元1102', '371502'],
  ['东昌府区东昌东路126号光岳新城A座1201', '371502'],
  ['东昌府区道口铺街道李庄村12号', '371502'],
  ['茌平区铝城路12号铝城小区1号楼1单元101', '371503'],
  ['茌平县铝城路12号铝城小区2号楼1单元101', '371503'],
  ['临清市人民路5号𠅤台公寓1号楼101', '371581'],
  ['东昌府区人民路5号明珠花园1号楼1单元101', '371502'],
];
const importOf = (address: string, district: string, n: number): UnitImport => ({
  ...unitImport(codeOf(n + 1), [ZHAO]),
  address,
  district,
});

beforeAll(async () => {
  api = await startApi({ config: { trustProxy: true } });
  person = await createCitizen(api, { name: '孙晓岚' });
  other = await createCitizen(api, { name: '李建国' });
  await importUnits(
    api.p,
    ADDRESSES.map(([address, district], n) => importOf(address, district, n)),
  );
});
afterAll(() => api.close());

/** From an address of its own, unless it is about that. */
const elsewhere = () => ({ headers: { 'X-Forwarded-For': `10.${[...randomBytes(3)].join('.')}` } });
const search = (text: string, by = person) =>
  by.client.post('/api/register/address-searches', { text }, elsewhere());
const found = async (text: string): Promise<string[]> => {
  const { status, body } = await search(text);
  expect(status).toBe(200);
  return body.items.map(({ address, hit }: { address: string; hit: string | null }) =>
    hit === null ? address : `${address} !`,
  );
};
const HU6 = '东昌府区湖滨路88号望湖苑6号楼';
const HU16 = '东昌府区湖滨路88号望湖苑16号楼';
const HU3 = '东昌府区湖滨路88号望湖苑3号楼';
const GUAN6 = '东昌府区湖滨路90号观湖苑6号楼';
const LI12 = '东昌府区道口铺街道李庄村12号 !';
const LU = ['茌平区铝城路12号铝城小区1号楼', '茌平县铝城路12号铝城小区2号楼'];

describe('what is typed, and what is found', () => {
  it.each([
    // Buildings: by estate, by a piece of its name, by street, by number.
    ['望湖苑', [HU3, HU6, HU16]],
    ['湖苑', [HU3, HU6, HU16, GUAN6]],
    ['湖滨路88号', [HU3, HU6, HU16]],
    ['湖滨路８８', [HU3, HU6, HU16]],
    ['望湖苑6', [HU6]],
    ['望湖苑六号', [HU6]],
    ['望湖苑6#', [HU6]],
    ['望湖苑6栋', [HU6]],
    ['湖滨路望湖苑6号楼', [HU6]],
    ['望湖苑 湖滨路', [HU3, HU6, HU16]],
    ['望湖苑 东昌府', [HU3, HU6, HU16]],
    ['湖苑6号楼', [HU6, GUAN6]],
    ['光岳新城a座', ['东昌府区东昌东路126号光岳新城A座']],
    // Districts tell common names apart; of today, of before, and in short.
    ['人民路', ['东昌府区人民路5号明珠花园1号楼', '临清市人民路5号𠅤台公寓1号楼']],
    ['临清市人民路', ['临清市人民路5号𠅤台公寓1号楼']],
    ['聊城市临清市人民路', ['临清市人民路5号𠅤台公寓1号楼']],
    ['茌平区铝城', LU],
    ['茌平县铝城', LU],
    ['茌平铝城小区', LU],
    ['𠅤台', ['临清市人民路5号𠅤台公寓1号楼']],
    // Doors: only the one that was named.
    ['望湖苑6号楼2单元1102', [`${HU6}2单元1102 !`]],
    ['望湖苑6-2-1102', [`${HU6}2单元1102 !`]],
    ['望湖苑 6 2 1102', [`${HU6}2单元1102 !`]],
    ['望湖苑六号楼二单元一一〇二室', [`${HU6}2单元1102 !`]],
    ['望湖苑6号楼 2单元 1102', [`${HU6}2单元1102 !`]],
    ['望湖苑6号楼1102', [`${HU6}1单元1102 !`, `${HU6}2单元1102 !`]],
    ['湖苑6号楼2单元1102', [`${HU6}2单元1102 !`, `${GUAN6}2单元1102 !`]],
    ['光岳新城A座1201', ['东昌府区东昌东路126号光岳新城A座1201 !']],
    // A house of its own has no door to be named.
    ['李庄村12号', [LI12]],
    ['李庄村', [LI12]],
    // A wrong door: the building, for its door to be typed again.
    ['望湖苑6号楼2单元1103', [HU6]],
    ['望湖苑2单元1102', [HU3, HU6, HU16]],
    // Nothing, and too little.
    ['南京路1号', []],
    ['湖', []],
    ['88', [HU3, HU6, HU16]],
    ['东昌府区', []],
    ['!!', []],
    ['.*', []],
    ['望.苑', []],
    ['^望湖苑$', [HU3, HU6, HU16]],
    ['望湖苑(', [HU3, HU6, HU16]],
    ['[a-z]+', []],
    ['{"$gt":""}', []],
    ['wanghuyuan', []],
  ])('%s', async (text, expected) => expect(await found(text)).toEqual(expected));

  it('says whether the door was found', async () => {
    const doorFound = async (text: string) => (await search(text)).body.doorFound;
    expect(await doorFound('望湖苑6号楼')).toBeNull();
    expect(await doorFound('望湖苑6号楼2单元1102')).toBe(true);
    expect(await doorFound('望湖苑6号楼2单元1103')).toBe(false);
  });
});

describe('what is not told', () => {
  it('gives no code, no owner and no certificate, whatever was found', async () => {
    for (const text of ['望湖苑', '望湖苑6号楼2单元1102', '李庄村12号']) {
      const wire = JSON.stringify((await search(text)).body);
      expect(wire).not.toMatch(/3715\d{8}[GJZ]|赵明远|不动产权第/);
    }
  });

  it('gives a hit that stands for the unit, for the account that searched and for a day', async () => {
    const { hit } = (await search('望湖苑6号楼2单元1102')).body.items[0];
    expect(openAddressHit(api.p, person.account.id, hit)).toBe(codeOf(1));
    const gone = expect.objectContaining({ code: 'register.addressHitGone' });
    const open = (accountId: string, text: string) => () => openAddressHit(api.p, accountId, text);
    expect(open(other.account.id, hit)).toThrow(gone);
    for (const text of ['', 'x', `${hit}A`, hit.slice(1), hit.replace(/.$/, hit.endsWith('A') ? 'Q' : 'A')]) {
      expect(open(person.account.id, text)).toThrow(gone);
    }
    const { p } = api;
    const later = { ...p, time: { now: () => new Date(p.time.now().getTime() + 24 * 3_600_000) } };
    expect(() => openAddressHit(later, person.account.id, hit)).toThrow(gone);
  });

  it('is for who has signed in, takes a hundred characters, and stops who walks through a town', async () => {
    expect((await stranger(api).post('/api/register/address-searches', { text: '望湖苑' })).status).toBe(401);
    expect((await search('湖'.repeat(101))).status).toBe(400);
    expect((await search('湖'.repeat(33_000))).status).toBe(400);
    const statuses: number[] = [];
    for (let n = 0; n < 301; n += 1) statuses.push((await search(`望湖苑6号楼${n}`, other)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(300);
    expect(statuses.at(-1)).toBe(429);
  });

  it('is not told the faster for having several accounts at one address', async () => {
    const statuses: number[] = [];
    const from = { headers: { 'X-Forwarded-For': '10.6.6.6' } };
    for (let account = 0; account < 3; account += 1) {
      const { client } = await createCitizen(api, { nameVerified: false });
      for (let n = 0; n < 210; n += 1) {
        const text = `望湖苑6号楼${n}`;
        statuses.push((await client.post('/api/register/address-searches', { text }, from)).status);
      }
    }
    // Twice what one may: many people share the address of a hall or a carrier.
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
  });

  it('leaves out what is no longer there', async () => {
    await units(api.p).collection.updateOne({ _id: codeOf(1) as never }, { $set: { status: 'cancelled' } });
    expect(await found('望湖苑6号楼2单元1102')).toEqual([HU6]);
    await units(api.p).collection.updateOne({ _id: codeOf(1) as never }, { $set: { status: 'active' } });
  });
});

describe('the directory', () => {
  it('is what the units’ addresses say', async () => {
    const all = await units(api.p).find({}, { address: 1, district: 1, addressKeys: 1 }).lean();
    const listed = all.map(({ address, district }) => listedAddress(address, district));
    expect(all.map(({ addressKeys }) => addressKeys)).toEqual(listed.map(({ addressKeys }) => addressKeys));
    const ids = [...new Set(listed.map(({ building }) => building._id))].sort();
    expect(
      (await buildings(api.p).find({}, { _id: 1 }).sort({ _id: 1 }).lean()).map(({ _id }) => _id),
    ).toEqual(ids);
  });

  it('is made again by the migration, which may be cut off and run twice', async () => {
    const db = api.p.database.connection.db!;
    const before = await buildings(api.p).find({}).sort({ _id: 1 }).lean();
    await buildings(api.p).collection.deleteMany({});
    await units(api.p).collection.updateMany({}, { $unset: { addressKeys: 1 } });
    // Cut off after the buildings of one unit.
    await buildings(api.p).collection.insertOne(before[0] as never);
    await listAddresses.up(db as never);
    await listAddresses.up(db as never);
    expect(await buildings(api.p).find({}).sort({ _id: 1 }).lean()).toEqual(before);
    expect(await found('望湖苑6号楼2单元1102')).toEqual([`${HU6}2单元1102 !`]);
  });
});

describe('a common name', () => {
  const many = (n: number) => importOf(`冠县振兴路${n}号同名花园1号楼1单元101`, '371525', 100 + n);

  it('gives twenty and says that there are more, and reads no more than it is let', async () => {
    await importUnits(
      api.p,
      Array.from({ length: 2_100 }, (_, n) => many(n + 1)),
    );
    const { body } = await search('同名花园');
    expect(body.items).toHaveLength(20);
    expect(body.more).toBe(true);
    expect((await search('望湖苑')).body.more).toBe(false);
    expect(await found('振兴路77号同名花园')).toEqual(['冠县振兴路77号同名花园1号楼']);
  }, 60_000);
});

describe('a name that thousands of places have', () => {
  it('is found by the rarer word beside it, whichever comes first', async () => {
    const places = Array.from({ length: 2_400 }, (_, n) =>
      listedAddress(`东昌府区${n === 2_399 ? '胭脂湖' : '利民'}路${n + 1}号百姓花园`, '371502'),
    );
    await listBuildings(buildings(api.p).collection as unknown as Collection<BuildingDocument>, places);
    expect(await found('百姓花园 胭脂湖路')).toEqual(['东昌府区胭脂湖路2400号百姓花园']);
    expect(await found('胭脂湖路 百姓花园')).toEqual(['东昌府区胭脂湖路2400号百姓花园']);
    expect((await search('百姓花园 胭脂湖路')).body.more).toBe(false);
    expect((await search('百姓花园 利民路')).body).toMatchObject({ more: true, items: { length: 20 } });
    expect((await search('百姓花园 南京路')).body).toMatchObject({ items: [], more: false });
    // Both common, and none of those that are looked at fits: that is no answer that there is none.
    expect((await search('百姓花园 振兴路')).body).toMatchObject({ items: [], more: true });
  });
});
