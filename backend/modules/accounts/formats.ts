import { registerFormat } from '../../platform/http/ajv.ts';
import { checkCreditCode, canonicalMobile, checkResidentId } from './identity-numbers.ts';

/** Text formats that forms of the catalogue name. They accept what is typed; canonicalise before storing. */
export function registerAccountFormats(): void {
  registerFormat('residentId', (value) => checkResidentId(value).valid, {
    zh: '身份证号不对，请对照证件再看一遍，18 位都要填。',
    en: 'The ID number is not right; compare all 18 characters with the card.',
  });
  registerFormat('creditCode', (value) => checkCreditCode(value).valid, {
    zh: '统一社会信用代码不对，请对照营业执照再看一遍，18 位都要填。',
    en: 'The credit code is not right; compare all 18 characters with the licence.',
  });
  registerFormat('mobilePhone', (value) => canonicalMobile(value) !== null, {
    zh: '手机号应为 11 位，以 13 到 19 开头。',
    en: 'A mobile number has 11 digits and begins with 13 to 19.',
  });
}
