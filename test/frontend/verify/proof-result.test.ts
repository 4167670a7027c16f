import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileVerdict } from '../../../backend/modules/certificates/offline/bundle.ts';
import { standingText } from '../../../backend/modules/certificates/offline/statement.ts';
import { verifyPayload, type Verdict } from '../../../backend/modules/certificates/offline/verify.ts';
import { signNote } from '../../../backend/modules/ledger/note.ts';
import ProofResult from '../../../frontend/features/verify/ProofResult.svelte';
import { FIELDS, makeProof, officeKey, ORIGIN, RESULT_FIELDS, trustIn } from '../../support/proofs.ts';
import { open, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const keys = [officeKey.word];
const STATUS = 'POST /api/certificates/status';
const show = (verdict: Verdict | FileVerdict) =>
  open(ProofResult as never, {
    messages: ['verify'],
    props: { verdict, keys, onagain: () => undefined },
  });
const tone = () => document.querySelector('article')!.className;
const seal = () => document.querySelector('svg.seal');
const judged = (made: Parameters<typeof makeProof>[0]) =>
  verifyPayload(makeProof({ ...made, standing: null }), trustIn(officeKey));

describe('what is said of a proof', () => {
  it('names the paper: one’s own 无房证明 makes no certificate genuine, and every line of it is shown', async () => {
    const sent = server({});
    await show(await judged({ kind: 'queryResult', fields: RESULT_FIELDS }));
    expect(screen.getByRole('heading', { name: '无房证明：签发时是真的' })).toBeTruthy();
    expect(screen.getByText(/不是不动产权证书/)).toBeTruthy();
    for (const text of ['钱伪', '聊无房(2026)第0000007号', '登记簿上没有登记在钱伪名下的不动产', '子女入学'])
      expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByText('现在还作不作数')).toBeNull();
    await waitFor(() => expect(sent.length).toBeGreaterThan(0));
    expect(sent.some((one) => JSON.stringify(one).includes('/api/certificates/status'))).toBe(false);
  });

  it('names a certificate', async () => {
    server({});
    await show(await judged({}));
    expect(screen.getByRole('heading', { name: '不动产权证书：签发时是真的' })).toBeTruthy();
    expect(tone()).toContain('valid');
  });

  it('does not look good where the pages are not signed', async () => {
    server({});
    const verdict = { ...(await judged({})), pages: 'unsigned', proof: null } as FileVerdict;
    await show(verdict);
    expect(screen.getByRole('heading', { name: /只有下面列的内容是真的/ })).toBeTruthy();
    expect(screen.getByText(/版面可能被改过/)).toBeTruthy();
    expect(tone()).not.toContain('valid');
    expect(seal()).toBeNull();
  });

  const said = (status: 'valid' | 'superseded') =>
    signNote(
      standingText(ORIGIN, {
        entryId: 'certificate:0a1b2c3d4e5f60718293a4b5',
        status,
        changedOn: status === 'valid' ? null : '2026-11-01',
        limits: [],
        at: '2026-11-02T00:00:00.000Z',
        size: 1,
      }),
      [officeKey.signer],
    );
  const stripped: FileVerdict = {
    verdict: 'signedOnly',
    kind: 'certificate',
    document: 'title',
    fields: FIELDS,
    pages: 'unknown',
    proof: null,
  };

  it('asks the office of a file whose proof is gone, and says that it has ended', async () => {
    const sent = server({ [STATUS]: () => ({ body: { statement: said('superseded') } }) });
    await show(stripped);
    await screen.findByText('已有新的登记，不再作数');
    expect(sent.find(({ body }) => body)?.body).toEqual({
      number: '鲁(2026)聊城市不动产权第0018342号',
      holderName: '孙晓岚',
    });
    expect(tone()).toContain('changed');
  });

  it.each<[string, () => { body: unknown }]>([
    ['in force', () => ({ body: { statement: said('valid') } })],
    ['nothing', () => ({ body: { statement: null } })],
  ])('never looks good without its proof, though the office answers %s', async (_, reply) => {
    const sent = server({ [STATUS]: reply });
    await show(stripped);
    await waitFor(() => expect(sent.length).toBeGreaterThan(0));
    await waitFor(() => expect(screen.queryByText('正在问登记机构…')).toBeNull());
    expect(screen.getByRole('heading', { name: /不能算核验通过/ })).toBeTruthy();
    expect(tone()).toContain('unsure');
    expect(seal()).toBeNull();
  });
});
