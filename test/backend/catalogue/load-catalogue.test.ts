import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessTypes } from '../../../backend/modules/catalogue/business-type.model.ts';
import {
  findBusinessType,
  getBusinessType,
  getOffice,
  listBusinessTypes,
  loadCatalogue,
} from '../../../backend/modules/catalogue/index.ts';
import { offices } from '../../../backend/modules/catalogue/office.model.ts';
import type { Platform } from '../../../backend/platform/platform.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { CODES } from './support.ts';

let api: TestApi;
let root: string;
beforeAll(async () => {
  api = await startApi();
  root = await mkdtemp(join(tmpdir(), 'reference-'));
  await cp(fileURLToPath(new URL('../../../seeds/reference', import.meta.url)), root, { recursive: true });
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await api.close();
});

async function writeType(name: string, from: string, change: Record<string, unknown>): Promise<void> {
  const type = JSON.parse(await readFile(join(root, 'catalogue', from), 'utf8')) as Record<string, unknown>;
  await writeFile(join(root, 'catalogue', name), JSON.stringify({ ...type, ...change }));
}
const inProduction = (p: Platform): Platform => ({ ...p, config: { ...p.config, production: true } });

describe('loading', () => {
  it('twice changes nothing', async () => {
    const before = await businessTypes(api.p).find().sort({ _id: 1 }).lean();
    await loadCatalogue(api.p);
    expect(await businessTypes(api.p).find().sort({ _id: 1 }).lean()).toEqual(before);
    expect(before.map(({ code }) => code)).toEqual([...CODES].sort());
  });

  it('leaves a hall as the administrator has changed it', async () => {
    await offices(api.p).collection.updateOne(
      { _id: 'yanggu' as never },
      { $set: { phone: '0635-1111111' } },
    );
    await loadCatalogue(api.p);
    expect((await getOffice(api.p, 'yanggu')).phone).toBe('0635-1111111');
  });

  it('of two files for one version stops', async () => {
    await writeType('ZY02-copy.json', 'ZY02.json', {});
    await expect(loadCatalogue(api.p, root)).rejects.toThrow(/ZY02@\d+ is described by two files/);
    await rm(join(root, 'catalogue/ZY02-copy.json'));
  });

  it('of a changed version stops in production, before anything is written', async () => {
    await writeType('BG01.json', 'BG01.json', { keywords: ['changed'] });
    await expect(loadCatalogue(inProduction(api.p), root)).rejects.toThrow(
      'BG01@2 was changed after it was loaded: raise its version',
    );
    expect((await getBusinessType(api.p, 'BG01')).keywords).not.toEqual(['changed']);
  });
});

describe('versions', () => {
  it('a new version serves from its day on, and the old one stays for the cases accepted under it', async () => {
    await cp(
      fileURLToPath(new URL('../../../seeds/reference/catalogue', import.meta.url)),
      join(root, 'catalogue'),
      { recursive: true, force: true },
    );
    await writeType('DY01-3.json', 'DY01.json', { version: 3, validFrom: '2026-10-12', distinctPeople: 3 });
    await loadCatalogue(api.p, root);
    expect((await getBusinessType(api.p, 'DY01')).version).toBe(2);
    expect((await getBusinessType(api.p, 'DY01', { on: '2026-10-12' })).version).toBe(3);
    expect((await getBusinessType(api.p, 'DY01', { version: 2, on: '2026-10-12' })).version).toBe(2);
    const served = await (await api.fetch('/api/business-types/DY01?version=3')).json();
    expect(served).toMatchObject({ version: 3, distinctPeople: 3 });
  });

  it('the list has one version of each type, that of the day', async () => {
    const on = async (day: string) =>
      (await listBusinessTypes(api.p, { on: day })).map(({ code, version }) => `${code}@${version}`);
    expect(await on('2026-10-09')).toContain('DY01@2');
    expect(await on('2026-10-12')).toContain('DY01@3');
    expect(await on('2020-12-31')).toEqual([]);
  });

  it('the same object is given each time, so its form is compiled once', async () => {
    expect(await getBusinessType(api.p, 'ZY02')).toBe(await getBusinessType(api.p, 'ZY02'));
  });

  it('an unknown type is null to who looks and a refusal to who needs it', async () => {
    expect(await findBusinessType(api.p, 'ZZ99')).toBeNull();
    await expect(getBusinessType(api.p, 'ZZ99')).rejects.toMatchObject({ code: 'catalogue.type_unknown' });
  });
});
