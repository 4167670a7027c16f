import type {
  BusinessType,
  Condition,
  FormField,
  Section,
  Text,
} from '../../../../backend/modules/catalogue/contract.ts';

/**
 * The catalogue's form as pages of one question each. A property with `x-question` opens a page; properties after it
 * without one belong to the same page. Order, words and widgets are data; nothing here knows a business type.
 */

export type Answers = Readonly<Record<string, unknown>>;

export interface Field extends FormField {
  readonly key: string;
  readonly required: boolean;
  readonly const?: unknown;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface FormPage {
  /** Key of its first field; the last part of the address. */
  readonly key: string;
  readonly section: string;
  readonly fields: readonly Field[];
}

export interface FormSection extends Section {
  readonly pages: readonly FormPage[];
}

interface ObjectSchema {
  properties?: Record<string, FormField & { const?: unknown }>;
  required?: readonly string[];
  $defs?: Record<string, ObjectSchema>;
  items?: { $ref?: string };
}

function fieldsOf(schema: ObjectSchema): Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([key, field]) => ({
    ...field,
    key,
    required: required.has(key),
  }));
}

export function formSections(type: BusinessType): FormSection[] {
  const fields = fieldsOf(type.form as ObjectSchema);
  return type.sections.map((section) => {
    const pages: { key: string; section: string; fields: Field[] }[] = [];
    for (const field of fields) {
      if (field['x-section'] !== section.key) continue;
      const last = pages.at(-1);
      if (last && !field['x-question'] && !pageOfItsOwn(field)) last.fields.push(field);
      else pages.push({ key: field.key, section: section.key, fields: [field] });
    }
    return { ...section, pages };
  });
}

/** A list of people is a page by itself, whether or not it carries a question. */
const pageOfItsOwn = (field: Field): boolean => field['x-widget'] === 'parties';

/** The fields of one party of a role, from `$defs`. */
export function partyFields(type: BusinessType, field: Field): Field[] {
  const items = (field as unknown as ObjectSchema).items;
  const name = items?.$ref?.replace('#/$defs/', '') ?? '';
  const schema = (type.form as ObjectSchema).$defs?.[name];
  return schema ? fieldsOf(schema) : [];
}

function valueAt(answers: Answers, path: string): unknown {
  return path
    .split('/')
    .filter(Boolean)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], answers);
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The catalogue's closed vocabulary of conditions, over the answers or over one party. */
export function holds(condition: Condition, answers: Answers): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, answers));
  if ('any' in condition) return condition.any.some((one) => holds(one, answers));
  if ('not' in condition) return !holds(condition.not, answers);
  if ('some' in condition) {
    const list = valueAt(answers, condition.some);
    return (
      Array.isArray(list) &&
      list.some((item) => condition.in.includes(valueAt(item as Answers, condition.field) as string))
    );
  }
  if ('present' in condition) return isPresent(valueAt(answers, condition.field)) === condition.present;
  return condition.in.includes(valueAt(answers, condition.field) as string);
}

export function isShown(field: Field, answers: Answers): boolean {
  return field['x-showWhen'] === undefined || holds(field['x-showWhen'], answers);
}

/** Pages with at least one field that the answers so far call for. */
export function shownPages(sections: readonly FormSection[], answers: Answers): FormPage[] {
  return sections
    .flatMap((section) => section.pages)
    .filter((page) => page.fields.some((field) => isShown(field, answers)));
}

/** The question of a page: its first field's own words, else its label. */
export function questionOf(page: FormPage): Text {
  const first = page.fields[0]!;
  return first['x-question'] ?? first['x-label'];
}

/** `/answers/priceYuan`, `/priceYuan` and `/answers/buyers/0/name` all name the field they begin with. */
export function fieldOfPointer(pointer: string): string {
  return pointer.replace(/^\/answers(?=\/)/, '').split('/')[1] ?? '';
}

/** Below the answers, without the wire's prefix: `/buyers/0/name`. */
export function answerPointer(pointer: string): string {
  return pointer.replace(/^\/answers(?=\/)/, '');
}

/** The id of the control that a pointer marks; an error summary links to it. */
export function controlId(pointer: string): string {
  return `f${answerPointer(pointer).replace(/\//g, '-')}`;
}

/** The page on which the people of a role are entered. */
export function pageOfRole(type: BusinessType, roleKey: string): FormPage | undefined {
  const key = type.applicants.roles.find((role) => role.key === roleKey)?.answerKey;
  return formSections(type)
    .flatMap((section) => section.pages)
    .find((page) => page.fields.some((field) => field.key === key));
}
