import type { EncryptedField } from '../../platform/crypto/suite.ts';
import type { Platform } from '../../platform/platform.ts';

/** Answers of a form, by property of its schema. */
export type Answers = Record<string, unknown>;

const context = (id: string): string => `applications|${id}|answers`;

export function sealAnswers(p: Platform, id: string, answers: Answers): EncryptedField {
  return p.crypto.fields.encrypt(JSON.stringify(answers), context(id));
}

export function openAnswers(p: Platform, doc: { _id: string; answers: EncryptedField }): Answers {
  return JSON.parse(p.crypto.fields.decrypt(doc.answers, context(doc._id))) as Answers;
}

/** Equal as JSON, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a as object);
  const right = new Map(Object.entries(b as object));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
  );
}

/**
 * Merges a patch field by field; null removes a field. Only fields of the form are looked at, so a patch can carry
 * no other name into the document.
 */
export function mergeAnswers(
  current: Answers,
  patch: Answers,
  fields: readonly string[],
): { answers: Answers; changed: string[]; unknown: string[] } {
  const answers: Answers = { ...current };
  const changed: string[] = [];
  for (const field of fields) {
    if (!Object.hasOwn(patch, field)) continue;
    const value = patch[field];
    if (sameValue(value ?? undefined, current[field])) continue;
    if (value === null) delete answers[field];
    else answers[field] = value;
    changed.push(field);
  }
  return { answers, changed, unknown: Object.keys(patch).filter((key) => !fields.includes(key)) };
}

/** The value at a JSON pointer (`/term/from`); undefined where there is none. */
export function valueAt(answers: unknown, pointer: string): unknown {
  let value: unknown = answers;
  for (const name of pointer.split('/').slice(1)) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

export interface ReconcileForm {
  properties: Record<string, { [keyword: string]: unknown }>;
}

/**
 * What becomes of answers when the business type has a newer version. A field is kept if its rule is the same, kept
 * but shown again (`changed`) if the rule differs, dropped if the form has it no longer.
 */
export function reconcileAnswers(
  answers: Answers,
  before: ReconcileForm,
  after: ReconcileForm,
): { answers: Answers; kept: string[]; changed: string[]; dropped: string[]; added: string[] } {
  const kept: string[] = [];
  const changed: string[] = [];
  const dropped: string[] = [];
  const next: Answers = {};
  for (const [field, value] of Object.entries(answers)) {
    const rule = after.properties[field];
    if (!rule) {
      dropped.push(field);
      continue;
    }
    next[field] = value;
    const same = sameValue(ruleOf(rule), ruleOf(before.properties[field] ?? {}));
    (same ? kept : changed).push(field);
  }
  const added = Object.keys(after.properties).filter((field) => !(field in before.properties));
  return { answers: next, kept, changed, dropped, added };
}

/** What decides whether an answer is right; labels and help may change without asking again. */
function ruleOf(property: { [keyword: string]: unknown }): { [keyword: string]: unknown } {
  const words = ['x-label', 'x-help', 'x-question', 'x-example', 'x-messages', 'x-section'];
  return Object.fromEntries(Object.entries(property).filter(([keyword]) => !words.includes(keyword)));
}
