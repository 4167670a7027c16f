import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  feeFor,
  getBusinessType,
  loadCatalogue,
  resolveMaterials,
  validateAnswers,
} from '../../../backend/modules/catalogue/index.ts';
import type { BusinessTypeSummary } from '../../../backend/modules/catalogue/contract.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { CERTIFICATE_NO, li, TODAY, UNIT_CODE, wang } from './support.ts';

// 赠与 (ZY06) exists nowhere in the code: everything below works from its file alone.
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let api: TestApi;
let root: string;

beforeAll(async () => {
  api = await startApi();
  root = await mkdtemp(join(tmpdir(), 'reference-'));
  await cp(pathOf('../../../seeds/reference'), root, { recursive: true });
  await cp(pathOf('types/ZY06.json'), join(root, 'catalogue/ZY06.json'));
  await loadCatalogue(api.p, root);
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await api.close();
});

const ANSWERS = {
  unitCode: UNIT_CODE,
  certificateNo: CERTIFICATE_NO,
  donors: [wang],
  donees: [li],
  coOwnership: '0',
  giftContractOn: '2026-10-08',
  taxProofNo: '337156261000012345',
  inquiryOwnWill: true,
  statementTrue: true,
};

it('is listed and served like the others', async () => {
  const list = (await (await api.fetch('/api/business-types')).json()) as { items: BusinessTypeSummary[] };
  expect(list.items.map(({ code }) => code)).toContain('ZY06');
  expect((await api.fetch('/api/business-types/ZY06')).status).toBe(200);
  expect((await api.fetch('/api/business-types/ZY06/forecast')).status).toBe(200);
});

it('has its answers checked, between fields too', async () => {
  const type = await getBusinessType(api.p, 'ZY06');
  expect(validateAnswers(type, ANSWERS, { today: TODAY })).toEqual([]);
  const wrong = { ...ANSWERS, donees: [wang], giftContractOn: '2026-10-10', taxProofNo: undefined };
  expect(validateAnswers(type, wrong, { today: TODAY })).toMatchObject([
    { pointer: '/taxProofNo', sentence: { zh: '请填写契税凭证号码' } },
    { pointer: '/donees/0/idNumber', sentence: { zh: '赠与人不能同时是受赠人' } },
    { pointer: '/giftContractOn' },
  ]);
});

it('has its fee and its materials', async () => {
  const type = await getBusinessType(api.p, 'ZY06');
  expect(feeFor(type, { houseUse: '10' })).toMatchObject({ totalFen: 80_00, payer: 'donee' });
  const needs = resolveMaterials(type, ANSWERS, {
    facts: { preNotice: true },
    connected: ['signedOnline', 'realName', 'ownRegister'],
  });
  expect(Object.fromEntries(needs.map(({ material, state }) => [material.code, state]))).toEqual({
    M01: 'exempt',
    M02: 'exempt',
    M04: 'exempt',
    M06: 'provide',
    'M25-notice': 'provide',
    M20: 'provide',
  });
});
