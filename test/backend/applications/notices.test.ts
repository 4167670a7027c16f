import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Json } from '../../support/client.ts';
import { act, claimed, ok, openOffice, submittedRename, type Office } from './scenario.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

it('a notice can be fetched whatever was typed into it, characters without a glyph included', async () => {
  const { id } = await submittedRename(office);
  const clerk = office.clerks.acceptance;
  await claimed(clerk, id);
  const defects = [
    { target: { materialCode: 'M21' }, defect: '☑ 第 1 页太暗😀', remedy: '请重拍\u{20BB7}\u{F0000}' },
  ];
  await ok(act(clerk, id, 'request-correction', { defects, dueOn: '2026-10-20' }));
  const { client } = office.seller;
  const { documents } = await ok(client.get(`/api/applications/${id}?view=case`));
  const notice = documents.at(-1) as Json;
  const shown = await ok(client.get(`/api/applications/${id}/documents/${notice.id}`));
  expect(JSON.stringify(shown)).toContain('太暗😀');
  const pdf = await client.get(`/api/applications/${id}/documents/${notice.id}/pdf`);
  expect([pdf.status, Buffer.from(pdf.body).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
});
