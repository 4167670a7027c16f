import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import AddressSearch from '../../../frontend/features/query/parts/AddressSearch.svelte';
import { open, refusal, server, type Sent } from '../support/page.ts';

const PATH = 'POST /api/register/address-searches';
const district = { code: '371502', name: { zh: '东昌府区', en: 'Dongchangfu District' } };
const BUILDING = { address: '东昌府区湖滨路88号望湖苑6号楼', district, hit: null };
const UNIT = { address: '东昌府区湖滨路88号望湖苑6号楼2单元1102', district, hit: 'k.n.c.t' };
const answers = (...items: object[]) => ({ items, more: false, doorFound: null });

let sent: Sent[];
const answered = (answer: (text: string) => { status?: number; body?: unknown } | Error) => {
  sent = server({ [PATH]: ({ body }) => answer((body as { text: string }).text) });
};
const texts = () => sent.map(({ body }) => (body as { text: string }).text);

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  answered((text) => ({ body: answers(text.includes('1102') ? UNIT : BUILDING) }));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const show = async () => {
  await open(AddressSearch as never, { messages: ['addresses'], props: { id: 'address' } });
  return screen.getByRole('combobox', { name: '房屋地址（坐落）' }) as HTMLInputElement;
};
const type = (input: HTMLInputElement, value: string) => fireEvent.input(input, { target: { value } });
const pause = () => vi.advanceTimersByTimeAsync(300);
const status = () => screen.getByRole('status').textContent;

describe('the search by address', () => {
  it('asks once for what was typed, after a pause, and names what it found', async () => {
    const input = await show();
    for (const text of ['望', '望湖', '望湖苑']) await type(input, text);
    expect(sent).toHaveLength(0);
    await pause();
    expect(texts()).toEqual(['望湖苑']);
    expect(input.getAttribute('aria-expanded')).toBe('true');
    const [option] = screen.getAllByRole('option');
    expect(option?.textContent).toContain('望湖苑6号楼');
    expect(document.getElementById(input.getAttribute('aria-controls')!)?.getAttribute('role')).toBe(
      'listbox',
    );
    await waitFor(() => expect(status()).toContain('找到 1 个'));
  });

  it('asks nothing for one character', async () => {
    const input = await show();
    await type(input, '湖');
    await pause();
    expect(sent).toHaveLength(0);
  });

  it('asks nothing while an input method composes, and once when it has done', async () => {
    const input = await show();
    await fireEvent.compositionStart(input);
    for (const text of ['w', 'wang', "wang'hu", "wang'hu'yuan"]) {
      input.value = text;
      await fireEvent(input, new InputEvent('input', { isComposing: true }));
      await pause();
    }
    expect(sent).toHaveLength(0);
    // The Enter that takes the words: it neither chooses nor asks.
    await fireEvent.keyDown(input, { key: 'Enter', isComposing: true });
    await fireEvent.keyDown(input, { key: 'Enter', keyCode: 229 });
    expect(sent).toHaveLength(0);
    input.value = '望湖苑';
    await fireEvent.compositionEnd(input);
    await pause();
    expect(texts()).toEqual(['望湖苑']);
  });

  it('is chosen from by the keyboard: a building first, then its door', async () => {
    const input = await show();
    await type(input, '望湖苑');
    await pause();
    await fireEvent.keyDown(input, { key: 'ArrowDown' });
    const option = screen.getByRole('option');
    expect(input.getAttribute('aria-activedescendant')).toBe(option.id);
    expect(option.getAttribute('aria-selected')).toBe('true');
    await fireEvent.keyDown(input, { key: 'Enter' });
    expect(input.value).toBe(BUILDING.address);
    expect(status()).toContain('请接着写单元和房号');
    await type(input, `${BUILDING.address}2单元1102`);
    await pause();
    await fireEvent.keyDown(input, { key: 'ArrowUp' });
    await fireEvent.keyDown(input, { key: 'Enter' });
    expect(input.value).toBe(UNIT.address);
    expect(status()).toContain('已选定');
    expect(screen.queryAllByRole('option')).toHaveLength(0);
  });

  it('is chosen from by a press, keeps the form from being sent, and closes by Escape', async () => {
    const input = await show();
    await type(input, '望湖苑1102');
    await pause();
    const escape = await fireEvent.keyDown(input, { key: 'Escape' });
    expect(escape).toBe(false);
    expect(input.getAttribute('aria-expanded')).toBe('false');
    expect(await fireEvent.keyDown(input, { key: 'Enter' })).toBe(false);
    await pause();
    const option = await screen.findByRole('option');
    expect(await fireEvent.mouseDown(option)).toBe(false);
    await fireEvent.click(option);
    expect(input.value).toBe(UNIT.address);
    // Chosen: Enter is the form's again.
    expect(await fireEvent.keyDown(input, { key: 'Enter' })).toBe(true);
    // Changed: it is chosen no more.
    await type(input, '望湖苑11');
    expect(status()).not.toContain('已选定');
  });

  it('says what to do where nothing is found, and that a door is not there', async () => {
    answered((text) => ({
      body: text.includes('9999') ? { ...answers(BUILDING), doorFound: false } : answers(),
    }));
    const input = await show();
    await type(input, '南京路');
    await pause();
    expect(screen.getAllByText('没有找到“南京路”').length).toBeGreaterThan(0);
    expect(screen.getByText(/只写小区名或路名再试/)).toBeTruthy();
    await type(input, '望湖苑6号楼9999');
    await pause();
    expect(screen.getAllByText(/没有找到您写的单元和房号/).length).toBeGreaterThan(0);
  });

  it('tells a failure, and shows only the answer to what stands there', async () => {
    answered(() => refusal(429, '查得太频繁了，请稍后再试。'));
    const input = await show();
    await type(input, '望湖苑');
    await pause();
    expect(screen.getByRole('alert').textContent).toContain('查得太频繁了');
    answered((text) => ({ body: answers({ ...BUILDING, address: text }) }));
    await type(input, '望湖');
    await vi.advanceTimersByTimeAsync(250);
    await type(input, '观湖');
    await pause();
    expect(screen.getAllByRole('option').map((row) => row.textContent)).toEqual([
      expect.stringContaining('观湖'),
    ]);
  });
});
