import type { BusinessType, PartyAnswer, Text } from '../../../../backend/modules/catalogue/contract.ts';
import { i18n, t } from '../../../i18n/i18n.svelte.ts';
import { overOrUnder, showShare } from '../fields/fraction.ts';
import { faultOfCreditCode, faultOfResidentId, faultOfUnitCode } from '../fields/identity-check.ts';
import { tidyCode } from '../fields/loose-text.ts';
import { parseFen } from '../fields/money.ts';
import { isShown, partyFields, type Answers, type Field } from './form-model.ts';

/**
 * What can be said of a page's answers without asking the server: empty fields, check digits, sums. It speaks first
 * on “继续”, also with no network. The server checks everything again, and its word counts.
 */

export interface FieldMessage {
  /** `/buyers/0/idNumber`. */
  pointer: string;
  message: string;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

function own(field: Field, keyword: string): string | null {
  const message: Text | undefined = field['x-messages']?.[keyword];
  return message ? i18n.pick(message) : null;
}

function faultText(kind: 'id' | 'credit' | 'unit', fault: string, length: number): string {
  if (fault === 'length') {
    const key = {
      id: 'applications.idLength',
      credit: 'applications.creditLength',
      unit: 'applications.unitLength',
    } as const;
    return t(key[kind], { n: length });
  }
  if (fault === 'checkDigit')
    return t(kind === 'id' ? 'applications.idCheckDigit' : 'applications.creditCheckDigit');
  if (fault === 'birthday') return t('applications.idBirthday');
  return t(kind === 'unit' ? 'applications.unitCharacters' : 'applications.codeCharacters');
}

function numberFault(format: string | undefined, value: string): string | null {
  const code = tidyCode(value);
  const length = [...code].length;
  if (format === 'residentId') {
    const fault = faultOfResidentId(code);
    return fault && faultText('id', fault, length);
  }
  if (format === 'creditCode') {
    const fault = faultOfCreditCode(code);
    return fault && faultText('credit', fault, length);
  }
  if (format === 'unitCode') {
    const fault = faultOfUnitCode(code);
    return fault && faultText('unit', fault, length);
  }
  if (format === 'mobilePhone') {
    if (code.length !== 11) return t('applications.phoneLength', { n: code.length });
    return /^1[3-9]\d{9}$/.test(code) ? null : t('applications.phoneStart');
  }
  if (format === 'yuan') return parseFen(value) === null ? t('applications.moneyFormat') : null;
  return null;
}

/** The one thing to say of a value; null when nothing is wrong that can be seen here. */
export function checkField(field: Field, value: unknown, format = field.format): string | null {
  const label = i18n.pick(field['x-label']).replace(/（选填）| \(optional\)$/, '');
  if (isEmpty(value)) {
    if (!field.required) return null;
    if (field['x-widget'] === 'choice' || field['x-widget'] === 'yesNo')
      return t('applications.choose', { label });
    // What is said of a text that is too short says nothing of none, unless one character is all that is asked for.
    const tooShort = (field.minLength ?? 0) <= 1 ? own(field, 'minLength') : null;
    return own(field, 'required') ?? tooShort ?? t('applications.fillIn', { label });
  }
  if (field.const !== undefined && value !== field.const)
    return own(field, 'const') ?? t('applications.mustConfirm');
  if (typeof value !== 'string') return null;
  const fault = numberFault(format, value);
  if (fault) return own(field, 'format') ?? fault;
  const length = [...value.trim()].length;
  if (field.minLength !== undefined && length < field.minLength) {
    return own(field, 'minLength') ?? t('applications.tooShort', { label, n: field.minLength });
  }
  if (field.maxLength !== undefined && length > field.maxLength) {
    return own(field, 'maxLength') ?? t('applications.tooLong', { label, n: field.maxLength, now: length });
  }
  return null;
}

/** The document decides how its number is checked: 1 身份证, 7 统一社会信用代码. */
function idFormat(party: Partial<PartyAnswer>): string | undefined {
  return { '1': 'residentId', '7': 'creditCode' }[party.idKind ?? ''];
}

function checkParties(type: BusinessType, field: Field, value: unknown, answers: Answers): FieldMessage[] {
  const parties = Array.isArray(value) ? (value as Partial<PartyAnswer>[]) : [];
  if (parties.length === 0)
    return [
      {
        pointer: `/${field.key}`,
        message: t('applications.addParty', { label: i18n.pick(field['x-label']) }),
      },
    ];
  const fields = partyFields(type, field).filter((one) => one.key !== 'share');
  const found = parties.flatMap((party, place) =>
    fields
      .filter((one) => isShown(one, party))
      .map((one) => {
        const organisationNeeds = one.key === 'representative' && party.partyKind === 'organisation';
        const asked = organisationNeeds ? { ...one, required: true } : one;
        const message = checkField(
          asked,
          party[one.key as keyof PartyAnswer],
          one.key === 'idNumber' ? idFormat(party) : one.format,
        );
        return message === null ? null : { pointer: `/${field.key}/${place}/${one.key}`, message };
      })
      .filter((one) => one !== null),
  );
  const shares = checkShares(type, field, parties, answers);
  return shares ? [...found, shares] : found;
}

function checkShares(
  type: BusinessType,
  field: Field,
  parties: Partial<PartyAnswer>[],
  answers: Answers,
): FieldMessage | null {
  const role = type.applicants.roles.find((one) => one.answerKey === field.key);
  if (!role?.shares || parties.length < 2 || answers.coOwnership !== '2') return null;
  const missing = parties.findIndex((party) => !party.share);
  const pointer = `/${field.key}/${Math.max(missing, 0)}/share`;
  if (missing >= 0)
    return {
      pointer,
      message: t('applications.shareMissing', { name: parties[missing]?.name || String(missing + 1) }),
    };
  return sharesMessage(
    parties.map((party) => party.share!),
    pointer,
  );
}

/** “各人份额加起来是 90%，还差 10%”. */
export function sharesMessage(
  shares: readonly { numerator: number; denominator: number }[],
  pointer: string,
): FieldMessage | null {
  const { sign, by } = overOrUnder(shares);
  if (sign === 0) return null;
  const sum = { numerator: by.denominator + sign * by.numerator, denominator: by.denominator };
  const words = { sum: showShare(sum), by: showShare(by) };
  return {
    pointer,
    message: sign < 0 ? t('applications.sharesUnder', words) : t('applications.sharesOver', words),
  };
}

/** Everything wrong on a page, at once, in the order of its fields. */
export function checkPage(type: BusinessType, fields: readonly Field[], answers: Answers): FieldMessage[] {
  return fields
    .filter((field) => isShown(field, answers))
    .flatMap((field) => {
      if (field['x-widget'] === 'parties') return checkParties(type, field, answers[field.key], answers);
      const message = checkField(field, answers[field.key]);
      return message === null ? [] : [{ pointer: `/${field.key}`, message }];
    });
}
