import { describe, expect, it } from 'vitest';
import { areas, type Area } from '../../../frontend/i18n/areas.ts';
import { fill, type Message } from '../../../frontend/i18n/messages.ts';

/** Areas whose English is complete; the others join as they are translated. */
const BOTH: readonly Area[] = [
  'app',
  'home',
  'services',
  'accounts',
  'verify',
  'notifications',
  'help',
  'appointments',
  'halls',
  'statistics',
];
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

async function tables(area: Area) {
  const zh = (await areas[area]['zh-CN']()).default as Record<string, string>;
  const en = (await areas[area].en()).default as Record<string, Message>;
  return { zh, en };
}

describe('a message', () => {
  it('keeps a name that nobody gave, so that a gap is seen', () => {
    expect(fill('还剩 {n} 项，{x}', { n: 2 })).toBe('还剩 2 项，{x}');
  });
});

describe.each(BOTH)('the words of %s', (area) => {
  it('exist in both languages, with the same names', async () => {
    const { zh, en } = await tables(area);
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, text] of Object.entries(zh)) {
      const other = en[key];
      const params = Object.fromEntries(names(text).map((name) => [name ?? '', 2]));
      const english = fill(other ?? '', params);
      expect(english, key).not.toMatch(/\{\w+\}|undefined/);
      if (typeof other === 'string') expect(names(other), key).toEqual(names(text));
    }
  });

  it('are plain: no exclamation marks, no scolding, no 天 for a legal period', async () => {
    const { zh } = await tables(area);
    for (const [key, text] of Object.entries(zh)) {
      expect(text, key).not.toMatch(/[！!]|请知悉|温馨提示|敬请谅解|非法|无效输入|必填项/);
    }
  });
});
