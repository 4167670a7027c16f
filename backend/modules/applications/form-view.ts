import type { BusinessType, FormField } from '../catalogue/index.ts';
import { maskIdNumber, maskPhone } from '../accounts/index.ts';
import type { Bilingual } from './application.model.ts';
import type { Answers } from './answers.ts';
import { both } from './wording.ts';

/** Answers as labelled rows by section, for the check-answers page, the page that is signed, and the clerk. Pure. */
export interface AnswerSection {
  key: string;
  label: Bilingual;
  rows: { pointer: string; label: Bilingual; value: Bilingual }[];
}

type Schema = Record<string, unknown>;

const YES: Bilingual = { zh: '是', en: 'Yes' };
const NO: Bilingual = { zh: '否', en: 'No' };

function resolve(form: Schema, node: Schema): Schema {
  const reference = node.$ref;
  if (typeof reference !== 'string') return node;
  const target = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Schema | undefined)?.[name], form);
  return { ...(target as Schema | undefined), ...node };
}

function valueWords(field: Partial<FormField>, value: unknown): Bilingual {
  if (typeof value === 'boolean') return value ? YES : NO;
  const option = typeof value === 'string' ? field['x-options']?.[value] : undefined;
  if (option) return option;
  if (value !== null && typeof value === 'object') {
    const { numerator, denominator } = value as { numerator?: unknown; denominator?: unknown };
    if (numerator !== undefined) return both(`${String(numerator)}/${String(denominator)}`);
    return both(JSON.stringify(value));
  }
  const unit = field['x-unit'];
  const shown = String(value);
  return unit ? { zh: `${shown} ${unit.zh}`, en: `${shown} ${unit.en}` } : both(shown);
}

function masked(name: string, field: Partial<FormField>, value: unknown): unknown {
  if (!field['x-personal'] || typeof value !== 'string') return value;
  if (/idNumber$/i.test(name)) return maskIdNumber(value);
  return /phone$/i.test(name) ? maskPhone(value) : value;
}

/** One person of a list of parties, in one line. */
function itemWords(form: Schema, items: Schema, item: unknown, open: boolean): Bilingual {
  const properties = (resolve(form, items).properties ?? {}) as Record<string, Partial<FormField>>;
  const parts = Object.entries(properties).flatMap(([name, field]) => {
    const value = (item as Schema | null)?.[name];
    return value === undefined || value === ''
      ? []
      : [valueWords(field, open ? value : masked(name, field, value))];
  });
  return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join(', ') };
}

/** `open`: numbers in full, for staff. */
export function sectionsOf(
  type: Pick<BusinessType, 'form' | 'sections'>,
  answers: Answers,
  { open }: { open: boolean },
): AnswerSection[] {
  const form = type.form as Schema;
  const properties = (form.properties ?? {}) as Record<string, Partial<FormField> & Schema>;
  return type.sections.map(({ key, label }) => ({
    key,
    label,
    rows: Object.entries(properties).flatMap(([name, field]) => {
      const value = answers[name];
      if (field['x-section'] !== key || value === undefined) return [];
      const title = field['x-label'] ?? both(name);
      if (Array.isArray(value)) {
        return value.map((item, place) => ({
          pointer: `/answers/${name}/${place}`,
          label: title,
          value: itemWords(form, (field.items ?? {}) as Schema, item, open),
        }));
      }
      return [
        {
          pointer: `/answers/${name}`,
          label: title,
          value: valueWords(field, open ? value : masked(name, field, value)),
        },
      ];
    }),
  }));
}

/** Legal statements of the form (声明、承诺), which the check-answers page asks for one by one. */
export function statementsOf(type: Pick<BusinessType, 'form'>): { key: string; text: Bilingual }[] {
  const properties = ((type.form as Schema).properties ?? {}) as Record<string, Partial<FormField>>;
  return Object.entries(properties).flatMap(([key, field]) =>
    field['x-widget'] === 'statement' ? [{ key, text: field['x-label'] ?? both(key) }] : [],
  );
}

export const fieldsOf = (type: Pick<BusinessType, 'form'>): string[] =>
  Object.keys(((type.form as Schema).properties ?? {}) as Schema);
