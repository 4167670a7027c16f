import type { DraftView } from '../../../../backend/modules/applications/contract.ts';
import type { BusinessType } from '../../../../backend/modules/catalogue/contract.ts';
import { i18n } from '../../../i18n/i18n.svelte.ts';
import { findCoOwnership, isAboutShares, ownersOf } from './co-ownership.ts';
import { answerPointer, fieldOfPointer, formSections, type Answers, type Field } from './form-model.ts';
import type { FieldMessage } from './local-check.ts';

type Problem = DraftView['problems'][number];

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Said of one field, but only to be judged once these others are answered too. */
function waitsFor(problem: Problem, all: readonly Field[]): Field[] {
  // The register tells nothing of a unit before a certificate number shows that the asker may know of it.
  if (problem.code === 'applications.unit_unknown')
    return all.filter((field) => field['x-widget'] === 'certificateNumber');
  // Whether the applicant is among the parties is known when every list of parties is filled in.
  if (problem.code === 'applications.you_not_party')
    return all.filter((field) => field['x-widget'] === 'parties');
  return [];
}

/**
 * What the server says of the draft, as far as it belongs on this page: of its own fields, and of others whose
 * judgement had to wait for a field of this page. Everything else is said on its own page and on the check page.
 */
export function problemsOfPage(
  type: BusinessType,
  fields: readonly Field[],
  answers: Answers,
  problems: readonly Problem[],
): FieldMessage[] {
  const all = formSections(type)
    .flatMap((section) => section.pages)
    .flatMap((page) => page.fields);
  const here = new Set(fields.map((field) => field.key));
  const co = findCoOwnership(type);

  return problems.flatMap((problem): FieldMessage[] => {
    const key = fieldOfPointer(problem.pointer);
    const message = i18n.pick(problem.message);
    if (co && key === co.owners && isAboutShares(problem, ownersOf(co, answers).length)) {
      return here.has(co.key) ? [{ pointer: answerPointer(problem.pointer), message }] : [];
    }
    const awaited = waitsFor(problem, all);
    const open = awaited.filter((field) => !here.has(field.key) && isEmpty(answers[field.key]));
    if (open.length > 0) return [];
    if (here.has(key)) return [{ pointer: answerPointer(problem.pointer), message }];
    const stand = awaited.find((field) => here.has(field.key));
    return stand ? [{ pointer: `/${stand.key}`, message }] : [];
  });
}
