import type { DraftView } from '../../../../backend/modules/applications/contract.ts';
import type { BusinessType } from '../../../../backend/modules/catalogue/contract.ts';
import { to } from '../../../app/paths.ts';
import { fieldOfPointer, formSections, shownPages, type Answers, type FormPage } from '../form/form-model.ts';

/** Sections that are not pages of the form; their names can't clash with the catalogue's section keys' pages. */
export const MATERIALS = 'materials';
export const CONSENT = 'consent';

export const materialsHref = (no: string) => to('applicationStep', { no, section: MATERIALS, step: 'list' });
export const consentHref = (no: string) => to('applicationStep', { no, section: CONSENT, step: 'parties' });
export const pageHref = (no: string, page: FormPage, from?: 'check') =>
  to('applicationStep', { no, section: page.section, step: page.key }, from ? { from } : undefined);

/** Where a thing that is wrong can be put right. */
export function hrefOfProblem(draft: DraftView, type: BusinessType, pointer: string, from?: 'check'): string {
  const key = fieldOfPointer(pointer);
  if (key === 'materials' || pointer.startsWith('/materials')) return materialsHref(draft.id);
  const page = formSections(type)
    .flatMap((section) => section.pages)
    .find((one) => one.fields.some((field) => field.key === key));
  return page ? pageHref(draft.id, page, from) : to('application', { no: draft.id });
}

/** A section's first page with something still to do, else its first page. */
export function hrefOfSection(
  draft: DraftView,
  type: BusinessType,
  sectionKey: string,
  answers: Answers,
): string {
  const section = formSections(type).find((one) => one.key === sectionKey);
  const pages = section ? shownPages([section], answers) : [];
  const open = pages.find((page) =>
    page.fields.some((field) =>
      draft.problems.some((problem) => fieldOfPointer(problem.pointer) === field.key),
    ),
  );
  const page = open ?? pages[0];
  return page ? pageHref(draft.id, page) : to('application', { no: draft.id });
}
