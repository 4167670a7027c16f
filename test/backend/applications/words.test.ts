import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  act,
  attachAll,
  claimed,
  createDraft,
  ok,
  openOffice,
  saleAnswers,
  submittedRename,
  submittedSale,
  type Office,
} from './scenario.ts';

/** What an applicant reads at the top of a case: never a time that has gone by as if it were to come, and whose turn it is. */
describe('the words of a case', () => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice();
  });
  afterEach(() => office.close());

  const cardOf = async (person: 'seller' | 'buyer', id: string) => {
    const { items } = await ok(office[person].client.get('/api/applications?limit=50'));
    return items.find((card: { id: string }) => card.id === id);
  };
  /** A session does not last for days. */
  async function caseOn(now: string, id: string) {
    office.api.setNow(new Date(now));
    const { client, account } = office.buyer;
    await ok(client.post('/api/sessions', { login: account.phone, password: account.password }), 201);
    return ok(client.get(`/api/applications/${id}?view=case`));
  }

  /** Accepted on Friday 10-09 for 3 working days: 10-10 is a make-up Saturday, so it is due on 10-13 at 17:00. */
  it.each([
    ['2026-10-13T16:59:00+08:00', /预计 10月13日（周二）17:00 前办结$/, true],
    ['2026-10-13T17:01:00+08:00', /已过承诺的 10月13日（周二）17:00$/, false],
    ['2026-10-15T18:00:00+08:00', /已过承诺的 10月13日（周二）17:00$/, false],
  ])('at %s: %s', async (now, headline, promises) => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    const seen = await caseOn(now, id);
    expect(seen.headline.zh).toMatch(headline);
    expect(/前办结/.test(seen.sentence.zh)).toBe(promises);
    const latest = seen.timeline.map(({ until }: { until: string | null }) => until).filter(Boolean);
    for (const until of latest)
      expect(new Date(until).getTime()).toBeGreaterThanOrEqual(new Date(now).getTime());
  });

  it('an answer on acceptance that did not come in time is no longer promised', async () => {
    const { id } = await submittedSale(office);
    const { sentence } = await ok(office.buyer.client.get(`/api/applications/${id}?view=case`));
    expect(sentence.zh).toBe('正在看材料，最迟 10月10日（周六）17:00 答复是否受理');
    const late = await caseOn('2026-10-12T09:00:00+08:00', id);
    expect(late.sentence.zh).toBe('答复期限已过，依法视为受理，办理时间已经起算');
  });

  it('names the one who is waited for: never the reader as another', async () => {
    const { client } = office.seller;
    const draft = await createDraft(client, 'ZY02', saleAnswers(office, await office.home()));
    const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
    await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
    expect((await cardOf('buyer', draft.id)).statusWord.zh).toBe('等您确认');
    expect((await cardOf('seller', draft.id)).statusWord.zh).toBe('等对方确认');
  });

  it('asks the one who filed for what is missing, and tells the other that nothing is asked of them', async () => {
    const { id } = await submittedSale(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const defects = [{ target: { materialCode: 'M05' }, defect: '第 2 页看不清', remedy: '请重新拍照上传' }];
    await ok(act(office.clerks.firstReview, id, 'request-correction', { defects, dueOn: '2026-10-23' }));
    expect((await cardOf('seller', id)).sentence.zh).toBe('计时暂停，等您补 1 样，请在 10月23日（周五）前');
    const buyer = await cardOf('buyer', id);
    expect(buyer.statusWord.zh).toBe('等对方补材料');
    expect(buyer.sentence.zh).toMatch(/^等 .+ 补 1 样，10月23日（周五）前交齐，您不用操作$/);
    const seen = await ok(office.buyer.client.get(`/api/applications/${id}?view=case`));
    expect(seen.headline.zh).toBe('办理时间暂停：等对方补材料');
  });

  it('says on both receipts that a due Saturday is worked', async () => {
    const { id } = await submittedRename(office);
    await accepted(office, id);
    const { client } = office.seller;
    const { documents } = await ok(client.get(`/api/applications/${id}?view=case`));
    const rowsOf = async (kind: string) => {
      const found = documents.find((one: { kind: string }) => one.kind === kind);
      const { rows } = await ok(client.get(`/api/applications/${id}/documents/${found.id}`));
      return Object.fromEntries(
        rows.map(({ label, value }: { label: { zh: string }; value: { zh: string } }) => [
          label.zh,
          value.zh,
        ]),
      );
    };
    const saturday = '2026年10月10日（周六，调休上班）17:00';
    expect((await rowsOf('submissionReceipt'))['最迟答复']).toBe(saturday);
    expect((await rowsOf('acceptanceReceipt'))['承诺办结']).toBe(saturday);
    const receipt = await ok(client.get(`/api/applications/${id}/receipt`));
    expect(receipt.next.zh).toContain('10月10日（周六，调休上班）17:00');
    expect(receipt.next.en).toContain('Sat 10 Oct (a working day), 17:00');
  });
});
