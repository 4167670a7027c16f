import { shapeOf } from '../../platform/reference-shape.ts';
import { checkForm } from './check-form.ts';
import { checkParts } from './check-parts.ts';
import { BusinessType } from './contract.ts';

function shapeProblems(value: unknown): string[] {
  const shape = shapeOf(BusinessType);
  if (shape(value)) return [];
  return (shape.errors ?? []).map(({ instancePath, keyword, message, params }) => {
    const where = instancePath || '/';
    if (keyword === 'required') {
      const name = String((params as { missingProperty: string }).missingProperty);
      return name === 'en' || name === 'zh'
        ? `${where}: the ${name === 'en' ? 'English' : 'Chinese'} text is missing`
        : `${where}: "${name}" is missing`;
    }
    if (keyword === 'enum') {
      const allowed = (params as { allowedValues: unknown[] }).allowedValues.map(String).join(', ');
      return `${where}: must be one of ${allowed}`;
    }
    if (keyword === 'additionalProperties') {
      return `${where}: "${String((params as { additionalProperty: string }).additionalProperty)}" is unknown`;
    }
    return `${where}: ${message ?? keyword}`;
  });
}

/**
 * Everything that is wrong with a business type as data, each with its place: unknown words, missing labels, roles,
 * steps, effects, materials and form fields that do not fit each other. Empty: the type may be loaded.
 */
export function checkType(value: unknown): string[] {
  const problems = shapeProblems(value);
  // What follows reads the shape; with a wrong one it would only repeat the same mistakes in other words.
  if (problems.length > 0) return problems;
  const type = value as BusinessType;
  return [...checkForm(type), ...checkParts(type)];
}
