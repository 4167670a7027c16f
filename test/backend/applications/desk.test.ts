import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { legalDayOf } from '../../../backend/platform/time.ts';
import { applications, suspendAfterSeizure } from '../../../backend/modules/applications/index.ts';
import { getUnit } from '../../../backend/modules/register/index.ts';
import { createCitizen, createStaff, stranger, type TestPerson } from '../../support/people.ts';
import type { Json } from '../../support/client.ts';
import {
  accepted,
  act,
  approved,
  attach,
  claimed,
  ok,
  openOffice,
  recorded,
  reviewed,
  submittedRename,
  submittedSale,
  submittedSeizure,
  type Office,
} from './scenario.ts';

describe('the desk', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const code = (reply: { status: number; body: Json }) => [reply.status, reply.body.error?.code];
  const view = (id: string, person: TestPerson = office.clerks.registrar): Promise<Json> =>
    ok(person.client.get(`/api/work-items/${id}`));

  describe('claiming', () => {
    it('lets one of two clerks have the case, and tells the other who', async () => {
      const { id } = await submittedRename(office);
      const other = await createStaff(office.api, { name: '钱进', roles: ['acceptance'] });
      const replies = await Promise.all([
        act(office.clerks.acceptance, id, 'claim'),
        act(other, id, 'claim'),
      ]);
      expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
      const lost = replies.find(({ status }) => status === 409)!;
      expect(lost.body.error.code).toBe('applications.claimed_by_other');
      expect(lost.body.error.message).toMatch(/周敏|钱进/);
      const winner = replies[0]!.status === 200 ? office.clerks.acceptance : other;
      expect((await act(winner, id, 'claim')).status).toBe(200);
      await ok(act(winner, id, 'release'));
      expect((await act(winner === other ? office.clerks.acceptance : other, id, 'claim')).status).toBe(200);
    });

    it('is refused to other posts, to parties under any account, and needed before any act', async () => {
      const { id } = await submittedRename(office);
      expect(code(await act(office.clerks.firstReview, id, 'claim'))).toEqual([
        403,
        'applications.not_yours_to_act',
      ]);
      const { idNumber } = office.seller.account;
      const self = await createStaff(office.api, { name: '赵明远', idNumber, roles: ['acceptance'] });
      expect(code(await act(self, id, 'claim'))).toEqual([403, 'applications.recused']);
      expect(code(await self.client.get(`/api/work-items/${id}`))).toEqual([403, 'applications.recused']);
      const row = (await ok(self.client.get('/api/work-items?limit=100'))).items.find(
        (item: Json) => item.id === id,
      );
      expect([row.recused, row.address]).toEqual([true, '']);
      expect(code(await act(office.clerks.acceptance, id, 'accept'))).toEqual([
        409,
        'applications.not_claimed',
      ]);
    });
  });

  describe('accepting', () => {
    it('starts the clock, takes a place in the order of the unit, and freezes both days into a signed receipt', async () => {
      const home = await office.home();
      const { id } = await submittedSale(office, home);
      const after = await accepted(office, id);
      expect(after).toMatchObject({ status: 'accepted', step: 'firstReview', queueOrder: 1, handler: null });
      const unit = await getUnit(office.api.p, home.code);
      expect(unit.pending).toMatchObject([{ caseId: id, order: 1 }]);
      const receipt = after.documents.find(({ kind }: Json) => kind === 'acceptanceReceipt');
      const document = await ok(office.seller.client.get(`/api/applications/${id}/documents/${receipt.id}`));
      expect(document.signature.value).toMatch(/^[A-Za-z0-9_-]{80,}$/);
      const deadline = await ok(office.seller.client.get(`/api/applications/${id}/deadline`));
      expect(deadline.frozen).toEqual({
        promisedDueOn: '2026-10-13',
        statutoryDueOn: '2026-11-19',
        receiptNo: receipt.no,
      });
      expect(deadline.promised.trace.filter(({ counted }: Json) => counted === 1)).toHaveLength(3);
      expect(deadline.statutory.trace.filter(({ counted }: Json) => counted === 1)).toHaveLength(30);
    });

    it('lets the holder of the paper receipt follow the case without an account, and nobody guess', async () => {
      const { id, no } = await submittedRename(office);
      const visitor = stranger(office.api);
      const ask = (code: string) => visitor.post('/api/case-progress', { no, code });
      expect((await ask('000000')).status).toBe(404);
      await accepted(office, id);
      const { queryCode } = await ok(office.seller.client.get(`/api/applications/${id}/receipt`));
      const found = await ok(ask(queryCode));
      expect(found).toMatchObject({ no, dueOn: '2026-10-10', paused: false });
      expect(JSON.stringify(found)).not.toContain('赵明远');
      const wrong = await ask(String((Number(queryCode) + 1) % 1_000_000).padStart(6, '0'));
      expect(code(wrong)).toEqual([404, 'applications.progress_not_found']);
    });

    it('is done once, however often it is clicked', async () => {
      const home = await office.home();
      const { id } = await submittedRename(office, home);
      await claimed(office.clerks.acceptance, id);
      const replies = await Promise.all(
        Array.from({ length: 8 }, () => act(office.clerks.acceptance, id, 'accept')),
      );
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      expect((await getUnit(office.api.p, home.code)).pending).toHaveLength(1);
    });

    it('leaves nothing in the queue when a withdrawal wins', async () => {
      const home = await office.home();
      const { id } = await submittedRename(office, home);
      await claimed(office.clerks.acceptance, id);
      const [first, second] = await Promise.all([
        act(office.clerks.acceptance, id, 'accept'),
        office.seller.client.post(`/api/applications/${id}/withdraw`, {}),
      ]);
      const { status } = (await applications(office.api.p).collection.findOne({ _id: id })) as unknown as {
        status: string;
      };
      expect([first!.status, second!.status]).toContain(200);
      const { pending } = await getUnit(office.api.p, home.code);
      expect(pending.map(({ caseId }) => caseId)).toEqual(status === 'accepted' ? [id] : []);
    });

    it('is refused where a seizure came after filing', async () => {
      const home = await office.home();
      const { id } = await submittedSale(office, home);
      const seizure = await submittedSeizure(office, home);
      await accepted(office, seizure.id);
      await recorded(office, seizure.id);
      await claimed(office.clerks.acceptance, id);
      const refused = await act(office.clerks.acceptance, id, 'accept');
      expect(code(refused)).toEqual([409, 'applications.conflict']);
      expect(refused.body.error.message).toContain('查封');
    });
  });

  describe('turning away', () => {
    it('declines with reason, place to go and the way to appeal', async () => {
      const { id } = await submittedRename(office);
      await claimed(office.clerks.acceptance, id);
      const body = { reason: 'notOurArea', facts: '房屋在济南市' };
      expect(code(await act(office.clerks.acceptance, id, 'decline', body))).toEqual([
        422,
        'applications.go_to_needed',
      ]);
      const after = await ok(
        act(office.clerks.acceptance, id, 'decline', { ...body, goTo: '济南市不动产登记中心' }),
      );
      expect(after.status).toBe('declined');
      const notice = after.documents.find(({ kind }: Json) => kind === 'declineNotice');
      const document = await ok(office.seller.client.get(`/api/applications/${id}/documents/${notice.id}`));
      expect(JSON.stringify(document)).toContain('行政复议');
    });

    it('refuses registration with a statutory reason, and frees the unit', async () => {
      const home = await office.home();
      const { id } = await submittedSale(office, home);
      await accepted(office, id);
      await claimed(office.clerks.firstReview, id);
      expect(
        (await act(office.clerks.firstReview, id, 'refuse', { reason: 'because', facts: 'xxxx' })).status,
      ).toBe(400);
      const after = await ok(
        act(office.clerks.firstReview, id, 'refuse', { reason: 'ownershipDispute', facts: '权属正在诉讼' }),
      );
      expect(after).toMatchObject({ status: 'refused', allowedActs: [] });
      expect((await getUnit(office.api.p, home.code)).pending).toEqual([]);
      const seen = await ok(office.seller.client.get(`/api/applications/${id}`));
      expect(seen.sentence.zh).toContain('复议');
    });
  });

  describe('asking for corrections', () => {
    const DUE = '2026-10-20';

    it('before acceptance: everything at once, the case waits, and only what is listed can be changed', async () => {
      const { id } = await submittedRename(office);
      const clerk = office.clerks.acceptance;
      await claimed(clerk, id);
      const defects = [
        { target: { materialCode: 'M21' }, defect: '第 1 页太暗', remedy: '请重拍' },
        { target: { field: '/proofNo' }, defect: '编号不对', remedy: '请照证明填写' },
      ];
      const unknown = await act(clerk, id, 'request-correction', {
        defects: [{ ...defects[0], target: { materialCode: 'M99' } }],
        dueOn: DUE,
      });
      expect(code(unknown)).toEqual([422, 'applications.defect_unknown']);
      expect(code(await act(clerk, id, 'request-correction', { defects, dueOn: '2026-10-09' }))).toEqual([
        422,
        'applications.due_day_past',
      ]);
      const after = await ok(act(clerk, id, 'request-correction', { defects, dueOn: DUE }));
      expect(after).toMatchObject({ status: 'correction', correctionCount: 1 });

      const { client } = office.seller;
      const draft = await ok(client.get(`/api/applications/${id}`));
      expect(draft.correction.defects).toHaveLength(2);
      const other = await client.patch(`/api/applications/${id}`, {
        revision: draft.revision,
        answers: { newName: '别的' },
      });
      expect(code(other)).toEqual([409, 'applications.defect_only']);
      await ok(
        client.patch(`/api/applications/${id}`, {
          revision: draft.revision,
          answers: { proofNo: 'GA-2026-0100' },
        }),
      );
      const attached = await ok(attach(client, id, 'M21', 'again'));
      const answered = await ok(
        client.post(`/api/applications/${id}/answer-correction`, { revision: attached.revision }),
      );
      expect(answered.status).toBe('submitted');
      expect((await view(id)).handler?.name).toBe('周敏');
    });

    it('after acceptance: the clock stands still until it is answered', async () => {
      const { id } = await submittedRename(office);
      await accepted(office, id);
      const clerk = office.clerks.firstReview;
      await claimed(clerk, id);
      const defects = [{ target: { materialCode: 'M21' }, defect: '缺一页', remedy: '请补上' }];
      const paused = await ok(act(clerk, id, 'request-correction', { defects, dueOn: DUE }));
      expect(paused.clocks).toMatchObject({ running: false, light: 'paused' });
      expect(code(await act(clerk, id, 'request-correction', { defects, dueOn: DUE }))).toEqual([
        409,
        'applications.supplement_open',
      ]);
      expect(code(await act(clerk, id, 'review', { opinion: '同意', checks: [] }))).toEqual([
        409,
        'applications.is_paused',
      ]);
      expect(code(await act(clerk, id, 'resume', { note: '不等了' }))).toEqual([
        409,
        'applications.not_paused',
      ]);
      const attached = await ok(attach(office.seller.client, id, 'M21', 'second page'));
      const answered = await ok(
        office.seller.client.post(`/api/applications/${id}/answer-correction`, {
          revision: attached.revision,
        }),
      );
      expect(answered.clocks.running).toBe(true);
      expect((await view(id)).filingIntact).toBe(true);
    });
  });

  describe('reviewing', () => {
    it('goes step by step, each with opinion and checks, by three people', async () => {
      const { id } = await submittedSale(office);
      await accepted(office, id);
      const clerk = office.clerks.firstReview;
      await claimed(clerk, id);
      expect(code(await act(clerk, id, 'review', { opinion: '同意', checks: [] }))).toEqual([
        422,
        'applications.checks_missing',
      ]);
      const { checklist } = await view(id);
      const checks = checklist.map(({ key }: Json, place: number) => ({
        key,
        result: place === 0 ? 'different' : 'same',
      }));
      expect(code(await act(clerk, id, 'review', { opinion: '同意', checks }))).toEqual([
        422,
        'applications.checks_differ',
      ]);
      const last = await reviewed2(id, clerk);
      expect(last.steps.filter(({ state }: Json) => state === 'done').map(({ key }: Json) => key)).toEqual([
        'acceptance',
        'firstReview',
        'secondReview',
      ]);
      expect(last.opinions.map(({ act: name }: Json) => name)).toEqual(['accept', 'review', 'review']);
    });

    const reviewed2 = async (id: string, clerk: TestPerson): Promise<Json> => {
      const { checklist } = await view(id);
      const checks = checklist.map(({ key }: Json) => ({ key, result: 'same' }));
      await ok(act(clerk, id, 'review', { opinion: '同意', checks }));
      const second = office.clerks.secondReview;
      await claimed(second, id);
      return ok(act(second, id, 'review', { opinion: '同意', checks }));
    };

    it('keeps who accepted from approving and recording, in the server', async () => {
      const all = await createStaff(office.api, {
        name: '全能',
        roles: ['acceptance', 'firstReview', 'secondReview', 'registrar'],
      });
      const { id } = await submittedRename(office);
      await claimed(all, id);
      await ok(act(all, id, 'accept'));
      await claimed(all, id);
      const { checklist } = await view(id);
      const checks = checklist.map(({ key }: Json) => ({ key, result: 'same' }));
      await ok(act(all, id, 'review', { opinion: '同意', checks }));
      const held = await claimed(all, id);
      expect(held.blockedActs.find(({ act: name }: Json) => name === 'approve').code).toBe(
        'applications.acceptor_cannot',
      );
      expect(code(await act(all, id, 'approve', { opinion: '同意' }))).toEqual([
        403,
        'applications.acceptor_cannot',
      ]);
    });

    it('pauses and resumes for reasons of the list, and pays for no day that the pause did not close', async () => {
      const { id } = await submittedSale(office);
      await accepted(office, id);
      const clerk = office.clerks.firstReview;
      await claimed(clerk, id);
      expect(
        code(
          await act(clerk, id, 'pause', { reason: 'supplement', note: '等', plannedEndOn: '2026-10-20' }),
        )[0],
      ).toBe(400);
      const body = { reason: 'waitTax', note: '等税务更正', plannedEndOn: '2026-10-20' };
      const before = (await view(id)).clocks.promised.dueOn;
      const paused = await ok(act(clerk, id, 'pause', body));
      expect(paused.clocks.promised.dueOn).toBeNull();
      const seen = await ok(office.seller.client.get(`/api/applications/${id}`));
      expect(seen.todos.map(({ kind }: Json) => kind)).toEqual(['payTax']);
      const resumed = await ok(act(clerk, id, 'resume', { note: '已更正' }));
      expect(resumed.clocks.promised.dueOn).toBe(before);
    });
  });

  describe('withdrawing', () => {
    it('is at once for one applicant, by all for a joint one', async () => {
      const alone = await submittedRename(office);
      expect((await ok(office.seller.client.post(`/api/applications/${alone.id}/withdraw`, {}))).status).toBe(
        'withdrawn',
      );

      const home = await office.home();
      const { id } = await submittedSale(office, home);
      await accepted(office, id);
      const asked = await ok(
        office.seller.client.post(`/api/applications/${id}/withdraw`, { reason: '不卖了' }),
      );
      expect(asked).toMatchObject({ status: 'accepted', withdrawal: { waitingForNames: ['孙晓岚'] } });
      const mine = await ok(office.buyer.client.get('/api/applications?group=needsYou'));
      expect(mine.items.find((item: Json) => item.id === id).todo.kind).toBe('agreeWithdrawal');
      const done = await ok(
        office.buyer.client.post(`/api/applications/${id}/withdraw`, { decision: 'agree' }),
      );
      expect(done.status).toBe('withdrawn');
      expect((await getUnit(office.api.p, home.code)).pending).toEqual([]);
    });

    it('goes on when another applicant does not agree', async () => {
      const { id } = await submittedSale(office);
      await ok(office.seller.client.post(`/api/applications/${id}/withdraw`, {}));
      const kept = await ok(
        office.buyer.client.post(`/api/applications/${id}/withdraw`, { decision: 'refuse' }),
      );
      expect(kept).toMatchObject({ status: 'submitted', withdrawal: null });
    });

    it('is too late once the register is written', async () => {
      const { id } = await submittedRename(office);
      await accepted(office, id);
      await recorded(office, id);
      expect(code(await office.seller.client.post(`/api/applications/${id}/withdraw`, {}))[0]).toBe(409);
    });
  });

  describe('recording', () => {
    it('waits for the case accepted earlier on the unit, and says which', async () => {
      const home = await office.home();
      const first = await submittedSale(office, home);
      const second = await submittedRename(office, home);
      await accepted(office, first.id);
      await accepted(office, second.id);
      await approved(office, second.id);
      const early = await act(office.clerks.registrar, second.id, 'record');
      expect(code(early)).toEqual([409, 'applications.conflict']);
      expect(early.body.error.message).toContain(first.no);
      expect((await view(second.id)).status).toBe('approved');
    });

    it('is done once, however often it is clicked, with one number', async () => {
      const home = await office.home();
      const { id } = await submittedSale(office, home);
      await accepted(office, id);
      await approved(office, id);
      const replies = await Promise.all(
        Array.from({ length: 6 }, () => act(office.clerks.registrar, id, 'record')),
      );
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
      const unit = await getUnit(office.api.p, home.code);
      expect(unit.changes.filter(({ caseId }) => caseId === id)).toHaveLength(1);
      expect(unit.pending).toEqual([]);
    });

    it('stops when a seizure arrives in mid-sale, with its reason and notice', async () => {
      const home = await office.home();
      const sale = await submittedSale(office, home);
      await accepted(office, sale.id);
      await approved(office, sale.id);
      const seizure = await submittedSeizure(office, home);
      await accepted(office, seizure.id);
      await recorded(office, seizure.id);
      await office.api.settle();
      const stopped = await view(sale.id);
      expect(stopped.pauses).toMatchObject([{ reason: 'suspendedByLaw', to: null }]);
      expect(stopped.documents.some(({ kind }: Json) => kind === 'suspensionNotice')).toBe(true);
      expect(code(await act(office.clerks.registrar, sale.id, 'record'))).toEqual([
        409,
        'applications.is_paused',
      ]);
      const seen = await ok(office.buyer.client.get(`/api/applications/${sale.id}`));
      expect(seen.headline.zh).toContain('依法中止');
      // The same event again changes nothing.
      const event = {
        id: 'again',
        type: 'register.seized',
        at: new Date(),
        actorId: null,
        requestId: null,
        source: { collection: 'units', id: home.code },
      };
      await suspendAfterSeizure.handle(office.api.p, [
        { ...event, data: { unitCode: home.code, pendingCaseIds: [sale.id] } },
      ]);
      expect((await view(sale.id)).pauses).toHaveLength(1);
    });

    it('is refused from a case that differs from what was signed', async () => {
      const { id } = await submittedRename(office);
      await accepted(office, id);
      await approved(office, id);
      await applications(office.api.p).collection.updateOne(
        { _id: id },
        { $set: { 'submission.hash': '0'.repeat(64) } },
      );
      expect(code(await act(office.clerks.registrar, id, 'record'))).toEqual([
        409,
        'applications.file_altered',
      ]);
    });

    it('ends with certificates handed out by themselves, and the archive', async () => {
      const { id } = await submittedSale(office);
      await accepted(office, id);
      await recorded(office, id);
      await office.api.settle();
      const done = await view(id);
      expect(done.status).toBe('issued');
      expect((await ok(act(office.clerks.archivist, id, 'archive'))).status).toBe('archived');
      const seen = await ok(office.buyer.client.get(`/api/applications/${id}`));
      expect(
        seen.timeline.filter(({ state }: Json) => state === 'done').map(({ kind }: Json) => kind),
      ).toEqual([
        'consentRequested',
        'consentSigned',
        'submitted',
        'accepted',
        'reviewed',
        'reviewed',
        'approved',
        'registered',
        'issued',
        'archived',
      ]);
    });
  });

  describe('a decision on what was read', () => {
    it('is refused once the applicant has answered a correction, and made on the new filing', async () => {
      const { id } = await submittedRename(office);
      const clerk = office.clerks.acceptance;
      const { filingHash: old } = await claimed(clerk, id);
      await ok(
        act(clerk, id, 'request-correction', {
          defects: [{ target: { materialCode: 'M21' }, defect: '看不清', remedy: '请重拍' }],
          dueOn: '2026-10-20',
        }),
      );
      const { revision } = await ok(attach(office.seller.client, id, 'M21', 'clear'));
      await ok(office.seller.client.post(`/api/applications/${id}/answer-correction`, { revision }));
      await act(clerk, id, 'claim');
      for (const [name, body] of [
        ['accept', {}],
        ['decline', { reason: 'other', facts: '材料看不清' }],
      ] as const) {
        const reply = await act(clerk, id, name, { ...body, filingHash: old });
        expect(code(reply), name).toEqual([409, 'applications.decided_on_old_filing']);
      }
      const { filingHash } = await view(id, clerk);
      expect(filingHash).not.toBe(old);
      expect((await ok(act(clerk, id, 'accept', { filingHash }))).status).toBe('accepted');
      for (const [person, name, body] of [
        [office.clerks.firstReview, 'review', { opinion: '同意', checks: [] }],
        [office.clerks.firstReview, 'refuse', { reason: 'otherByLaw', facts: '材料看不清' }],
      ] as const) {
        await act(person, id, 'claim');
        const reply = await act(person, id, name, { ...body, filingHash: old });
        expect(code(reply), name).toEqual([409, 'applications.decided_on_old_filing']);
      }
    });

    it.each(['approve', 'record'])('is refused at %s too', async (name) => {
      const { id } = await submittedSale(office);
      await accepted(office, id);
      if (name === 'record') await approved(office, id);
      else {
        await reviewed(office, id);
        await claimed(office.clerks.registrar, id);
      }
      const body = name === 'approve' ? { opinion: '核定通过' } : {};
      const reply = await act(office.clerks.registrar, id, name, { ...body, filingHash: '0'.repeat(64) });
      expect(code(reply)).toEqual([409, 'applications.decided_on_old_filing']);
    });
  });

  describe('the list', () => {
    it('pages by due time without a double, and filters by step, light, type and text', async () => {
      const { client } = office.clerks.acceptance;
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Json = await ok(
          client.get(`/api/work-items?limit=3${cursor ? `&cursor=${cursor}` : ''}`),
        );
        seen.push(...page.items.map(({ id }: Json) => id));
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(seen.length);
      const all = await ok(client.get('/api/work-items?limit=100'));
      expect(seen).toEqual(all.items.map(({ id }: Json) => id));
      for (const item of all.items) expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(600);
      const { lights } = await ok(client.get('/api/work-items/counts'));
      const byLight = async (light: string) =>
        (await ok(client.get(`/api/work-items?limit=100&light=${light}`))).items.length;
      for (const light of ['green', 'yellow', 'red', 'black', 'paused'])
        expect(await byLight(light)).toBe(lights[light]);
      const [some] = all.items;
      const found = await ok(client.post('/api/work-items/search', { text: some.no }));
      expect(found.items.map(({ id }: Json) => id)).toEqual([some.id]);
      const street = await ok(client.post('/api/work-items/search', { text: '湖滨路', limit: 100 }));
      expect(street.items.length).toBeGreaterThan(0);
      expect((await client.get('/api/work-items?cursor=nonsense')).status).toBe(400);
    });

    it('finds an address by one of its words, not by two between which the text lies', async () => {
      const { client } = office.clerks.acceptance;
      const { id } = await submittedSale(office);
      const search = async (text: string) =>
        (await ok(client.post('/api/work-items/search', { text, limit: 100 }))).items.map(
          (item: Json) => item.id,
        );
      expect(await search('湖滨路')).toContain(id);
      expect(await search('建设路')).toEqual([]);
    });

    it('takes what a clerk types in a body only: an address may hold no ID number', async () => {
      const { client } = office.clerks.acceptance;
      expect(code(await client.get('/api/work-items?text=2026'))).toEqual([400, 'platform.invalid_input']);
      expect((await client.post('/api/work-items/search?text=2026', { text: '2026' })).status).toBe(400);
      expect((await client.post('/api/work-items/search', {})).status).toBe(400);
      const citizen = office.seller.client;
      expect((await citizen.post('/api/work-items/search', { text: '2026' })).status).toBe(403);
    });

    it('finds the open cases of a party by the whole ID number, credit code or phone, however typed', async () => {
      const { client } = office.clerks.acceptance;
      const search = async (text: string, more: object = {}) => {
        const page = await ok(client.post('/api/work-items/search', { text, limit: 100, ...more }));
        return page.items.map(({ id }: Json) => id);
      };
      const { id } = await submittedSale(office);
      const { account } = office.buyer;
      const { idNumber, phone } = account;
      const wide = [...idNumber].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
      for (const text of [
        idNumber,
        ` ${idNumber.slice(0, 6)} ${idNumber.slice(6)}`,
        wide,
        idNumber.toLowerCase(),
      ])
        expect(await search(text), text).toContain(id);
      for (const text of [phone, `+86 ${phone}`, `${phone.slice(0, 3)}-${phone.slice(3)}`])
        expect(await search(text), text).toContain(id);
      expect(await search(idNumber, { light: 'black' })).not.toContain(id);
      // Part of a number, or the number of somebody without a case, finds nothing.
      const strangers = await createCitizen(office.api);
      for (const text of [idNumber.slice(0, 17), phone.slice(0, 10), strangers.account.phone])
        expect(await search(text), text).toEqual([]);
      // Neither does a pattern, nor an operator: it is text.
      for (const text of ['.*', '^2026', '$ne', '{"$gt":""}', '\u0000'])
        expect(await search(text), text).toEqual([]);
      for (const text of [{ $ne: '' }, ['a'], 1])
        expect((await client.post('/api/work-items/search', { text })).status).toBe(400);
    });

    it('does not go by the phone of an account whose name nobody has verified', async () => {
      const { id } = await submittedSale(office);
      const { client } = office.clerks.acceptance;
      const { account } = office.buyer;
      const found = async () =>
        (await ok(client.post('/api/work-items/search', { text: account.phone }))).items.map(
          (item: Json) => item.id,
        );
      expect(await found()).toContain(id);
      const accounts = office.api.p.database.connection.collection('accounts');
      const here = { _id: account.id as never };
      const { identityChecks } = (await accounts.findOne(here))!;
      await accounts.updateOne(here, { $set: { identityChecks: [] } });
      expect(await found()).toEqual([]);
      await accounts.updateOne(here, { $set: { identityChecks } });
    });

    it('and all that names people is closed to whoever only administers: no more than an absent one', async () => {
      const administrator = await createStaff(office.api, { roles: ['administrator'] });
      const { id } = await accepted(office, (await submittedRename(office)).id);
      const { documents } = await view(id, office.clerks.acceptance);
      const { client } = administrator;
      for (const path of ['', '/counts', `/${id}`])
        expect((await client.get(`/api/work-items${path}`)).status, path).toBe(403);
      expect((await client.post('/api/work-items/search', { text: '湖滨路' })).status).toBe(403);
      const absent = 'f'.repeat(24);
      const [document] = documents;
      for (const path of ['deadline', `documents/${document.id}`, `documents/${document.id}/pdf`]) {
        const refused = code(await client.get(`/api/applications/${id}/${path}`));
        expect(refused, path).toEqual([404, 'applications.not_found']);
        expect(code(await client.get(`/api/applications/${absent}/${path}`))).toEqual(refused);
      }
      const { unitCodes } = (await applications(office.api.p).findById(id).lean())!;
      expect(code(await client.get(`/api/register/units/${unitCodes[0]}`))).toEqual([
        404,
        'register.unitNotFound',
      ]);
    });

    it('records who of the staff read a document, for the person it names', async () => {
      const { id } = await accepted(office, (await submittedRename(office)).id);
      const { documents } = await view(id, office.clerks.acceptance);
      const { client, account } = office.clerks.acceptance;
      const seen = () =>
        office.api.p.database.connection
          .collection('access-log')
          .countDocuments({ actorId: account.id, what: 'document', 'target.id': id });
      const before = await seen();
      await ok(client.get(`/api/applications/${id}/documents/${documents[0].id}`));
      await ok(client.get(`/api/applications/${id}/documents/${documents[0].id}/pdf`));
      await ok(office.seller.client.get(`/api/applications/${id}/documents/${documents[0].id}`));
      expect(await seen()).toBe(before + 2);
    });

    it('records who of the staff looked a person up by number, for that person alone, once something is shown', async () => {
      const searcher = await createStaff(office.api, { name: '冯敏', roles: ['acceptance'] });
      await submittedSale(office);
      const { buyer, seller } = office;
      const looks = (person: TestPerson) =>
        office.api.p.database.connection
          .collection('access-log')
          .find({ actorId: searcher.account.id, subjects: person.account.personIndex })
          .toArray();
      const search = async (text: string, more: object = {}): Promise<number> =>
        (await ok(searcher.client.post('/api/work-items/search', { text, ...more }))).items.length;
      expect(await search(buyer.account.idNumber)).toBeGreaterThan(0);
      expect(await search(buyer.account.phone)).toBeGreaterThan(0);
      for (const look of await looks(buyer))
        expect(look).toMatchObject({ why: 'searching', what: ['caseList'], target: null });
      expect(await looks(buyer)).toHaveLength(2);
      // The other party of the same case was not looked for.
      expect(await looks(seller)).toEqual([]);
      // Nothing shown, nothing learnt; a street or a case number is no person.
      expect(await search(buyer.account.idNumber, { light: 'black' })).toBe(0);
      const idle = await createCitizen(office.api);
      expect(await search(idle.account.idNumber)).toBe(0);
      await search('湖滨路');
      expect(await looks(buyer)).toHaveLength(2);
      expect(await looks(idle)).toEqual([]);
    });

    it('counts the lights and steps of a view as pressing them shows them', async () => {
      const { acceptance } = office.clerks;
      const { id } = await submittedRename(office);
      await submittedRename(office);
      await claimed(acceptance, id);
      for (const query of ['view=mine', 'view=unclaimed', 'view=all', 'view=mine&step=acceptance']) {
        const rows = (await ok(acceptance.client.get(`/api/work-items?limit=100&${query}`))).items;
        expect(rows.length, query).toBeGreaterThan(0);
        const { lights, steps, dueToday } = await ok(
          acceptance.client.get(`/api/work-items/counts?${query}`),
        );
        const now = office.api.p.time.now();
        const today = rows.filter(
          ({ dueAt }: Json) =>
            dueAt !== null && new Date(dueAt) >= now && legalDayOf(new Date(dueAt)) === legalDayOf(now),
        );
        expect(dueToday, query).toBe(today.length);
        for (const light of ['green', 'yellow', 'red', 'black', 'paused', 'none'] as const)
          expect(lights[light], `${query} ${light}`).toBe(
            rows.filter((row: Json) => row.light === light).length,
          );
        if (query.includes('step')) continue;
        for (const { step, count } of steps)
          expect(count, `${query} ${step}`).toBe(rows.filter((row: Json) => row.step === step).length);
      }
    });

    it('calls claimable what the reader can claim, and nothing else', async () => {
      const { acceptance, firstReview } = office.clerks;
      for (const person of [acceptance, firstReview, office.clerks.issuance]) {
        const rows = (await ok(person.client.get('/api/work-items?limit=100'))).items;
        const free = (await ok(person.client.get('/api/work-items?limit=100&view=unclaimed'))).items;
        expect(rows.some(({ claimable }: Json) => !claimable)).toBe(true);
        for (const { id, claimable, handler, recused } of rows) {
          const { allowedActs } = recused ? { allowedActs: [] } : await view(id, person);
          expect(claimable, id).toBe(handler === null && allowedActs.includes('claim'));
          if (claimable) expect(free.map((row: Json) => row.id)).toContain(id);
        }
      }
    });

    it('shows under 本厅 the cases of the clerk’s own hall, and all of them where the clerk has none', async () => {
      const all = (await ok(office.clerks.acceptance.client.get('/api/work-items?limit=100&view=all'))).items;
      const some = await applications(office.api.p).findOne({ no: all[0].no });
      const here = await createStaff(office.api, { roles: ['acceptance'], officeId: some!.officeId });
      const elsewhere = await createStaff(office.api, { roles: ['acceptance'], officeId: 'elsewhere' });
      const rows = async (person: TestPerson) =>
        (await ok(person.client.get('/api/work-items?limit=100&view=office'))).items.map(
          ({ no }: Json) => no,
        );
      expect(some!.officeId).not.toBeNull();
      expect(await rows(here)).toContain(all[0].no);
      expect(await rows(elsewhere)).toEqual([]);
      expect(await rows(office.clerks.acceptance)).toEqual(all.map(({ no }: Json) => no));
    });

    it('is for staff only', async () => {
      expect((await office.seller.client.get('/api/work-items')).status).toBe(403);
      const { id } = await submittedRename(office);
      for (const name of ['claim', 'accept', 'record', 'archive']) {
        expect((await office.seller.client.post(`/api/applications/${id}/${name}`, {})).status).toBe(403);
      }
    });
  });
});
