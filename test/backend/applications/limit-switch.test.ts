import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { loadCatalogue } from '../../../backend/modules/catalogue/index.ts';
import { TEST_NOW } from '../../support/api.ts';
import type { Json } from '../../support/client.ts';
import { accepted, act, claimed, ok, openOffice, submittedSale, type Office } from './scenario.ts';

/** A city that lets a 核查 replace the promise instead of stopping the clock: 二手房 from its file with that one rule. */
describe('a reason that switches to the statutory limit', () => {
  let office: Office;
  let root: string;
  beforeAll(async () => {
    office = await openOffice();
    root = await mkdtemp(join(tmpdir(), 'reference-'));
    await cp(fileURLToPath(new URL('../../../seeds/reference', import.meta.url)), root, { recursive: true });
    const path = join(root, 'catalogue/ZY02.json');
    const type = JSON.parse(await readFile(path, 'utf8')) as Json;
    type.version += 1;
    type.limits.switchToStatutory = ['inquiry'];
    await writeFile(path, JSON.stringify(type));
    await loadCatalogue(office.api.p, root);
  });
  afterAll(async () => {
    await rm(root, { recursive: true, force: true });
    await office.close();
  });

  async function paused(reason: string): Promise<{ id: string; view: Json; page: Json; notice: string }> {
    office.api.setNow(TEST_NOW);
    const { id } = await submittedSale(office);
    await accepted(office, id);
    await claimed(office.clerks.firstReview, id);
    const body = { reason, note: '向公安核实姓名', plannedEndOn: '2026-10-14' };
    const view = await ok(act(office.clerks.firstReview, id, 'pause', body));
    const page = await ok(office.seller.client.get(`/api/applications/${id}?view=case`));
    const stored = await applications(office.api.p).collection.findOne({ _id: id as never });
    return { id, view, page, notice: JSON.stringify(stored?.documents.at(-1)) };
  }
  const titles = (page: Json) => page.timeline.map(({ title }: Json) => title.zh);

  it('says in the notice, at the top and in the course that time runs on to the legal day', async () => {
    const { id, view, page, notice } = await paused('inquiry');
    // 30 working days after 10-09.
    expect(view.clocks).toMatchObject({ running: true, promised: { dueOn: '2026-11-19' } });
    expect(notice).toContain('原来承诺的日期不再适用，改按法定期限办理，最迟 11月19日（周四）办结');
    expect(notice).not.toContain('不计入');
    expect(page.headline.zh).toContain('预计 11月19日（周四）17:00 前办结');
    expect(page.sentence.zh).toBe('核查：原来的承诺不再适用，按法定期限 11月19日（周四）17:00 前办结');
    expect(page.pauses).toMatchObject([{ stopsClock: false }]);
    expect(titles(page)).toContain('核查：原来的承诺不再适用，改按法定期限办理');
    expect(JSON.stringify(page)).not.toContain('办理时间暂停');
    await office.api.settle();
    const { items } = await ok(office.seller.client.get('/api/notifications?limit=100'));
    const told = items.map(({ title }: Json) => title);
    expect(told).toContain('改按法定期限办理');
    expect(told).not.toContain('办理时间暂停');
    await ok(act(office.clerks.firstReview, id, 'resume', { note: '已回函' }));
    const after = await ok(office.seller.client.get(`/api/applications/${id}?view=case`));
    expect(titles(after)).toContain('核查结束');
    expect(titles(after)).not.toContain('恢复计时');
  });

  it('any other says that time stands still', async () => {
    const { page, notice } = await paused('suspendedByLaw');
    expect(notice).toContain('暂停期间不计入办理时间');
    expect(page.headline.zh).toBe('办理时间暂停：依法中止');
    expect(page.pauses).toMatchObject([{ stopsClock: true }]);
    expect(titles(page)).toContain('办理时间暂停：依法中止');
  });
});
