import { Ajv2020, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import type { Problem, Sentence } from '../errors.ts';
import { defineErrors } from '../errors.ts';
import { dialect } from '../reference-shape.ts';

// ajv-formats is CommonJS: under some loaders the function sits one level deeper.
const addFormats =
  (addFormatsModule as unknown as { default?: typeof addFormatsModule }).default ?? addFormatsModule;

interface NamedFormat {
  check(value: string): boolean;
  sentence: Sentence;
}

const formats = new Map<string, NamedFormat>();
const instances = new Set<Ajv2020>();

/** A module's own text format (`residentId`, `unitCode`), with the sentence to show when it does not hold. */
export function registerFormat(name: string, check: (value: string) => boolean, sentence: Sentence): void {
  formats.set(name, { check, sentence });
  for (const ajv of instances) ajv.addFormat(name, check);
}

export type AjvPurpose = 'body' | 'parameters' | 'answer' | 'answer-lenient';

/**
 * An Ajv for JSON Schema 2020-12 that knows every registered format. `parameters` coerces text to the declared
 * scalar; `answer-lenient` drops what an answer's schema does not declare.
 */
export function createAjv(purpose: AjvPurpose): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: purpose === 'body' || purpose === 'parameters',
    coerceTypes: purpose === 'parameters',
    removeAdditional: purpose === 'answer-lenient',
    useDefaults: purpose !== 'answer' && purpose !== 'answer-lenient',
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
    ownProperties: true,
    validateSchema: false,
  });
  const compile = ajv.compile.bind(ajv) as Ajv2020['compile'];
  ajv.compile = ((schema: AnySchema, meta?: boolean) => {
    void dialect.validateSchema(schema, true);
    return compile(schema, meta);
  }) as Ajv2020['compile'];
  addFormats(ajv, ['date', 'date-time', 'email', 'uri']);
  for (const [name, format] of formats) ajv.addFormat(name, format.check);
  ajv.addVocabulary(['x-label', 'x-help', 'x-section', 'x-widget', 'x-personal', 'x-order', 'x-options']);
  instances.add(ajv);
  return ajv;
}

export const validationErrors = defineErrors({
  'validation.required': { status: 400, zh: '请填写这一项。', en: 'Fill in this item.' },
  'validation.unknown_field': {
    status: 400,
    zh: '没有“{field}”这一项。',
    en: 'There is no field "{field}".',
  },
  'validation.not_text': { status: 400, zh: '这一项要填文字。', en: 'Text is expected here.' },
  'validation.not_number': { status: 400, zh: '这一项要填数字。', en: 'A number is expected here.' },
  'validation.not_whole_number': {
    status: 400,
    zh: '这一项要填整数。',
    en: 'A whole number is expected here.',
  },
  'validation.not_yes_or_no': {
    status: 400,
    zh: '这一项只能是“是”或“否”。',
    en: 'Only yes or no is possible here.',
  },
  'validation.not_list': { status: 400, zh: '这一项要是一个列表。', en: 'A list is expected here.' },
  'validation.not_group': {
    status: 400,
    zh: '这一项要由几个小项组成。',
    en: 'Several fields together are expected here.',
  },
  'validation.too_short': {
    status: 400,
    zh: '太短，至少 {limit} 个字符。',
    en: 'Too short; at least {limit} characters.',
  },
  'validation.too_long': {
    status: 400,
    zh: '太长，最多 {limit} 个字符。',
    en: 'Too long; at most {limit} characters.',
  },
  'validation.too_small': { status: 400, zh: '不能小于 {limit}。', en: 'Must not be less than {limit}.' },
  'validation.too_large': { status: 400, zh: '不能大于 {limit}。', en: 'Must not be more than {limit}.' },
  'validation.too_few': {
    status: 400,
    zh: '至少要有 {limit} 项。',
    en: 'At least {limit} items are needed.',
  },
  'validation.too_many': { status: 400, zh: '最多 {limit} 项。', en: 'At most {limit} items are accepted.' },
  'validation.duplicate_items': {
    status: 400,
    zh: '有重复的项，请去掉一个。',
    en: 'Some items are repeated; remove one.',
  },
  'validation.not_an_option': {
    status: 400,
    zh: '请从给出的选项中选择。',
    en: 'Choose one of the given options.',
  },
  'validation.format': {
    status: 400,
    zh: '格式不对，请对照示例再看一遍。',
    en: 'The format is not right; compare it with the example.',
  },
  'validation.date': {
    status: 400,
    zh: '日期不对，请写成 2026-10-09 这样。',
    en: 'Not a valid date; write it like 2026-10-09.',
  },
});

