import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import Button from '../../../frontend/ui/Button.svelte';
import ErrorSummary from '../../../frontend/ui/ErrorSummary.svelte';
import MoneyField from '../../../frontend/ui/MoneyField.svelte';
import RadioGroup from '../../../frontend/ui/RadioGroup.svelte';
import TextField from '../../../frontend/ui/TextField.svelte';

afterEach(cleanup);
const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
const describing = (element: HTMLElement) =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent?.trim());

describe('a text field', () => {
  it('is named by its label and described by hint and error', () => {
    render(TextField, {
      props: { id: 'idNumber', label: '身份证号', hint: '18 位', error: '最后一位对不上' },
    });
    const input = screen.getByLabelText('身份证号');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(describing(input)).toEqual(['18 位', '错误：最后一位对不上']);
  });

  it('says that it may be left out, and uses no asterisk', () => {
    render(TextField, { props: { id: 'email', label: '电子邮箱', optional: true } });
    expect(screen.getByText('（选填）')).toBeTruthy();
  });

  it('with a secret shows it on request', async () => {
    render(TextField, { props: { id: 'password', label: '密码', secret: true } });
    const input = screen.getByLabelText('密码') as HTMLInputElement;
    expect(input.type).toBe('password');
    await fireEvent.click(screen.getByRole('button', { name: '显示密码' }));
    expect(input.type).toBe('text');
  });
});

describe('a money field', () => {
  it('takes what people type and shows it grouped', async () => {
    render(MoneyField, { props: { id: 'price', label: '成交价格' } });
    const input = screen.getByLabelText('成交价格') as HTMLInputElement;
    await fireEvent.input(input, { target: { value: '１２８００００.5' } });
    await fireEvent.blur(input);
    expect(input.value).toBe('1,280,000.50');
  });

  it('keeps what is not an amount, for its owner to correct', async () => {
    render(MoneyField, { props: { id: 'price', label: '成交价格' } });
    const input = screen.getByLabelText('成交价格') as HTMLInputElement;
    await fireEvent.input(input, { target: { value: '一百万' } });
    await fireEvent.blur(input);
    expect(input.value).toBe('一百万');
  });
});

describe('a group of choices', () => {
  it('is a fieldset with its question, and says what follows', async () => {
    const onchange = vi.fn();
    const options = [
      { value: 'shares' as const, label: '按份共有', hint: '各占多少写清楚' },
      { value: 'joint' as const, label: '共同共有' },
    ];
    render(RadioGroup, { props: { id: 'co', label: '怎么共有', options, onchange } });
    expect(screen.getByRole('group', { name: '怎么共有' })).toBeTruthy();
    await fireEvent.click(screen.getByLabelText(/按份共有/));
    expect(onchange).toHaveBeenCalledWith('shares');
  });
});

describe('a button', () => {
  it('that is busy keeps its place and does nothing again', async () => {
    const onclick = vi.fn();
    render(Button, { props: { busy: true, busyLabel: '正在提交…', onclick, children: words('提交申请') } });
    const button = screen.getByRole('button', { name: '正在提交…' });
    await fireEvent.click(button);
    expect(onclick).not.toHaveBeenCalled();
    expect(button.hasAttribute('disabled')).toBe(false);
  });

  it('that may not be used says why', () => {
    render(Button, { props: { reason: '还有 2 项未核对', children: words('通过') } });
    expect(describing(screen.getByRole('button'))).toEqual(['还有 2 项未核对']);
  });
});

describe('the error summary', () => {
  it('takes the focus, counts, and leads to the field', async () => {
    const input = document.createElement('input');
    input.id = 'phone';
    document.body.append(input);
    input.scrollIntoView = vi.fn();
    render(ErrorSummary, { props: { errors: [{ id: 'phone', message: '手机号应有 11 位' }], attempt: 1 } });
    const summary = screen.getByRole('alert');
    expect(document.activeElement).toBe(summary);
    expect(summary.textContent).toContain('请改正 1 处后再继续');
    await fireEvent.click(screen.getByRole('link', { name: '手机号应有 11 位' }));
    expect(document.activeElement).toBe(input);
    input.remove();
  });

  it('without a field says that the step was not done', () => {
    render(ErrorSummary, { props: { errors: [{ id: null, message: '登录名或密码不对' }] } });
    expect(screen.getByRole('heading').textContent).toContain('这一步还没办成');
    expect(screen.queryByRole('link')).toBeNull();
  });
});
