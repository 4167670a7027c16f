import type { DraftView } from '../../../../backend/modules/applications/contract.ts';
import type { BusinessType } from '../../../../backend/modules/catalogue/contract.ts';
import { to } from '../../../app/paths.ts';
import { i18n, t } from '../../../i18n/i18n.svelte.ts';
import type { TaskGroup, TaskItem } from '../../../ui/parts.ts';
import type { Answers } from '../form/form-model.ts';
import { consentHref, hrefOfSection, materialsHref } from './links.ts';

type SectionState = DraftView['sections'][number];

const STATUS = {
  done: 'done',
  started: 'doing',
  notStarted: 'todo',
  blocked: 'blocked',
  problem: 'problem',
} as const satisfies Record<SectionState['state'], TaskItem['status']>;

function statusText(section: SectionState): string {
  switch (section.state) {
    case 'done':
      return t('applications.statusDone');
    case 'started':
      return t('applications.statusStarted');
    case 'notStarted':
      return t('applications.statusNotStarted');
    case 'blocked':
      return t('applications.statusBlocked');
    case 'problem':
      return section.problemCount > 0
        ? t('applications.statusProblem', { n: section.problemCount })
        : t('applications.statusProblemOne');
  }
}

export function hrefOf(
  section: SectionState,
  draft: DraftView,
  type: BusinessType,
  answers: Answers,
): string {
  switch (section.group) {
    case 'materials':
      return materialsHref(draft.id);
    case 'consent':
      return type.sections.some((one) => one.key === section.key)
        ? hrefOfSection(draft, type, section.key, answers)
        : consentHref(draft.id);
    case 'submit':
      return type.sections.some((one) => one.key === section.key)
        ? hrefOfSection(draft, type, section.key, answers)
        : to('applicationCheck', { no: draft.id });
    default:
      return hrefOfSection(draft, type, section.key, answers);
  }
}

export function groupName(group: SectionState['group']): string {
  const names = {
    prepare: t('applications.groupPrepare'),
    fill: t('applications.groupFill'),
    materials: t('applications.groupMaterials'),
    consent: t('applications.groupConsent'),
    submit: t('applications.groupSubmit'),
  } satisfies Record<SectionState['group'], string>;
  return names[group];
}

export function taskGroups(draft: DraftView, type: BusinessType, answers: Answers): TaskGroup[] {
  const numbers = t('applications.numbers');
  const groups: { key: SectionState['group']; items: TaskItem[] }[] = [];
  for (const section of draft.sections) {
    let group = groups.find(({ key }) => key === section.group);
    if (!group) groups.push((group = { key: section.group, items: [] }));
    group.items.push({
      key: section.key,
      title: i18n.pick(section.label),
      hint: section.hint ? i18n.pick(section.hint) : '',
      status: STATUS[section.state],
      statusText: statusText(section),
      ...(section.state === 'blocked' ? {} : { href: hrefOf(section, draft, type, answers) }),
    });
  }
  return groups.map(({ key, items }, place) => ({
    key,
    heading: t('applications.groupNumbered', {
      n: numbers[place] ?? String(place + 1),
      group: groupName(key),
    }),
    items,
  }));
}
