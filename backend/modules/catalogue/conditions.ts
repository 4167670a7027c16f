import type { Condition } from './contract.ts';

/** Conditions of the catalogue over the answers: a closed vocabulary, evaluated and checked here. Pure. */

export type Scalar = string | boolean | number;

/** The value at a JSON pointer; undefined where there is none. Own properties only, so that no prototype is read. */
export function valueAt(source: unknown, pointer: string): unknown {
  let value: unknown = source;
  for (const name of pointer.split('/').slice(1)) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function isPresent(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  );
}

/** Whether a condition holds for the answers; facts of the register stand beside them under `/facts`. */
export function holds(condition: Condition, source: unknown): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, source));
  if ('any' in condition) return condition.any.some((part) => holds(part, source));
  if ('not' in condition) return !holds(condition.not, source);
  if ('some' in condition) {
    const list = valueAt(source, condition.some);
    const { field, in: accepted } = condition;
    return Array.isArray(list) && list.some((item) => accepted.includes(valueAt(item, field) as Scalar));
  }
  const value = valueAt(source, condition.field);
  if ('present' in condition) return isPresent(value) === condition.present;
  return condition.in.includes(value as Scalar);
}

/** What is wrong with a condition as data, or null. `knows` says whether a pointer exists in the form or the facts. */
export function conditionProblem(value: unknown, knows: (pointer: string) => boolean): string | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return 'a condition must be an object';
  const condition = value as Record<string, unknown>;
  const keys = Object.keys(condition).sort().join(',');
  const pointer = (name: string) => {
    const text = condition[name];
    return typeof text === 'string' && knows(text)
      ? null
      : `${String(text)} is neither a field of the form nor a fact`;
  };
  const values = () =>
    Array.isArray(condition.in) && condition.in.length > 0 ? null : '"in" must list at least one value';
  switch (keys) {
    case 'all':
    case 'any': {
      const parts = condition[keys];
      if (!Array.isArray(parts) || parts.length === 0) return `"${keys}" must list at least one condition`;
      return parts.map((part) => conditionProblem(part, knows)).find((problem) => problem !== null) ?? null;
    }
    case 'not':
      return conditionProblem(condition.not, knows);
    case 'field,present':
      return (
        pointer('field') ??
        (typeof condition.present === 'boolean' ? null : '"present" must be true or false')
      );
    case 'field,in':
      return pointer('field') ?? values();
    case 'field,in,some':
      return (
        pointer('some') ??
        (typeof condition.field === 'string' && knows(`${String(condition.some)}${condition.field}`)
          ? values()
          : `${String(condition.field)} is not a field of the items of ${String(condition.some)}`)
      );
    default:
      return `unknown condition with ${keys || 'nothing in it'}`;
  }
}
