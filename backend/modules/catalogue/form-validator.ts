import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import { createAjv } from '../../platform/http/ajv.ts';
import type { BusinessType, FormSchema } from './contract.ts';
import { FOREIGN_FORMATS } from './formats.ts';

/** Annotations of a form; anything else that Ajv does not know stops the load of the type. */
export const FORM_ANNOTATIONS = [
  'x-label',
  'x-help',
  'x-question',
  'x-example',
  'x-section',
  'x-widget',
  'x-options',
  'x-unit',
  'x-personal',
  'x-source',
  'x-messages',
  'x-showWhen',
  'x-role',
] as const;

/** One instance a compile: Ajv keeps every schema it has seen, and versions come and go while the process lives. */
export function compileForm(form: FormSchema): ValidateFunction {
  const ajv: Ajv2020 = createAjv('body');
  const fresh = FORM_ANNOTATIONS.filter((keyword) => !ajv.RULES.keywords[keyword]);
  ajv.addVocabulary([...fresh]);
  for (const [name, { check }] of Object.entries(FOREIGN_FORMATS)) {
    if (!(name in ajv.formats)) ajv.addFormat(name, check);
  }
  return ajv.compile(form);
}

const compiled = new WeakMap<object, ValidateFunction>();

/** The compiled form of a type; types are immutable, so each object is compiled once. */
export function validatorOf(type: Pick<BusinessType, 'form'>): ValidateFunction {
  const known = compiled.get(type.form);
  if (known) return known;
  const validate = compileForm(type.form);
  compiled.set(type.form, validate);
  return validate;
}
