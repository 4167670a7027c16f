import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../support/client.ts';
import {
  accepted,
  act,
  claimed,
  ok,
  openOffice,
  submittedRename,
  submittedSale,
  type Office,
} from './scenario.ts';

/** 条例17, 22: who turns a case away reads the very notice, with its article, before it goes out. */
describe('the notice that a clerk is about to write', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const preview = (id: string, body: object, by = office.clerks.firstReview) =>
    by.client.post(`/api/work-items/${id}/notice-preview`, body);
  const words = ({ title, rows, paragraphs, issuedBy }: Json) => ({ title, rows, paragraphs, issuedBy });
  const documentOf = async (id: string, kind: string): Promise<Json> => {
    const { documents } = await ok(office.seller.client.get(`/api/applications/${id}?view=case`));
    const found = documents.find((one: Json) => one.kind === kind);
    return ok(office.seller.client.get(`/api/applications/${id}/documents/${found.id}`));
  };

  it('不予登记: is word for word what the applicant then has', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const refuse = { reason: 'ownershipDispute', facts: '法院已受理确权之诉' };
    const shown = await ok(preview(id, { refuse }));
    expect(shown.rows.map(({ label, value }: Json) => `${label.zh}:${value.zh}`)).toEqual(
      expect.arrayContaining([
        '不予登记的理由:存在尚未解决的权属争议',
        '事实:法院已受理确权之诉',
        '依据:不动产登记暂行条例第二十二条（二）',
      ]),
    );
    await ok(act(office.clerks.firstReview, id, 'refuse', refuse));
    expect(words(await documentOf(id, 'refusalNotice'))).toEqual(shown);
  });

  it('不予受理: is word for word what the applicant then has', async () => {
    const { id } = await submittedRename(office);
    await claimed(office.clerks.acceptance, id);
    const decline = { reason: 'notOurArea', facts: '房屋不在本市', goTo: '济南市不动产登记中心' };
    const shown = await ok(preview(id, { decline }, office.clerks.acceptance));
    expect(JSON.stringify(shown)).toContain('不动产登记暂行条例第十七条（四）');
    await ok(act(office.clerks.acceptance, id, 'decline', decline));
    expect(words(await documentOf(id, 'declineNotice'))).toEqual(shown);
  });

  it('changes nothing, and shows with nothing typed what is still missing', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    const before = await ok(office.clerks.firstReview.client.get(`/api/work-items/${id}`));
    const shown = await ok(preview(id, { refuse: { reason: 'seized', facts: '' } }));
    expect(shown.rows.find(({ label }: Json) => label.zh === '事实').value.zh).toBe('');
    const after = await ok(office.clerks.firstReview.client.get(`/api/work-items/${id}`));
    expect([after.revision, after.documents]).toEqual([before.revision, before.documents]);
    expect((await preview(id, {})).body.error.code).toBe('applications.reason_needed');
    expect((await preview(id, { refuse: { reason: 'notOurArea', facts: '' } })).status).toBe(400);
    expect((await preview(id, {}, office.seller)).status).toBe(403);
  });

  it('a paused row of the work list says why it stands still and until when', async () => {
    const { id, no } = await submittedSale(office);
    await accepted(office, id);
    const { firstReview } = office.clerks;
    const rowOf = async () =>
      (await ok(firstReview.client.get('/api/work-items?view=all&limit=100'))).items.find(
        (row: Json) => row.no === no,
      );
    expect((await rowOf()).pauses).toEqual([]);
    await claimed(firstReview, id);
    await ok(
      act(firstReview, id, 'pause', { reason: 'waitTax', note: '等税务', plannedEndOn: '2026-10-20' }),
    );
    expect(await rowOf()).toMatchObject({
      light: 'paused',
      pauses: [{ reason: 'waitTax', label: { zh: '待缴税' }, plannedEndOn: '2026-10-20' }],
    });
    const { items } = await ok(office.seller.client.get('/api/applications?limit=50'));
    const card = items.find((one: Json) => one.id === id);
    expect(card.sentence.zh).toBe('等您缴税，缴后接着办，预计 10月20日（周二）恢复');
    const run = firstReview.client.post(`/api/applications/${id}/resume`, { note: '已缴' });
    await ok(run);
    expect((await rowOf()).pauses).toEqual([]);
  });
});
