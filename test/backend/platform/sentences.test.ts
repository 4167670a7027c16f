import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../backend/platform/errors.ts';

describe('a sentence', () => {
  const source = { zh: '还没放号，{opensAt} 开始预约，还有 {n} 天。', en: 'Opens {opensAt}, in {n} days.' };

  it('takes words of a parameter in its own language', () => {
    const params = { opensAt: { zh: '10月12日（周一）09:00', en: 'Mon 12 Oct, 09:00' }, n: 3 };
    expect(sentenceOf(source, 'zh-CN', params)).toBe('还没放号，10月12日（周一）09:00 开始预约，还有 3 天。');
    expect(sentenceOf(source, 'en', params)).toBe('Opens Mon 12 Oct, 09:00, in 3 days.');
  });

  it('keeps the name of what is missing, so that it is seen', () => {
    expect(sentenceOf(source, 'en', { n: 3 })).toBe('Opens {opensAt}, in 3 days.');
  });
});
