import type { Problem } from '../../platform/errors.ts';
import type { BusinessType, FormField } from '../catalogue/index.ts';
import type { Answers } from './answers.ts';
import { errors } from './errors.ts';

/** Of all answers together. The longest lists, filled to the last character, stay below. */
const MOST_BYTES = 64 * 1024;

/**
 * What a draft may hold. All else that is wrong is kept and told, so that nobody loses what they typed; but every page of a
 * draft examines each of its parties, so a list longer than its form allows is not even kept.
 */
export function demandDraftRoom(type: BusinessType, answers: Answers, changed: readonly string[]): void {
  const fields = type.form.properties as Record<string, Partial<FormField> & { maxItems?: number }>;
  const problems: Problem[] = changed.flatMap((field) => {
    const value = answers[field];
    const limit = fields[field]?.maxItems ?? 0;
    return Array.isArray(value) && value.length > limit
      ? [{ pointer: `/answers/${field}`, code: 'validation.too_many', params: { limit } }]
      : [];
  });
  if (problems.length > 0) errors.fail('applications.list_too_long', {}, problems);
  const bytes = Buffer.byteLength(JSON.stringify(answers));
  if (bytes > MOST_BYTES) errors.fail('applications.draft_too_large', { limitKiB: MOST_BYTES / 1024 });
}
