import { conditionProblem } from './conditions.ts';
import { FACTS, WIDGETS, type BusinessType, type FormField, type Text } from './contract.ts';
import { fieldAt, listFields, type SchemaNode } from './form-fields.ts';
import { compileForm } from './form-validator.ts';

type Field = Partial<FormField> & SchemaNode;

function textProblem(value: unknown): string | null {
  const text = value as Partial<Text> | null | undefined;
  if (!text?.zh) return 'the Chinese text is missing';
  return text.en ? null : 'the English text is missing';
}

/** Whether a pointer names a field of the form, or a fact beside it. */
export function knownPointers(type: Pick<BusinessType, 'form'>): (pointer: string) => boolean {
  return (pointer) => {
    const fact = /^\/facts\/(\w+)$/.exec(pointer)?.[1];
    if (fact !== undefined) return (FACTS as readonly string[]).includes(fact);
    return fieldAt(type.form, pointer) !== null;
  };
}

function annotationProblems(field: Field, sections: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  for (const name of ['x-label', 'x-question', 'x-help', 'x-example', 'x-unit'] as const) {
    if (field[name] === undefined && name !== 'x-label') continue;
    const problem = textProblem(field[name]);
    if (problem) problems.push(`${name}: ${problem}`);
  }
  if (!sections.has(String(field['x-section'])))
    problems.push(`x-section "${String(field['x-section'])}" is no section`);
  if (!WIDGETS.some((widget) => widget === field['x-widget'])) {
    problems.push(`x-widget "${String(field['x-widget'])}" is unknown`);
  }
  for (const option of field.enum ?? []) {
    const problem = textProblem(field['x-options']?.[option]);
    if (problem) problems.push(`x-options of "${option}": ${problem}`);
  }
  for (const [keyword, sentence] of Object.entries(field['x-messages'] ?? {})) {
    const problem = textProblem(sentence);
    if (problem) problems.push(`x-messages of ${keyword}: ${problem}`);
  }
  return problems;
}

/** Field names that an object takes from its prototype would be read from there by careless code. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype', 'facts', 'toString', 'valueOf']);

function fieldProblems(type: BusinessType): string[] {
  const sections = new Set(type.sections.map(({ key }) => key));
  const knows = knownPointers(type);
  return listFields(type.form).flatMap(({ pointer, field }) => {
    const problems = annotationProblems(field, sections);
    const name = pointer.slice(pointer.lastIndexOf('/') + 1);
    if (FORBIDDEN_NAMES.has(name)) problems.push('the name is not allowed');
    if (field['x-showWhen'] !== undefined) {
      // Inside an item of a list a condition speaks of its neighbours: of the field itself, not of the whole form.
      const parent = pointer.slice(0, pointer.lastIndexOf('/'));
      const beside = (at: string) =>
        knows(at) || fieldAt(type.form, `${parent}/${at.replace(/^\//, '')}`) !== null;
      const problem = conditionProblem(field['x-showWhen'], beside);
      if (problem) problems.push(`x-showWhen: ${problem}`);
    }
    return problems.map((problem) => `/form${pointer}: ${problem}`);
  });
}

/** A list of parties per role, as long as the role allows, whose items carry what a party needs. */
function partyProblems(type: BusinessType): string[] {
  return type.applicants.roles.flatMap((role) => {
    const at = `/form/${role.answerKey}`;
    const field = fieldAt(type.form, `/${role.answerKey}`);
    if (!field || field.type !== 'array') return [`${at}: role "${role.key}" needs a list of parties here`];
    const problems: string[] = [];
    if (field['x-role'] !== role.key) problems.push(`${at}: x-role must be "${role.key}"`);
    if (field.minItems !== role.min || field.maxItems !== role.max) {
      problems.push(`${at}: must hold ${role.min} to ${role.max} parties, as the role says`);
    }
    for (const name of ['name', 'partyKind', 'idKind', 'idNumber', ...(role.shares ? ['share'] : [])]) {
      if (!fieldAt(type.form, `/${role.answerKey}/${name}`)) problems.push(`${at}: a party has no "${name}"`);
    }
    for (const name of ['idNumber', 'phone']) {
      const personal = fieldAt(type.form, `/${role.answerKey}/${name}`);
      if (personal && personal['x-personal'] !== true)
        problems.push(`${at}/${name}: must be marked x-personal`);
    }
    return problems;
  });
}

function compileProblems(type: BusinessType): string[] {
  if (type.form.type !== 'object' || type.form.additionalProperties !== false) {
    return ['/form: must be an object that refuses unknown fields (additionalProperties: false)'];
  }
  const properties = new Set(Object.keys((type.form.properties ?? {}) as object));
  const unknown = ((type.form.required ?? []) as string[]).filter((name) => !properties.has(name));
  if (unknown.length > 0) return [`/form: required names fields that are not there: ${unknown.join(', ')}`];
  try {
    compileForm(type.form);
    return [];
  } catch (error) {
    return [`/form: ${(error as Error).message}`];
  }
}

/** What is wrong with the form of a type. */
export function checkForm(type: BusinessType): string[] {
  const used = new Set(listFields(type.form).map(({ field }) => field['x-section']));
  const empty = type.sections
    .filter(({ key }) => !used.has(key))
    .map(({ key }) => `/sections: "${key}" has no field`);
  const knows = knownPointers(type);
  const rules = type.rules.flatMap(({ rule, field, other }) =>
    [field, other]
      .filter((pointer) => pointer !== undefined && !knows(pointer))
      .map((pointer) => `/rules: ${rule} names ${pointer}, which the form does not have`),
  );
  return [...compileProblems(type), ...fieldProblems(type), ...partyProblems(type), ...empty, ...rules];
}
