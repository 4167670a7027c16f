import { describe, expect, it } from 'vitest';
import { createLog } from '../../../backend/platform/log.ts';

describe('the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  const written = (value: object): string => {
    lines.length = 0;
    log.info(value, 'said');
    return lines.join('');
  };

  it.each([
    ['at the top', { idNumber: '37150219800101123X' }],
    ['inside', { a: { phone: '13800000000' } }],
    ['four levels down', { a: { b: { c: { answers: { buyer: '赵明远' } } } } }],
    ['in a list', { people: [{ name: '赵明远', idNumber: '37150219800101123X' }] }],
  ])('strikes out what may be personal %s', (_, value) => {
    const line = written(value);
    expect(line).toContain('[已脱敏]');
    expect(line).not.toMatch(/37150219800101123X|13800000000|赵明远/);
  });

  it('leaves the rest, and the object that it was given, as they are', () => {
    const value = { route: 'GET /api/x', ms: 3, at: new Date(0), deep: { token: 'secret', kept: [1, 2] } };
    const line = JSON.parse(written(value)) as Record<string, unknown>;
    expect(line).toMatchObject({
      route: 'GET /api/x',
      ms: 3,
      at: '1970-01-01T00:00:00.000Z',
      deep: { token: '[已脱敏]', kept: [1, 2] },
    });
    expect(value.deep.token).toBe('secret');
  });

  it('strikes long numbers out of the words of an error', () => {
    const line = written({ err: new Error('dup key: 37150219800101123X') });
    expect(line).not.toContain('37150219800101123');
    expect(JSON.parse(line)).toMatchObject({ err: { name: 'Error', message: 'dup key: [已脱敏]' } });
  });
});
