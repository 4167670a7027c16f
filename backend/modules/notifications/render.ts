import type { Language } from '../../platform/errors.ts';
import { closeGaps } from '../../platform/typography.ts';
import type { NotificationDocument } from './notification.model.ts';
import { templateOf } from './templates.ts';
import { valueInWords } from './words.ts';

export interface Rendered {
  title: string;
  text: string;
  action: string;
}

/** The message in the reader's language. Pure. `now` decides whether a date needs its year. */
export function render(
  { template, params }: Pick<NotificationDocument, 'template' | 'params'>,
  language: Language,
  now: Date,
): Rendered {
  const { params: kinds, zh, en } = templateOf(template);
  const words = language === 'en' ? en : zh;
  const fill = (sentence: string) =>
    sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      const kind = kinds[name];
      return value === undefined || kind === undefined ? whole : valueInWords(value, kind, language, now);
    });
  return { title: closeGaps(fill(words.title)), text: closeGaps(fill(words.text)), action: words.action };
}
