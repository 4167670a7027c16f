import { describe, expect, it } from 'vitest';
import type { BusinessType } from '../../../backend/modules/catalogue/contract.ts';
import { Check } from '../../../frontend/features/services/check.svelte.ts';

const text = (zh: string) => ({ zh, en: zh });
const option = (
  value: string,
  outcome: 'continue' | 'stop' | 'elsewhere',
  carries: Record<string, string | boolean> = {},
) => ({
  value,
  label: text(value),
  consequence: null,
  outcome,
  advice: outcome === 'continue' ? null : text('先…'),
  businessType: null,
  carries,
});
const type = {
  eligibility: [
    {
      key: 'where',
      question: text('在哪'),
      help: null,
      options: [option('here', 'continue', { city: 'lc' }), option('away', 'elsewhere')],
    },
    {
      key: 'burden',
      question: text('查封'),
      help: null,
      options: [option('none', 'continue', { seized: false }), option('seized', 'stop')],
    },
  ],
} as unknown as BusinessType;

describe('the guided questions', () => {
  it('end well after the last answer, and carry what follows from the answers', () => {
    const check = new Check(type);
    check.answers = { where: 'here' };
    check.next();
    expect(check.finished).toBe(false);
    check.answers = { where: 'here', burden: 'none' };
    check.next();
    expect(check).toMatchObject({ finished: true, stop: null, carried: { city: 'lc', seized: false } });
  });

  it('stop at the first answer that closes the way, without asking on', () => {
    const check = new Check(type);
    check.answers = { where: 'away' };
    check.next();
    expect(check.finished).toBe(true);
    expect(check.stop?.outcome).toBe('elsewhere');
  });

  it('of a type without any are finished at once', () => {
    expect(new Check({ eligibility: [] } as unknown as BusinessType).finished).toBe(true);
  });
});
