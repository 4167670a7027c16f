import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applications } from '../../../backend/modules/applications/index.ts';
import { createCitizen, TEST_PASSWORD } from '../../support/people.ts';
import type { Json } from '../../support/client.ts';
import {
  attachAll,
  createDraft,
  ok,
  openOffice,
  renameAnswers,
  saleAnswers,
  sign,
  signedSale,
  submittedRename,
  submittedSale,
  type Office,
} from './scenario.ts';

describe('confirming and filing', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  async function sent(): Promise<Json> {
    const { client } = office.seller;
    const draft = await createDraft(client, 'ZY02', saleAnswers(office, await office.home()));
    const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
    return ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
  }

  describe('the other applicant', () => {
    it('finds the case under 等您处理 by the verified number, and nobody else does', async () => {
      const draft = await sent();
      const { body } = await office.buyer.client.get('/api/applications?group=needsYou');
      expect(body.items.map(({ id }: Json) => id)).toContain(draft.id);
      const unverified = await createCitizen(office.api, { nameVerified: false });
      expect((await unverified.client.get(`/api/applications/${draft.id}/filing`)).status).toBe(404);
    });

    it('reads exactly what will be filed: the text gives the hash, and shows no number of the others', async () => {
      const draft = await sent();
      const filing = await ok(office.buyer.client.get(`/api/applications/${draft.id}/filing`));
      expect(createHash('sha256').update(filing.canonical, 'utf8').digest('hex')).toBe(filing.hash);
      expect(JSON.stringify(filing)).not.toContain(office.seller.account.idNumber);
      expect(filing.parties.map(({ name, isYou }: Json) => [name, isYou])).toEqual([
        ['赵明远', false],
        ['孙晓岚', true],
      ]);
      const own = await ok(office.seller.client.get(`/api/applications/${draft.id}/filing`));
      expect(own.hash).toBe(filing.hash);
    });

    it('opens the invitation by its link, which opens nothing for others', async () => {
      const draft = await sent();
      const stored = (await applications(office.api.p).collection.findOne({ _id: draft.id })) as Json;
      const { token } = stored.parties.find(({ role }: Json) => role === 'buyer').consent;
      expect((await office.buyer.client.get(`/api/applications/${token}/filing`)).status).toBe(200);
      const other = await createCitizen(office.api);
      expect((await other.client.get(`/api/applications/${token}/filing`)).status).toBe(404);
      const forged = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
      expect((await office.buyer.client.get(`/api/applications/${forged}/filing`)).status).toBe(404);
    });

    it('signs only with the factor given again, and only what was read', async () => {
      const draft = await sent();
      const url = `/api/applications/${draft.id}/consent`;
      const { hash } = await ok(office.buyer.client.get(`/api/applications/${draft.id}/filing`));
      const wrong = await office.buyer.client.post(url, { decision: 'sign', hash, password: 'not it' });
      expect(wrong.status).toBeGreaterThanOrEqual(400);
      const other = await office.buyer.client.post(url, {
        decision: 'sign',
        hash: '0'.repeat(64),
        password: TEST_PASSWORD,
      });
      expect([other.status, other.body.error.code]).toEqual([409, 'applications.filing_changed']);
      const view = await sign(office.buyer, draft.id);
      expect(view.parties.find(({ isYou }: Json) => isYou).consent.state).toBe('signed');
    });

    it('declines with a reason that the initiator reads', async () => {
      const draft = await sent();
      const url = `/api/applications/${draft.id}/consent`;
      const { hash } = await ok(office.buyer.client.get(`/api/applications/${draft.id}/filing`));
      const silent = await office.buyer.client.post(url, { decision: 'decline', hash });
      expect(silent.body.error.code).toBe('applications.reason_needed');
      await ok(office.buyer.client.post(url, { decision: 'decline', hash, reason: '价格不对' }));
      const seen = await ok(office.seller.client.get(`/api/applications/${draft.id}`));
      expect(seen.parties.find(({ role }: Json) => role === 'buyer').consent).toMatchObject({
        state: 'declined',
        reason: '价格不对',
      });
      const submit = await office.seller.client.post(`/api/applications/${draft.id}/submit`, {
        revision: seen.revision,
      });
      expect(submit.body.error.code).toBe('applications.consent_missing');
    });

    it('loses the signature when anything changes, and is told', async () => {
      const draft = await signedSale(office);
      const { client } = office.seller;
      const changed = await ok(
        client.patch(`/api/applications/${draft.id}`, {
          revision: draft.revision,
          answers: { priceYuan: '990000.00' },
        }),
      );
      expect(changed.status).toBe('draft');
      expect(changed.parties.find(({ role }: Json) => role === 'buyer').consent.state).toBe('void');
      const submit = await client.post(`/api/applications/${draft.id}/submit`, {
        revision: changed.revision,
      });
      expect(submit.body.error.code).toBe('applications.consent_missing');
      await office.api.settle();
      const inbox = await ok(office.buyer.client.get('/api/notifications'));
      expect(inbox.items.some(({ template }: Json) => template === 'applications.consentVoided')).toBe(true);
    });
  });

  describe('filing', () => {
    it('gives a number, a receipt and the day of the answer', async () => {
      const receipt = await submittedSale(office);
      expect(receipt.no).toMatch(/^20261009\d{5}$/);
      // Friday 10:30; 10-10 is a make-up Saturday.
      expect(receipt.answerDueAt).toBe('2026-10-10T09:00:00.000Z');
      const again = await ok(office.buyer.client.get(`/api/applications/${receipt.no}/receipt`));
      expect(again).toEqual(receipt);
      const view = await ok(office.seller.client.get(`/api/applications/${receipt.no}`));
      expect(view.documents.map(({ kind }: Json) => kind)).toEqual(['submissionReceipt']);
      const pdf = await office.seller.client.get(
        `/api/applications/${receipt.id}/documents/${view.documents[0].id}/pdf`,
      );
      expect(pdf.status).toBe(200);
      expect(Buffer.from(pdf.body).subarray(0, 5).toString()).toBe('%PDF-');
    });

    it('is carried in the case as one event, delivered to timeline and inbox', async () => {
      const receipt = await submittedRename(office);
      await office.api.settle();
      const view = await ok(office.seller.client.get(`/api/applications/${receipt.id}`));
      const done = view.timeline.filter(({ state }: Json) => state === 'done').map(({ kind }: Json) => kind);
      expect(done).toEqual(['submitted']);
      expect(view.timeline.find(({ state }: Json) => state === 'current').kind).toBe('preReview');
    });

    it('answers the same to the same key, refuses the key for another body, and files once', async () => {
      const { client } = office.seller;
      const draft = await createDraft(client, 'BG01', renameAnswers(office, await office.home()));
      const { revision } = await attachAll(client, draft.id, 'M21');
      const headers = { 'Idempotency-Key': `submit-${draft.id}` };
      const url = `/api/applications/${draft.id}/submit`;
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => client.post(url, { revision }, { headers })),
      );
      expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
      expect(new Set(replies.map(({ body }) => body.no)).size).toBe(1);
      const other = await client.post(url, { revision: revision + 1 }, { headers });
      expect([other.status, other.body.error.code]).toEqual([422, 'applications.key_reused']);
      const without = await client.post(url, { revision });
      expect(without.status).toBe(409);
    });

    it('numbers many at once without a gap or a double', async () => {
      const homes = await Promise.all(Array.from({ length: 12 }, () => office.home()));
      const receipts = await Promise.all(homes.map((home) => submittedRename(office, home)));
      expect(new Set(receipts.map(({ no }: Json) => no)).size).toBe(12);
    });

    it('says everything that is missing, at once', async () => {
      const { client } = office.seller;
      const draft = await createDraft(
        client,
        'ZY02',
        saleAnswers(office, await office.home(), { priceYuan: '-1', taxProofNo: null }),
      );
      for (const act of ['submit', 'request-consent']) {
        const asked = await client.post(`/api/applications/${draft.id}/${act}`, { revision: draft.revision });
        expect([asked.status, asked.body.error.code]).toEqual([422, 'applications.incomplete']);
        const pointers = asked.body.error.details.map(({ pointer }: Json) => pointer);
        expect(pointers).toEqual(
          expect.arrayContaining([
            '/answers/priceYuan',
            '/answers/taxProofNo',
            '/materials/M05',
            '/materials/M06',
          ]),
        );
      }
    });

    it('needs a verified name', async () => {
      const nobody = await createCitizen(office.api, { nameVerified: false });
      const draft = await createDraft(nobody.client, 'BG01');
      const { status, body } = await nobody.client.post(`/api/applications/${draft.id}/submit`, {
        revision: draft.revision,
      });
      expect([status, body.error.code]).toEqual([403, 'accounts.name_not_verified']);
    });
  });
});
