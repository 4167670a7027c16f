import type { Context } from 'koa';
import type { Language } from '../errors.ts';

/** The reader's own choice (cookie `lang`) before the browser's; Simplified Chinese where neither says. */
export function languageOf(ctx: Context): Language {
  const chosen = ctx.cookies.get('lang');
  if (chosen === 'en' || chosen === 'zh-CN') return chosen;
  if (ctx.get('Accept-Language') === '') return 'zh-CN';
  return ctx.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh-CN';
}
