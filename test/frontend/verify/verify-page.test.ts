import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VerifyView } from '../../../backend/modules/certificates/contract.ts';
import VerifyPage from '../../../frontend/features/verify/VerifyPage.svelte';
import VerifyTokenPage from '../../../frontend/features/verify/VerifyTokenPage.svelte';
import { open, refusal, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const VERIFY = 'POST /api/certificates/verify';
const verdict = (more: Partial<VerifyView>): VerifyView => ({
  verdict: 'valid',
  checkedAt: '2026-10-09T02:30:12.000Z',
  checkNo: 'HY-7F3K-29QD',
  number: '鲁(2021)聊城市不动产权第0018342号',
  kind: 'title',
  registeredOn: '2021-06-03',
  changedOn: null,
  holdersMasked: null,
  electronicCancelledOn: null,
  flags: { mortgaged: true, seized: false, objection: false, preNotice: false, residence: false },
  ...more,
});
const nothing = { number: null, kind: null, registeredOn: null, flags: null } as const;

async function ask() {
  await fireEvent.input(screen.getByLabelText('证号'), {
    target: { value: ' 鲁（2021）聊城市不动产权第0018342号 ' },
  });
  await fireEvent.input(screen.getByLabelText('权利人姓名或单位全称'), { target: { value: '赵明远' } });
  await fireEvent.click(screen.getByRole('button', { name: '核验' }));
}
const page = () => open(VerifyPage, { messages: ['verify'] });

describe('verifying by number and name', () => {
  it('asks for the whole number before it asks the register, and lets numbers of older papers pass', async () => {
    const sent = server({ [VERIFY]: () => ({ body: verdict({ ...nothing, verdict: 'noMatch' }) }) });
    await page();
    const type = async (value: string) => {
      await fireEvent.input(screen.getByLabelText('证号'), { target: { value } });
      await fireEvent.input(screen.getByLabelText('权利人姓名或单位全称'), { target: { value: '赵明远' } });
      await fireEvent.click(screen.getByRole('button', { name: '核验' }));
    };
    for (const part of ['鲁（2021）聊城市', '鲁(2021)聊城市不动产权第00183', '聊城市不动产权', '证号']) {
      await type(part);
      expect(screen.getByRole('alert').textContent, part).toContain('证号不完整');
    }
    expect(sent).toEqual([]);
    for (const old of [
      '聊房权证字第0110012345号',
      '聊国用(2005)第012号',
      '鲁〔2021〕聊城市不动产权0018342',
    ]) {
      await type(old);
      await screen.findByRole('heading', { name: '不一致' });
    }
    expect(sent).toHaveLength(3);
  });

  it('asks for what is missing before it asks the register', async () => {
    const sent = server({});
    await page();
    await fireEvent.click(screen.getByRole('button', { name: '核验' }));
    expect(screen.getByRole('alert').textContent).toContain('请改正 2 处后再继续');
    expect(document.title).toMatch(/^错误：/);
    expect(sent).toEqual([]);
  });

  it('sends what was typed and gives the verdict as a heading with the focus', async () => {
    const sent = server({ [VERIFY]: () => ({ body: verdict({}) }) });
    await page();
    await ask();
    const heading = await screen.findByRole('heading', { name: '真实有效' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(sent[0]?.body).toEqual({ number: '鲁（2021）聊城市不动产权第0018342号', holderName: '赵明远' });
    expect(screen.getByText('有抵押；没有查封、异议、预告、居住权')).toBeTruthy();
    expect(screen.getByText('与登记簿一致')).toBeTruthy();
    expect(screen.getByText('HY-7F3K-29QD')).toBeTruthy();
  });

  it('says since when it is no longer valid, and what to ask for', async () => {
    server({
      [VERIFY]: () => ({ body: verdict({ verdict: 'superseded', changedOn: '2025-03-18', flags: null }) }),
    });
    await page();
    await ask();
    expect(await screen.findByRole('heading', { name: '真实，但已变更' })).toBeTruthy();
    expect(screen.getByText('请向对方要新证，再核验一次。')).toBeTruthy();
    expect(screen.getByText('历史（2025年3月18日 变更）')).toBeTruthy();
  });

  it('tells a discharge apart', async () => {
    server({
      [VERIFY]: () => ({ body: verdict({ verdict: 'cancelled', changedOn: '2025-03-18', flags: null }) }),
    });
    await page();
    await ask();
    expect(await screen.findByRole('heading', { name: '真实，但已注销' })).toBeTruthy();
  });

  it('without a match does not say which part differs', async () => {
    server({ [VERIFY]: () => ({ body: verdict({ verdict: 'noMatch', ...nothing }) }) });
    await page();
    await ask();
    expect(await screen.findByRole('heading', { name: '不一致' })).toBeTruthy();
    expect(screen.getByText('与登记簿不一致，请勿据此交易。')).toBeTruthy();
    expect(screen.queryByText('权利人')).toBeNull();
  });

  it('tells a number that it cannot check from one that does not match', async () => {
    server({ [VERIFY]: () => ({ body: verdict({ verdict: 'outOfScope', ...nothing }) }) });
    await page();
    await ask();
    expect(await screen.findByRole('heading', { name: '这里核不了这个证号' })).toBeTruthy();
    expect(screen.getByText(/这不是说证有问题/)).toBeTruthy();
    expect(screen.queryByText('与登记簿不一致，请勿据此交易。')).toBeNull();
  });

  it('names an earlier certificate as what it is', async () => {
    server({ [VERIFY]: () => ({ body: verdict({ number: '聊房权证开发区字第0112345678号' }) }) });
    await page();
    await ask();
    expect(await screen.findByText('统一登记以前的证书（房产证、土地证等）')).toBeTruthy();
  });

  it.each([
    ['the database is gone', () => refusal(503, '登记簿暂时连不上')],
    ['the connection breaks', () => new TypeError('broken')],
  ])('when %s is no verdict at all', async (_, reply) => {
    server({ [VERIFY]: reply });
    await page();
    await ask();
    expect(await screen.findByRole('heading', { name: '暂时核不了' })).toBeTruthy();
    expect(screen.queryByRole('heading', { name: '不一致' })).toBeNull();
    expect((screen.getByLabelText('权利人姓名或单位全称') as HTMLInputElement).value).toBe('赵明远');
  });

  it('shows the server’s word beside the field', async () => {
    const details = [{ pointer: '/number', code: 'x', message: '证号没写全，请对照证书' }];
    server({ [VERIFY]: () => refusal(422, '有一项要改', details) });
    await page();
    await ask();
    expect(await screen.findByRole('link', { name: '证号没写全，请对照证书' })).toBeTruthy();
  });
});

describe('verifying by QR', () => {
  it('asks at once and shows the masked holders for comparing', async () => {
    const sent = server({ [VERIFY]: () => ({ body: verdict({ holdersMasked: ['赵**'] }) }) });
    await open(VerifyTokenPage, { messages: ['verify'], props: { params: { token: 'AbC' } } });
    expect(await screen.findByRole('heading', { name: '真实有效' })).toBeTruthy();
    expect(sent[0]?.body).toEqual({ token: 'AbC' });
    expect(screen.getByText('赵**')).toBeTruthy();
  });
});
