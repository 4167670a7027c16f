import { getFileFacts } from '../../../backend/modules/files/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { createCitizen, stranger } from '../../support/people.ts';
import type { Json } from '../../support/client.ts';
import { importUnits } from '../../../backend/modules/register/index.ts';
import { codeOf, unitImport } from '../register/units.ts';
import {
  attach,
  createDraft,
  ok,
  openOffice,
  personOrder,
  renameAnswers,
  saleAnswers,
  type Office,
} from './scenario.ts';

describe('drafts', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const pointers = (body: Json): string[] =>
    body.error.details.map(({ pointer }: { pointer: string }) => pointer);

  describe('beginning one', () => {
    it('fills in what is known, for the owner only', async () => {
      const home = await office.home();
      const own = await createDraft(office.seller.client, 'ZY02', { unitCode: home.code });
      expect(own.answers.sellers).toMatchObject([
        { name: '赵明远', idNumber: office.seller.account.idNumber },
      ]);
      expect(own.answers.certificateNo).toBe(home.certificateNo);
      expect(own.unit.address).toContain('望湖苑');

      const foreign = await createDraft(office.buyer.client, 'ZY02', { unitCode: home.code });
      expect(foreign.answers.sellers).toBeUndefined();
      expect(foreign.unit).toBeNull();
      expect(JSON.stringify(foreign)).not.toContain('望湖苑');
    });

    it('tells nothing of a unit to somebody who only typed its code, and the same where there is none', async () => {
      const home = await office.home();
      const known = await createDraft(office.buyer.client, 'ZY02', { unitCode: home.code });
      const none = await createDraft(office.buyer.client, 'ZY02', {
        unitCode: '371502001001GB00001F99990001',
      });
      const problem = (view: Json) =>
        view.problems.find(({ pointer }: Json) => pointer === '/answers/unitCode');
      expect(problem(known)).toEqual(problem(none));
    });

    it.each([
      ['the very number', '聊房权证开发区字第0112345678号', true],
      ['the number in another writing', ' 聊房权证开发区字 ０１１２３４５６７８', true],
      ['another number', '聊房权证开发区字第0112345679号', false],
    ])(
      '条例33: knows a unit by the number of its earlier certificate: %s',
      async (_, certificateNo, known) => {
        const code = codeOf(9001);
        const made = unitImport(code, [personOrder(office.seller, { numerator: 1, denominator: 1 })]);
        const rights = made.rights.map((one) => ({
          ...one,
          certificateNo: '聊房权证开发区字第0112345678号',
        }));
        await importUnits(office.api.p, [{ ...made, rights }]);
        const draft = await createDraft(office.buyer.client, 'ZY02', { unitCode: code, certificateNo });
        const unknown = draft.problems.some(
          ({ code: problem }: Json) => problem === 'applications.unit_unknown',
        );
        expect([unknown, draft.unit !== null]).toEqual([!known, known]);
        const checked = await office.buyer.client.post('/api/register/unit-checks', {
          unitCode: code,
          certificateNo,
          request: 'transfer',
        });
        expect(checked.body.matched).toBe(known);
      },
    );

    it('gives the same draft for the same request, and refuses the key for another', async () => {
      const headers = { 'Idempotency-Key': 'key-of-a-draft' };
      const body = { businessType: 'ZY02' };
      const first = await ok(office.seller.client.post('/api/applications', body, { headers }), 201);
      const again = await ok(office.seller.client.post('/api/applications', body, { headers }), 201);
      expect(again.id).toBe(first.id);
      const other = await office.seller.client.post(
        '/api/applications',
        { businessType: 'BG01' },
        { headers },
      );
      expect([other.status, other.body.error.code]).toEqual([422, 'applications.key_reused']);
      const another = await ok(office.buyer.client.post('/api/applications', body, { headers }), 201);
      expect(another.id).not.toBe(first.id);
    });

    it('makes one draft of fifty requests with one key at once', async () => {
      const headers = { 'Idempotency-Key': 'fifty-at-once' };
      const replies = await Promise.all(
        Array.from({ length: 50 }, () =>
          office.seller.client.post('/api/applications', { businessType: 'BG01' }, { headers }),
        ),
      );
      expect(
        [...new Set(replies.map(({ status }) => status))].filter((one) => ![200, 201].includes(one)),
      ).toEqual([]);
      expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    });

    it('leaves seizures to courts, and nothing else to them', async () => {
      for (const [client, type] of [
        [office.seller.client, 'CF01'],
        [office.court.client, 'ZY02'],
      ] as const) {
        const { status, body } = await client.post('/api/applications', { businessType: type });
        expect([status, body.error.code]).toEqual([422, 'applications.type_not_open']);
      }
    });

    it('refuses unknown types, unknown fields and strangers', async () => {
      const { client } = office.seller;
      expect((await client.post('/api/applications', { businessType: 'XX99' })).status).toBe(404);
      const wrong = await client.post('/api/applications', { businessType: 'ZY02', answers: { price: 1 } });
      expect([wrong.status, wrong.body.error.code]).toEqual([422, 'applications.wrong_key']);
      expect(
        (await client.post('/api/applications', { businessType: 'ZY02', status: 'approved' })).status,
      ).toBe(400);
      expect((await stranger(office.api).post('/api/applications', { businessType: 'ZY02' })).status).toBe(
        401,
      );
    });
  });

  describe('saving', () => {
    it('merges fields, removes by null, and counts revisions', async () => {
      const { client } = office.seller;
      const draft = await createDraft(client, 'ZY02');
      const saved = await ok(
        client.patch(`/api/applications/${draft.id}`, {
          revision: draft.revision,
          answers: { priceYuan: '100.00', remark: 'x' },
        }),
      );
      expect(saved.revision).toBe(draft.revision + 1);
      const removed = await ok(
        client.patch(`/api/applications/${draft.id}`, {
          revision: saved.revision,
          answers: { remark: null },
        }),
      );
      expect(removed.answers).toEqual({ priceYuan: '100.00' });
    });

    it('tells two tabs apart: the later one is refused with what differs, and nothing is overwritten', async () => {
      const { client } = office.seller;
      const { id, revision } = await createDraft(client, 'ZY02');
      await ok(
        client.patch(`/api/applications/${id}`, {
          revision,
          answers: { priceYuan: '100.00', contractNo: 'LC-000001' },
        }),
      );
      const late = await client.patch(`/api/applications/${id}`, {
        revision,
        answers: { priceYuan: '200.00', remark: 'b' },
      });
      expect([late.status, late.body.error.code]).toEqual([409, 'applications.stale_draft']);
      expect(pointers(late.body).sort()).toEqual([
        '/answers/contractNo',
        '/answers/priceYuan',
        '/answers/remark',
      ]);
      const now = await ok(client.get(`/api/applications/${id}`));
      expect(now.answers.priceYuan).toBe('100.00');
    });

    it('lets exactly one of twenty tabs through at one revision', async () => {
      const { client } = office.seller;
      const { id, revision } = await createDraft(client, 'ZY02');
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, tab) =>
          client.patch(`/api/applications/${id}`, { revision, answers: { remark: `tab ${tab}` } }),
        ),
      );
      expect(replies.map(({ status }) => status).sort()).toEqual([
        200,
        ...Array.from({ length: 19 }, () => 409),
      ]);
    });

    it('stores no answer in the open', async () => {
      const { client } = office.seller;
      const draft = await createDraft(client, 'ZY02', {
        buyers: [{ name: '孙晓岚', idNumber: office.buyer.account.idNumber, phone: '13812345678' }],
      });
      const stored = await applications(office.api.p).collection.findOne({ _id: draft.id });
      const text = JSON.stringify(stored);
      expect(text).not.toContain(office.buyer.account.idNumber);
      expect(text).not.toContain('13812345678');
      expect(draft.answers.buyers[0].idNumber).toBe(office.buyer.account.idNumber);
    });

    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        name: `卖方${at}`,
        partyKind: 'person',
        idKind: '1',
        idNumber: `3715021980010${String(at).padStart(4, '0')}`,
      }));

    it('keeps no list that is longer than its form allows, neither saved nor begun with', async () => {
      const { client } = office.seller;
      const { id, revision } = await createDraft(client, 'ZY02');
      for (const reply of [
        await client.patch(`/api/applications/${id}`, { revision, answers: { sellers: many(21) } }),
        await client.post('/api/applications', { businessType: 'ZY02', answers: { sellers: many(21) } }),
      ]) {
        expect([reply.status, reply.body.error.code]).toEqual([422, 'applications.list_too_long']);
        expect(reply.body.error.details).toMatchObject([
          { pointer: '/answers/sellers', code: 'validation.too_many', message: '最多 20 项。' },
        ]);
      }
      // A list where the form has none is no list of the form either.
      const odd = await client.patch(`/api/applications/${id}`, { revision, answers: { remark: many(1) } });
      expect(odd.body.error.code).toBe('applications.list_too_long');
      const most = { sellers: many(20), buyers: many(20) };
      await ok(client.patch(`/api/applications/${id}`, { revision, answers: most }));
      expect((await ok(client.get(`/api/applications/${id}`))).revision).toBe(revision + 1);
    });

    it('keeps no more than 64 KB of answers, however they come', async () => {
      const { client } = office.seller;
      const { id, revision } = await createDraft(client, 'ZY02');
      const half = '房'.repeat(11_000);
      const saved = await ok(
        client.patch(`/api/applications/${id}`, { revision, answers: { remark: half } }),
      );
      const over = await client.patch(`/api/applications/${id}`, {
        revision: saved.revision,
        answers: { contractNo: half },
      });
      expect([over.status, over.body.error.code]).toEqual([422, 'applications.draft_too_large']);
      expect(over.body.error.message).toContain('64');
    });

    it('is read six hundred times a minute by one account, and no more; others are not held up', async () => {
      const { client } = await createCitizen(office.api);
      const { id } = await createDraft(client, 'ZY02');
      const statuses: number[] = [];
      for (let batch = 0; batch < 13; batch += 1) {
        const replies = await Promise.all(
          Array.from({ length: 50 }, () => client.get(`/api/applications/${id}?view=case`)),
        );
        statuses.push(...replies.map(({ status }) => status));
      }
      expect(statuses.slice(0, 600).every((status) => status === 200)).toBe(true);
      expect(statuses).toContain(429);
      expect((await office.buyer.client.get(`/api/applications/${id}`)).status).toBe(404);
    }, 60_000);

    it('takes operators, prototypes and deep things as what they are: wrong', async () => {
      const { client } = office.seller;
      const { id, revision } = await createDraft(client, 'ZY02');
      for (const answers of [
        { $set: { status: 'approved' } },
        JSON.parse('{"__proto__":{"a":1}}'),
        { 'a.b': 1 },
      ]) {
        const { status } = await client.patch(`/api/applications/${id}`, { revision, answers });
        expect([400, 422]).toContain(status);
      }
      const odd = await client.patch(`/api/applications/${id}`, {
        revision,
        answers: { remark: { $gt: '' } },
      });
      expect(odd.status).toBe(200);
      expect(odd.body.problems.some(({ pointer }: Json) => pointer === '/answers/remark')).toBe(true);
    });

    it('is nobody else’s: the draft does not exist for them', async () => {
      const { id, revision } = await createDraft(office.seller.client, 'ZY02');
      const other = office.buyer.client;
      for (const reply of [
        await other.get(`/api/applications/${id}`),
        await other.get(`/api/applications/${id}/filing`),
        await other.patch(`/api/applications/${id}`, { revision, answers: {} }),
        await other.delete(`/api/applications/${id}`),
        await office.clerks.acceptance.client.get(`/api/work-items/${id}`),
      ]) {
        expect([reply.status, reply.body.error.code]).toEqual([404, 'applications.not_found']);
      }
    });
  });

  describe('the task list', () => {
    it('says what is done, what is wrong, and why the rest has to wait', async () => {
      const home = await office.home();
      const { client } = office.seller;
      const all = saleAnswers(office, home, { coOwnership: '2' });
      const draft = await createDraft(client, 'ZY02', all);
      const state = (view: Json, key: string) =>
        view.sections.find((section: Json) => section.key === key)?.state;
      expect(state(draft, 'property')).toBe('done');
      expect(state(draft, 'parties')).toBe('problem');
      expect(state(draft, 'materials')).toBe('notStarted');
      expect(state(draft, 'consent')).toBe('blocked');
      expect(state(draft, 'check')).toBe('blocked');
      await ok(
        client.patch(`/api/applications/${draft.id}`, {
          revision: draft.revision,
          answers: { coOwnership: '0' },
        }),
      );
      await ok(attach(client, draft.id, 'M05'));
      const ready = await ok(attach(client, draft.id, 'M06'));
      expect(ready.problems).toEqual([]);
      expect(state(ready, 'consent')).toBe('notStarted');
    });

    it('names every holder that is missing, and a party that is not the register’s', async () => {
      const other = await createCitizen(office.api, { name: '钱多多' });
      const home = await office.home();
      const named = [{ name: '钱多多', partyKind: 'person', idKind: '1', idNumber: other.account.idNumber }];
      const codes = async (type: string, answers: Record<string, unknown>) =>
        (await createDraft(office.seller.client, type, answers)).problems.map(({ code }: Json) => code);
      expect(await codes('ZY02', saleAnswers(office, home, { sellers: named }))).toEqual(
        expect.arrayContaining(['applications.not_holder', 'applications.you_not_party']),
      );
      // Whoever applies alone for another learns nothing of that other's number.
      const alone = await codes('BG01', renameAnswers(office, home, { holders: named }));
      expect(alone).toContain('applications.you_not_party');
      expect(alone).not.toContain('applications.not_holder');
    });
  });

  describe('deleting', () => {
    it('removes the draft, once', async () => {
      const { client } = office.seller;
      const { id } = await createDraft(client, 'ZY02');
      expect((await client.delete(`/api/applications/${id}`)).status).toBe(204);
      expect((await client.delete(`/api/applications/${id}`)).status).toBe(404);
    });
  });

  describe('files', () => {
    it('go only to the draft’s owner and to a material of the type', async () => {
      const { client } = office.seller;
      const { id, revision } = await createDraft(client, 'ZY02');
      expect((await attach(office.buyer.client, id, 'M05')).status).toBeGreaterThanOrEqual(400);
      expect((await attach(client, id, 'M99')).status).toBeGreaterThanOrEqual(400);
      const body = { revision, materialCode: 'M05', fileIds: ['0123456789abcdef01234567'] };
      const unknown = await client.post(`/api/applications/${id}/materials`, body);
      expect([unknown.status, unknown.body.error.code]).toEqual([422, 'applications.file_unknown']);
      const elsewhere = await client.post(`/api/applications/${id}/materials`, {
        ...body,
        materialCode: 'M99',
        fileIds: [],
      });
      expect(elsewhere.body.error.code).toBe('applications.material_unknown');
    });

    it('cannot be deleted while a material holds them, and can once it does not', async () => {
      const { client } = office.seller;
      const { id } = await createDraft(client, 'ZY02');
      const held = await ok(attach(client, id, 'M05'));
      const fileOf = (view: Json): string =>
        view.materials.find((one: Json) => one.code === 'M05').files[0].fileId;
      const first = fileOf(held);
      expect((await client.delete(`/api/files/${first}`)).body.error.code).toBe('files.in_use');
      const second = fileOf(await ok(attach(client, id, 'M05', 'another')));
      expect((await client.delete(`/api/files/${first}`)).status).toBe(204);
      expect((await client.delete(`/api/files/${second}`)).body.error.code).toBe('files.in_use');
      expect((await client.delete(`/api/applications/${id}`)).status).toBe(204);
      // Nothing names it any more: it is not a file of any case, and the sweep may take it.
      expect(await getFileFacts(office.api.p, [second])).toMatchObject([{ id: second, boundTo: null }]);
    });
  });
});
