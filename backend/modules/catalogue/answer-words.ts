import type { ErrorObject } from 'ajv/dist/2020.js';
import type { FormField, FormSchema, Text, Widget } from './contract.ts';
import { fieldAt, schemaAt } from './form-fields.ts';
import { FORMAT_SENTENCES } from './formats.ts';

/** Plain sentences for what is wrong with an answer, by (field, keyword). Ajv's own words never reach a person. */

const FALLBACK_LABEL: Text = { zh: '这一项', en: 'this item' };

type Words = (label: Text, params: Record<string, unknown>) => Text;

const CHOSEN: ReadonlySet<Widget | undefined> = new Set<Widget | undefined>(['choice', 'yesNo', 'date']);

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function missing(field: Partial<FormField> | null, label: Text): Text {
  const widget = field?.['x-widget'];
  if (widget === 'statement')
    return { zh: '请先读完并勾选这一条，再继续', en: 'Read this statement and tick it to continue' };
  if (CHOSEN.has(widget)) return { zh: `请选择${label.zh}`, en: `Choose: ${lowerFirst(label.en)}` };
  return { zh: `请填写${label.zh}`, en: `Enter: ${lowerFirst(label.en)}` };
}

const SENTENCES: Record<string, Words> = {
  type: ({ zh, en }) => ({ zh: `${zh}的填法不对，请重新填写`, en: `Enter again: ${lowerFirst(en)}` }),
  minLength: ({ zh, en }, { limit }) => ({
    zh: `${zh}至少 ${String(limit)} 个字符，请填完整`,
    en: `${en}: at least ${String(limit)} characters`,
  }),
  maxLength: ({ zh, en }, { limit }) => ({
    zh: `${zh}最多 ${String(limit)} 个字符，请缩短`,
    en: `${en}: at most ${String(limit)} characters`,
  }),
  minimum: ({ zh, en }, { limit }) => ({
    zh: `${zh}不能小于 ${String(limit)}`,
    en: `${en}: not less than ${String(limit)}`,
  }),
  maximum: ({ zh, en }, { limit }) => ({
    zh: `${zh}不能大于 ${String(limit)}`,
    en: `${en}: not more than ${String(limit)}`,
  }),
  minItems: ({ zh, en }, { limit }) => ({
    zh: `${zh}至少要填 ${String(limit)} 位`,
    en: `${en}: at least ${String(limit)}`,
  }),
  maxItems: ({ zh, en }, { limit }) => ({
    zh: `${zh}最多填 ${String(limit)} 位；更多的请到大厅办理`,
    en: `${en}: at most ${String(limit)}; for more, go to a hall`,
  }),
  enum: ({ zh, en }) => ({
    zh: `请从给出的选项里选择${zh}`,
    en: `Choose one of the options: ${lowerFirst(en)}`,
  }),
  const: ({ zh, en }) => ({
    zh: `${zh}这一项要选“是”才能继续`,
    en: `This needs a yes to go on: ${lowerFirst(en)}`,
  }),
  pattern: ({ zh, en }) => ({
    zh: `${zh}和要求的写法不一样，请对照示例`,
    en: `${en}: compare with the example`,
  }),
  format: ({ zh, en }) => ({
    zh: `${zh}和要求的写法不一样，请对照示例`,
    en: `${en}: compare with the example`,
  }),
};

/** Keywords that only wrap others and would repeat what is already said. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  'if',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'propertyNames',
]);

/** The form's own sentence: first where the rule stands (a branch of if/then), then with the field. */
function ownSentence(form: FormSchema, error: ErrorObject, field: Partial<FormField> | null): Text | null {
  const ruleNode = schemaAt(form, error.schemaPath.slice(0, error.schemaPath.lastIndexOf('/')));
  const beside = (ruleNode as Partial<FormField> | null)?.['x-messages']?.[error.keyword];
  return beside ?? field?.['x-messages']?.[error.keyword] ?? null;
}

/** Pointer of the answer that an error is about, and the sentence to show there. */
export function wordsOf(form: FormSchema, error: ErrorObject): { pointer: string; sentence: Text } {
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'required') {
    const pointer = `${error.instancePath}/${String(params.missingProperty)}`;
    const field = fieldAt(form, pointer);
    const own = field?.['x-messages']?.required;
    return { pointer, sentence: own ?? missing(field, field?.['x-label'] ?? FALLBACK_LABEL) };
  }
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties') {
    const name = String(params.additionalProperty ?? params.unevaluatedProperty).slice(0, 40);
    const pointer = `${error.instancePath}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    return {
      pointer,
      sentence: { zh: `表单里没有“${name}”这一项，请去掉`, en: `The form has no item "${name}"; remove it` },
    };
  }
  const pointer = error.instancePath;
  const field = fieldAt(form, pointer);
  const label = field?.['x-label'] ?? FALLBACK_LABEL;
  const own = ownSentence(form, error, field);
  if (own) return { pointer, sentence: own };
  if (error.keyword === 'const' && field?.['x-widget'] === 'statement')
    return { pointer, sentence: missing(field, label) };
  const byFormat = error.keyword === 'format' ? FORMAT_SENTENCES.get(String(params.format)) : undefined;
  if (byFormat) return { pointer, sentence: byFormat };
  const words = SENTENCES[error.keyword];
  return { pointer, sentence: words ? words(label, params) : SENTENCES.pattern!(label, params) };
}
