import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAccessTo } from '../../backend/modules/audit/index.ts';
import type { Json } from '../support/client.ts';
import type { TestPerson } from '../support/people.ts';
import {
  accepted,
  act,
  ok,
  openOffice,
  recorded,
  signedSale,
  submittedRename,
  submittedSale,
  submittedSeizure,
  type Office,
} from './applications/scenario.ts';

describe('what one module’s events do in another', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const inbox = async (person: TestPerson): Promise<Json[]> => {
    await office.api.settle();
    return (await ok(person.client.get('/api/notifications?limit=50'))).items;
  };
  const titles = async (person: TestPerson, about: RegExp): Promise<string[]> =>
    (await inbox(person)).map(({ title, text }) => `${title} ${text}`).filter((line) => about.test(line));

  it('tells the owner before and the owner after that the register changed', async () => {
    const receipt = await submittedSale(office);
    await accepted(office, receipt.id);
    await recorded(office, receipt.id);
    expect(await titles(office.seller, /所有权已转移/)).toHaveLength(1);
    expect(await titles(office.buyer, /所有权已转移/)).toHaveLength(1);
  });

  it('issues a certificate for what was recorded, and tells where it is', async () => {
    await office.api.settle();
    const { items } = await ok(office.buyer.client.get('/api/me/certificates'));
    expect(items.map(({ kind, status }: Json) => [kind, status])).toEqual([['title', 'valid']]);
  });

  it('stops a sale when a court seizes the home, and says so to both sides', async () => {
    const home = await office.home();
    const sale = await submittedSale(office, home);
    await accepted(office, sale.id);
    const order = await submittedSeizure(office, home);
    await accepted(office, order.id);
    await recorded(office, order.id);
    await office.api.settle();
    const seen = await ok(office.seller.client.get(`/api/applications/${sale.no}`));
    expect(seen.clocks.light).toBe('paused');
    expect(seen.pauses.map(({ reason }: Json) => reason)).toContain('suspendedByLaw');
    expect((await titles(office.seller, /被法院查封/)).length).toBeGreaterThan(0);
    const refused = await act(office.clerks.registrar, sale.id, 'record');
    expect(refused.status).toBeGreaterThanOrEqual(400);
  });

  it('tells a party whose signature was voided that it has to be given again', async () => {
    const draft = await signedSale(office);
    const saved = await ok(
      office.seller.client.patch(`/api/applications/${draft.id}`, {
        revision: draft.revision,
        answers: { priceYuan: '1290000.00' },
      }),
    );
    expect(saved.revision).toBeGreaterThan(draft.revision);
    expect((await titles(office.buyer, /请重新确认/)).length).toBeGreaterThan(0);
  });

  it('records for its owner that a clerk opened a file', async () => {
    const receipt = await submittedRename(office);
    const view = await ok(office.clerks.acceptance.client.get(`/api/work-items/${receipt.id}`));
    const [file] = view.materials.flatMap(({ files }: Json) => files);
    const opened = await office.clerks.acceptance.client.get(`/api/files/${file.fileId}`);
    expect(opened.status).toBe(200);
    const { personIndex } = office.seller.account;
    const looks = await listAccessTo(office.api.p, personIndex, { limit: 20 });
    expect(looks.items.some(({ target }) => target?.kind === 'file' && target.id === file.fileId)).toBe(true);
  });
});
