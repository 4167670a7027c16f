import type { BusinessType, PartyAnswer } from '../../../../backend/modules/catalogue/contract.ts';
import { dayText } from '../../../i18n/format.ts';
import { i18n, t } from '../../../i18n/i18n.svelte.ts';
import { showShare } from '../fields/fraction.ts';
import { groupIdNumber, groupUnitCode } from '../fields/loose-text.ts';
import { formatYuan, parseFen } from '../fields/money.ts';
import { formSections, type Field } from './form-model.ts';

function fieldOf(type: BusinessType, key: string): Field | undefined {
  return formSections(type)
    .flatMap((section) => section.pages)
    .flatMap((page) => page.fields)
    .find((field) => field.key === key);
}

export function fieldLabel(type: BusinessType, key: string): string {
  const field = fieldOf(type, key);
  return field ? i18n.pick(field['x-label']) : key;
}

function partyText(party: Partial<PartyAnswer>): string {
  const share = party.share ? ` ${showShare(party.share)}` : '';
  return [party.name, party.idNumber ? groupIdNumber(party.idNumber) : ''].filter(Boolean).join(' ') + share;
}

/** An answer as a person reads it. Inside the portal only, to its owner: numbers are not masked. */
export function showAnswer(type: BusinessType, key: string, value: unknown): string {
  const field = fieldOf(type, key);
  if (value === undefined || value === null || value === '') return t('applications.conflictEmpty');
  if (Array.isArray(value)) {
    const people = value.map((one) => partyText(one as Partial<PartyAnswer>)).filter(Boolean);
    return people.join(i18n.language === 'en' ? '; ' : '；') || t('applications.conflictEmpty');
  }
  if (typeof value === 'boolean') return value ? t('applications.valueYes') : t('applications.valueNo');
  const text = String(value);
  const option = field?.['x-options']?.[text];
  if (option) return i18n.pick(option);
  switch (field?.['x-widget']) {
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayText(text) : text;
    case 'money': {
      const fen = parseFen(text);
      return `${fen === null ? text : formatYuan(fen)} ${field['x-unit'] ? i18n.pick(field['x-unit']) : ''}`.trim();
    }
    case 'unitCode':
      return groupUnitCode(text);
    default:
      return text;
  }
}
