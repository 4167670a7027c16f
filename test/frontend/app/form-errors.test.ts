import { afterEach, describe, expect, it } from 'vitest';
import { AppFailure } from '../../../frontend/app/failure.ts';
import { FormErrors } from '../../../frontend/app/form-errors.svelte.ts';

afterEach(() => (document.body.innerHTML = ''));

const refusal = (status: number, problems: { pointer: string; message: string }[] = []) =>
  new AppFailure({
    code: 'x.y',
    message: '整体的话',
    status,
    requestId: 'r1',
    problems: problems.map((p) => ({ code: 'c', ...p })),
  });

describe('the errors of a form', () => {
  it('are empty when every check passes', () => {
    const errors = new FormErrors();
    expect(errors.check([['name', undefined]])).toBe(true);
    expect(errors.list).toEqual([]);
    expect(errors.attempt).toBe(0);
  });

  it('stand in the order of the page, and each try counts', () => {
    const errors = new FormErrors();
    expect(
      errors.check([
        ['name', '请填写姓名'],
        ['phone', undefined],
        ['code', '请填写验证码'],
      ]),
    ).toBe(false);
    expect(errors.list.map(({ id }) => id)).toEqual(['name', 'code']);
    errors.check([['name', '请填写姓名']]);
    expect(errors.attempt).toBe(2);
  });

  it('from the server go to the field of their pointer', () => {
    const errors = new FormErrors({ '/administrator/name': 'adminName' });
    errors.take(refusal(422, [{ pointer: '/administrator/name', message: '请填写姓名' }]));
    expect(errors.at('adminName')).toBe('请填写姓名');
  });

  it('of an unmapped pointer go to the control of that name, else on top', () => {
    document.body.innerHTML = '<input id="phone">';
    const errors = new FormErrors();
    errors.take(
      refusal(422, [
        { pointer: '/phone', message: '11 位' },
        { pointer: '/other', message: '别的' },
      ]),
    );
    expect(errors.list).toEqual([
      { id: 'phone', message: '11 位' },
      { id: null, message: '别的' },
    ]);
  });

  it('without a field are the sentence itself; the number only where it helps', () => {
    const errors = new FormErrors();
    errors.take(refusal(409));
    expect(errors).toMatchObject({ list: [{ id: null, message: '整体的话' }], requestId: null });
    errors.take(refusal(503));
    expect(errors.requestId).toBe('r1');
  });
});
