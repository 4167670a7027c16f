import { describe, expect, it } from 'vitest';
import { render } from '../../../backend/modules/notifications/render.ts';
import {
  templates,
  type Template,
  type TemplateKey,
} from '../../../backend/modules/notifications/templates.ts';
import {
  dayInWords,
  instantInWords,
  type Value,
  type ValueKind,
} from '../../../backend/modules/notifications/words.ts';

const NOW = new Date('2026-10-09T10:30:00+08:00');

const EXAMPLES: Record<ValueKind, Value> = {
  text: { zh: '二手房过户（2026100900017）', en: 'sale of a home (2026100900017)' },
  number: 2,
  day: '2026-10-16',
  instant: new Date('2026-10-12T14:05:00+08:00'),
};

const all = Object.entries(templates) as [TemplateKey, Template][];

describe.each(all)('%s', (key, template) => {
  const params = Object.fromEntries(
    Object.entries(template.params).map(([name, kind]) => [name, EXAMPLES[kind]]),
  );

  it('names exactly the parameters that its sentences use', () => {
    for (const words of [template.zh, template.en]) {
      const used = [...(words.title + words.text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
      expect(new Set(used)).toEqual(new Set(Object.keys(template.params)));
    }
  });

  it('reads plainly in both languages (portal.md §7)', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { title, text, action } = render({ template: key, params }, language, NOW);
      for (const sentence of [title, text, action]) {
        expect(sentence).not.toMatch(/[!！{}]|undefined|请知悉|温馨提示|敬请谅解|非法|无效/);
        expect(sentence.length).toBeGreaterThan(1);
      }
      expect([...text].length).toBeLessThanOrEqual(200);
    }
  });

  it('fits into a text message', () => {
    const { text } = render({ template: key, params }, 'zh-CN', NOW);
    expect([...text].length).toBeLessThanOrEqual(120);
  });
});

it('a message in words', () => {
  const accepted = {
    template: 'applications.accepted' as const,
    params: {
      caseTitle: { zh: '二手房过户', en: 'Sale of a home' },
      dueOn: new Date('2026-11-26T11:30:00+08:00'),
    },
  };
  expect(render(accepted, 'zh-CN', NOW).text).toBe('“二手房过户”已受理，预计 11月26日（周四）11:30 前办结。');
  expect(render(accepted, 'en', NOW).text).toBe(
    '"Sale of a home" is accepted and expected to be done by Thu 26 Nov, 11:30.',
  );
  // Kept from before, when the day alone was said.
  const old = { ...accepted, params: { ...accepted.params, dueOn: '2026-11-26' } };
  expect(render(old, 'zh-CN', NOW).text).toBe('“二手房过户”已受理，预计 11月26日（周四）前办结。');
});

it.each([
  ['2026-10-09', '10月9日（周五）', 'Fri 9 Oct'],
  ['2027-01-06', '2027年1月6日（周三）', 'Wed 6 Jan 2027'],
])('the day %s', (day, zh, en) => {
  expect(dayInWords(day, 'zh-CN', NOW)).toBe(zh);
  expect(dayInWords(day, 'en', NOW)).toBe(en);
});

it('an instant is told in Shanghai, whatever zone the server is in', () => {
  expect(instantInWords(new Date('2026-10-08T16:30:00Z'), 'zh-CN', NOW)).toBe('10月9日（周五）00:30');
});

it('no message shows a number of a person: parameters are titles, names and dates', () => {
  const kinds = new Set(all.flatMap(([, { params }]) => Object.keys(params)));
  for (const name of kinds) expect(name).not.toMatch(/phone|idNumber|token|code/i);
});