/** Keywords that only wrap others and would repeat what is already said. */
const WRAPPERS = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'not', 'propertyNames', 'dependentRequired']);

const CODES: Record<string, string> = {
  minLength: 'validation.too_short',
  maxLength: 'validation.too_long',
  minimum: 'validation.too_small',
  exclusiveMinimum: 'validation.too_small',
  maximum: 'validation.too_large',
  exclusiveMaximum: 'validation.too_large',
  minItems: 'validation.too_few',
  maxItems: 'validation.too_many',
  uniqueItems: 'validation.duplicate_items',
  enum: 'validation.not_an_option',
  const: 'validation.not_an_option',
};

/** A value of another JSON type than asked, said in words that a person knows. */
const TYPE_CODES: Record<string, string> = {
  string: 'validation.not_text',
  number: 'validation.not_number',
  integer: 'validation.not_whole_number',
  boolean: 'validation.not_yes_or_no',
  array: 'validation.not_list',
  object: 'validation.not_group',
};

function escapePointer(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1');
}

function problemOf(error: ErrorObject, prefix: string): Problem {
  const pointer = prefix + error.instancePath;
  const { params } = error as { params: Record<string, unknown> };
  if (error.keyword === 'required') {
    return {
      pointer: `${pointer}/${escapePointer(String(params.missingProperty))}`,
      code: 'validation.required',
    };
  }
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties') {
    const field = String(params.additionalProperty ?? params.unevaluatedProperty).slice(0, 60);
    return {
      pointer: `${pointer}/${escapePointer(field)}`,
      code: 'validation.unknown_field',
      params: { field },
    };
  }
  if (error.keyword === 'format') {
    const format = String(params.format);
    const known = formats.get(format);
    if (known) return { pointer, code: 'validation.format', sentence: known.sentence };
    return { pointer, code: format.startsWith('date') ? 'validation.date' : 'validation.format' };
  }
  if (error.keyword === 'type') {
    // `["string", "null"]`: what a person may fill in is the first that is not null.
    const type = [params.type].flat().find((one) => one !== 'null');
    return { pointer, code: TYPE_CODES[String(type)] ?? 'validation.format' };
  }
  const code = CODES[error.keyword] ?? 'validation.format';
  const given: Record<string, string | number> = {};
  if (typeof params.limit === 'number') given.limit = params.limit;
  return { pointer, code, params: given };
}

/** All problems at once, each at its JSON pointer under `prefix` (`''` for a body, `/query` for a query). */
export function problemsOf(errors: ValidateFunction['errors'], prefix = ''): Problem[] {
  const kept = (errors ?? []).filter((error) => !WRAPPERS.has(error.keyword));
  const source = kept.length > 0 ? kept : (errors ?? []);
  const seen = new Set<string>();
  return source
    .map((error) => problemOf(error, prefix))
    .filter(({ pointer, code }) => !seen.has(pointer + code) && seen.add(pointer + code));
}

/** A copy in which every object schema with properties refuses others, unless it says otherwise itself. */
export function closeObjects<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((item: unknown) => closeObjects(item)) as T;
  if (schema === null || typeof schema !== 'object') return schema;
  const source = schema as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(source)) {
    const literal = key === 'const' || key === 'enum' || key === 'default' || key === 'examples';
    copy[key] = literal ? value : closeObjects(value);
  }
  // Inside allOf a branch sees the properties of its siblings too, so those schemas close themselves.
  if (
    source.type === 'object' &&
    source.properties &&
    !('additionalProperties' in source) &&
    !('allOf' in source)
  ) {
    copy.additionalProperties = false;
  }
  return copy as T;
}
