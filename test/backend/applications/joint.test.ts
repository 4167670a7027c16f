import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getUnit } from '../../../backend/modules/register/index.ts';
import { applications } from '../../../backend/modules/applications/index.ts';
import type { Json } from '../../support/client.ts';
import { createCitizen } from '../../support/people.ts';
import {
  accepted,
  act,
  attach,
  attachAll,
  claimed,
  createDraft,
  ok,
  openOffice,
  recorded,
  saleAnswers,
  sign,
  submittedSale,
  type Home,
  type Office,
} from './scenario.ts';

describe('applying together', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  const code = (reply: { status: number; body: Json }) => [reply.status, reply.body.error?.code];

  const bankRow = () => {
    const { organisation, account } = office.bank;
    const { name, creditCode } = organisation;
    return {
      name,
      partyKind: 'organisation',
      idKind: '7',
      idNumber: creditCode,
      representative: account.name,
    };
  };

  const mortgageAnswers = (home: Home) => ({
    unitCode: home.code,
    certificateNo: home.certificateNo,
    mortgagors: [
      { name: '赵明远', partyKind: 'person', idKind: '1', idNumber: office.seller.account.idNumber },
    ],
    mortgagees: [bankRow()],
    debtor: '赵明远',
    contractNo: 'HB-2026-000077',
    contractSignedOn: '2026-09-28',
    amountYuan: '620000.00',
    debtFrom: '2026-10-09',
    debtUntil: '2046-10-08',
    scope: '主债权及利息、违约金、实现抵押权的费用',
    transferRestricted: false,
    inquiryOwnWill: true,
    inquiryCoOwnersAgree: true,
    inquiryNoDispute: true,
    statementTrue: true,
    statementElectronicSignature: true,
  });

  it('sets a mortgage that the bank files and the owner signs, and discharges it on the bank’s word alone', async () => {
    const home = await office.home();
    const { client } = office.bank;
    const draft = await createDraft(client, 'DY01', mortgageAnswers(home));
    const { revision } = await attachAll(client, draft.id, 'M13');
    await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
    await sign(office.seller, draft.id);
    const colleague = await office.bank.member();
    const seen = await ok(colleague.client.get(`/api/applications/${draft.id}`));
    const receipt = await ok(
      colleague.client.post(`/api/applications/${draft.id}/submit`, { revision: seen.revision }),
    );
    await accepted(office, receipt.id);
    await recorded(office, receipt.id);
    const mortgage = (await getUnit(office.api.p, home.code)).encumbrances[0];
    expect(mortgage).toMatchObject({
      kind: 'mortgage',
      status: 'current',
      mortgage: { amountFen: 62_000_000 },
    });

    const discharge = await createDraft(client, 'DY06', {
      unitCode: home.code,
      certificateNo: mortgage!.certificateNo,
      mortgagees: [bankRow()],
      cause: 'debtPaid',
      causeOn: '2026-10-08',
      inquiryOwnWill: true,
      statementTrue: true,
      statementElectronicSignature: true,
    });
    const attached = await attachAll(client, discharge.id, 'M14');
    const filed = await ok(
      client.post(`/api/applications/${discharge.id}/submit`, { revision: attached.revision }),
    );
    await accepted(office, filed.id);
    await recorded(office, filed.id);
    expect((await getUnit(office.api.p, home.code)).encumbrances[0]).toMatchObject({ status: 'historic' });
    await office.api.settle();
    const done = await ok(client.get(`/api/applications/${filed.id}`));
    expect(done.status).toBe('issued');
  });

  it('lets an organisation sign when a citizen files', async () => {
    const home = await office.home();
    const { client } = office.seller;
    const draft = await createDraft(client, 'DY01', mortgageAnswers(home));
    const { revision } = await attachAll(client, draft.id, 'M13');
    await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
    const waiting = await ok(office.bank.client.get('/api/applications?group=needsYou'));
    expect(waiting.items.map(({ id }: Json) => id)).toContain(draft.id);
    await sign(await office.bank.member(), draft.id);
    const ready = await ok(client.get(`/api/applications/${draft.id}`));
    await ok(client.post(`/api/applications/${draft.id}/submit`, { revision: ready.revision }));
  });

  it.each(['before', 'after'])(
    'asks all to sign again what a correction %s acceptance changed',
    async (moment) => {
      const { id } = await submittedSale(office);
      const clerk = moment === 'before' ? office.clerks.acceptance : office.clerks.firstReview;
      if (moment === 'after') await accepted(office, id);
      await claimed(clerk, id);
      const defects = [{ target: { materialCode: 'M05' }, defect: '缺附件', remedy: '请补附件' }];
      await ok(act(clerk, id, 'request-correction', { defects, dueOn: '2026-10-20' }));

      const { client } = office.seller;
      const { revision } = await ok(attach(client, id, 'M05', 'with the annex'));
      const early = await client.post(`/api/applications/${id}/answer-correction`, { revision });
      expect(code(early)).toEqual([409, 'applications.consent_missing']);
      await ok(client.post(`/api/applications/${id}/request-consent`, { revision }));
      const asked = await ok(office.buyer.client.get(`/api/applications/${id}`));
      expect(asked.todos.map(({ kind }: Json) => kind)).toContain('sign');
      await sign(office.buyer, id);
      const signed = await ok(client.get(`/api/applications/${id}`));
      const answered = await ok(
        client.post(`/api/applications/${id}/answer-correction`, { revision: signed.revision }),
      );
      expect(answered.status).toBe(moment === 'before' ? 'submitted' : 'accepted');
      expect(answered.correction.answeredAt).not.toBeNull();
      const view = await ok(clerk.client.get(`/api/work-items/${id}`));
      expect(view).toMatchObject({ filingIntact: true, correctionCount: 1 });
      expect(view.pauses.every(({ to }: Json) => to !== null)).toBe(true);
    },
  );

  it('个保法6: whoever was invited by mistake has no part in the case once the draft names somebody else', async () => {
    const { p } = office.api;
    const wrong = await createCitizen(office.api, { name: '孙小岚' });
    const rowOf = ({ account }: typeof wrong) => ({
      name: account.name,
      partyKind: 'person',
      idKind: '1',
      idNumber: account.idNumber,
      phone: account.phone,
    });
    const { client } = office.seller;
    const answers = saleAnswers(office, await office.home(), { buyers: [rowOf(wrong)] });
    const draft = await createDraft(client, 'ZY02', answers);
    const { revision } = await attachAll(client, draft.id, 'M05', 'M06');
    await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision }));
    await sign(wrong, draft.id);
    const signed = await ok(client.get(`/api/applications/${draft.id}`));
    const edited = await ok(
      client.patch(`/api/applications/${draft.id}`, {
        revision: signed.revision,
        answers: { buyers: [rowOf(office.buyer)] },
      }),
    );
    const closed = await wrong.client.get(`/api/applications/${draft.id}`);
    expect(code(closed)).toEqual([404, 'applications.not_found']);
    const followers = async () =>
      (await applications(p).collection.findOne({ _id: draft.id as never }))?.followers;
    expect(await followers()).toEqual([office.seller.account.id]);
    await ok(client.post(`/api/applications/${draft.id}/request-consent`, { revision: edited.revision }));
    await sign(office.buyer, draft.id);
    // As a case stands that was edited before: the stranger is still among its readers until it is filed.
    await applications(p).collection.updateOne({ _id: draft.id as never }, {
      $push: { viewers: `account:${wrong.account.id}`, followers: wrong.account.id },
    } as never);
    const ready = await ok(client.get(`/api/applications/${draft.id}`));
    await ok(client.post(`/api/applications/${draft.id}/submit`, { revision: ready.revision }));
    expect(code(await wrong.client.get(`/api/applications/${draft.id}`))).toEqual([
      404,
      'applications.not_found',
    ]);
    expect(await followers()).toEqual([office.seller.account.id, office.buyer.account.id]);
  });

  it('shows applicants no number of the others, and strangers nothing', async () => {
    const { id } = await submittedSale(office);
    const text = JSON.stringify(await ok(office.buyer.client.get(`/api/applications/${id}`)));
    expect(text).not.toContain(office.seller.account.idNumber);
    expect(text).not.toContain(office.seller.account.phone);
    for (const path of ['', '/filing', '/receipt', '/deadline']) {
      expect((await office.bank.client.get(`/api/applications/${id}${path}`)).status).toBe(404);
    }
  });
});
