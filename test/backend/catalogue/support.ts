import { readFileSync } from 'node:fs';
import { checkCreditCode, checkResidentId } from '../../../backend/modules/accounts/identity-numbers.ts';
import '../../../backend/modules/catalogue/index.ts';
import type { BusinessType } from '../../../backend/modules/catalogue/contract.ts';
import { registerFormat } from '../../../backend/platform/http/ajv.ts';

// As the app does at start: the module that owns these numbers brings the full checks.
const sentence = {
  zh: '号码对不上，请对照证件再看一遍',
  en: 'The number does not check out. Compare it with the document',
};
registerFormat('residentId', (value) => checkResidentId(value).valid, sentence);
registerFormat('creditCode', (value) => checkCreditCode(value).valid, sentence);

/** A fresh copy of a type as its file describes it. */
export function readType(code: string): BusinessType {
  const url = new URL(`../../../seeds/reference/catalogue/${code}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as BusinessType;
}

export const TODAY = '2026-10-09';
export const UNIT_CODE = '371502001001GB00001F00010001';
export const CERTIFICATE_NO = '鲁(2020)聊城市不动产权第0000001号';

export const wang = {
  name: '王建国',
  partyKind: 'person',
  idKind: '1',
  idNumber: '371502199003070019',
  phone: '13806350001',
};
export const li = {
  name: '李秀英',
  partyKind: 'person',
  idKind: '1',
  idNumber: '371581198503150024',
  phone: '13806350002',
};
export const bank = {
  name: '聊城市示例银行股份有限公司',
  partyKind: 'organisation',
  idKind: '7',
  idNumber: '91371500MA3C00011K',
  representative: '赵一',
};
export const court = { ...bank, name: '聊城市东昌府区人民法院', representative: '钱二' };

const statements = { statementTrue: true, statementElectronicSignature: true };

/** Complete and right answers to each type of the first release. */
export const GOOD_ANSWERS: Record<string, Record<string, unknown>> = {
  ZY02: {
    unitCode: UNIT_CODE,
    certificateNo: CERTIFICATE_NO,
    sellers: [wang],
    buyers: [li],
    coOwnership: '0',
    contractNo: '聊房网签2026100900123',
    contractSignedOn: '2026-10-08',
    priceYuan: '1280000.00',
    paymentKind: 'loan',
    taxStatus: 'paid',
    taxProofNo: '337156261000012345',
    inquiryOwnWill: true,
    inquiryNoDispute: true,
    inquiryCoOwnersAgree: true,
    inquiryMortgageKnown: true,
    ...statements,
  },
  DY01: {
    unitCode: UNIT_CODE,
    certificateNo: CERTIFICATE_NO,
    mortgagors: [wang],
    mortgagees: [bank],
    debtor: '王建国',
    contractNo: '抵字2026第0088号',
    contractSignedOn: '2026-10-08',
    amountYuan: '800000',
    debtFrom: '2026-10-10',
    debtUntil: '2046-10-09',
    scope: '主债权及利息、违约金、损害赔偿金和实现抵押权的费用',
    transferRestricted: false,
    inquiryOwnWill: true,
    inquiryCoOwnersAgree: true,
    inquiryNoDispute: true,
    ...statements,
  },
  DY06: {
    unitCode: UNIT_CODE,
    certificateNo: '鲁(2020)聊城市不动产证明第0000001号',
    mortgagees: [bank],
    cause: 'debtPaid',
    causeOn: '2026-10-08',
    inquiryOwnWill: true,
    ...statements,
  },
  BG01: {
    unitCode: UNIT_CODE,
    certificateNo: CERTIFICATE_NO,
    holders: [wang],
    changeKind: 'name',
    newName: '王建邦',
    changedOn: '2026-09-01',
    proofNo: '聊公户变〔2026〕12号',
    inquirySamePerson: true,
    ...statements,
  },
  CF01: {
    unitCode: UNIT_CODE,
    executedName: '王建国',
    courts: [court],
    officers: [
      { name: '孙三', cardNo: '鲁1502执001' },
      { name: '周四', cardNo: '鲁1502执002' },
    ],
    rulingNo: '（2026）鲁1502执123号',
    docNo: '（2026）鲁1502执123号之一',
    docOn: '2026-10-08',
    seizureKind: '1',
    preSeizure: false,
    termMonths: 36,
  },
  CF04: {
    unitCode: UNIT_CODE,
    courts: [court],
    officers: [
      { name: '孙三', cardNo: '鲁1502执001' },
      { name: '周四', cardNo: '鲁1502执002' },
    ],
    docNo: '（2026）鲁1502执123号之一',
    rulingNo: '（2026）鲁1502执123号之三',
    renewalDocNo: '（2026）鲁1502执123号之四',
    renewalDocOn: '2026-10-08',
    termMonths: 36,
  },
  CF06: {
    unitCode: UNIT_CODE,
    courts: [court],
    officers: [
      { name: '孙三', cardNo: '鲁1502执001' },
      { name: '周四', cardNo: '鲁1502执002' },
    ],
    docNo: '（2026）鲁1502执123号之一',
    liftDocNo: '（2026）鲁1502执123号之二',
    liftDocOn: '2026-10-09',
  },
};

export const CODES = Object.keys(GOOD_ANSWERS);
