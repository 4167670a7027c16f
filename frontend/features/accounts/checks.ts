import { t } from '../../i18n/i18n.svelte.ts';
import { plainCode } from '../../ui/plain-text.ts';

/**
 * What can be told without the server: empty fields and lengths. Everything else (check digits, names taken, common
 * passwords) is the server's word, beside the same fields.
 */
export function idNumberProblem(text: string): string | undefined {
  const plain = plainCode(text);
  if (!plain) return t('accounts.needIdNumber');
  return plain.length === 18 ? undefined : t('accounts.idNumberLength', { n: plain.length });
}

export function phoneProblem(text: string): string | undefined {
  const plain = plainCode(text).replace(/^\+86/, '');
  if (!plain) return t('accounts.needPhone');
  return plain.length === 11 ? undefined : t('accounts.phoneLength', { n: plain.length });
}

/** Counted in characters as people see them, not in UTF-16 units. */
export function newPasswordProblem(text: string): string | undefined {
  if (!text) return t('accounts.needNewPassword');
  const length = [...text].length;
  return length < 8 ? t('accounts.passwordShort', { n: length }) : undefined;
}

export function codeProblem(text: string): string | undefined {
  return /^\d{6}$/.test(plainCode(text)) ? undefined : t('accounts.needCode');
}
