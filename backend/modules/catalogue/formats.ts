import { registerFormat } from '../../platform/http/ajv.ts';
import type { Text } from './contract.ts';

/** Text formats that forms may name. Those of identity and unit numbers belong to the modules that own the numbers. */

const LEGAL_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Yuan with up to two decimals, as text: a price never passes through a binary fraction. */
const YUAN = /^(?:[1-9]\d{0,11}(?:\.\d{1,2})?|0\.(?:0[1-9]|[1-9]\d?))$/;
/** Letters, digits, Han and the marks that document numbers carry: （2026）鲁1502执123号. */
const DOCUMENT_NUMBER = /^[\p{Script=Han}A-Za-z0-9()（）〔〕[\]【】\-—_/.第号字]{2,60}$/u;
const CERTIFICATE_NUMBER = /^[\p{Script=Han}A-Za-z0-9()（）〔〕[\]【】\-—_/.]{4,60}$/u;
/** Control and format characters hide or reorder text; a lone surrogate is no character at all. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/u;

export function isRealDay(text: string): boolean {
  if (!LEGAL_DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function withoutSpaces(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200b]/gu, '');
}

interface FormFormat {
  check(value: string): boolean;
  sentence: Text;
}

const OWN: Record<string, FormFormat> = {
  legalDay: {
    check: isRealDay,
    sentence: {
      zh: '请填一个日历上有的日期，例如 2026-10-09',
      en: 'Enter a date that exists, such as 2026-10-09',
    },
  },
  yuan: {
    check: (value) => YUAN.test(value),
    sentence: {
      zh: '请填大于 0 的金额，最多两位小数，不写逗号，例如 1280000.00',
      en: 'Enter an amount above 0 with at most two decimals and no commas, such as 1280000.00',
    },
  },
  documentNumber: {
    check: (value) => DOCUMENT_NUMBER.test(withoutSpaces(value)),
    sentence: {
      zh: '编号里只能有汉字、字母、数字、括号和横线，请对照原件',
      en: 'Use only characters, letters, digits, brackets and dashes, as on the document',
    },
  },
  certificateNumber: {
    check: (value) => CERTIFICATE_NUMBER.test(withoutSpaces(value)),
    sentence: {
      zh: '请照证书填写证号，例如 鲁(2020)聊城市不动产权第0000001号',
      en: 'Enter the number as on the certificate, such as 鲁(2020)聊城市不动产权第0000001号',
    },
  },
  personOrOrganisationName: {
    check: (value) => value.trim() !== '' && !HIDDEN.test(value),
    sentence: {
      zh: '名称里有看不见的字符，请照证件重新输入',
      en: 'The name holds invisible characters. Type it again as on the document',
    },
  },
};

/**
 * Formats owned by other modules: here only their shape, used while the owner has not registered the full check (a
 * tool that loads the catalogue alone). The sentences serve both.
 */
export const FOREIGN_FORMATS: Record<string, FormFormat> = {
  residentId: {
    check: (value) => /^\d{17}[\dX]$/.test(withoutSpaces(value).toUpperCase()),
    sentence: {
      zh: '身份证号对不上，请对照证件再看一遍',
      en: 'The identity number does not check out. Compare it with the card',
    },
  },
  creditCode: {
    check: (value) => /^[0-9A-HJ-NP-RTUWXY]{18}$/.test(withoutSpaces(value).toUpperCase()),
    sentence: {
      zh: '统一社会信用代码对不上，请对照营业执照再看一遍',
      en: 'The credit code does not check out. Compare it with the licence',
    },
  },
  unitCode: {
    check: (value) =>
      /^\d{12}[GJZ][A-Z]\d{5}[FLQW]\d{8}$/.test(withoutSpaces(value).replace(/-/g, '').toUpperCase()),
    sentence: {
      zh: '不动产单元号是 28 位，请对照证书再看一遍，例如 371502 001001 GB00001 F00010001',
      en: 'The unit code has 28 characters. Compare it with the certificate, such as 371502 001001 GB00001 F00010001',
    },
  },
  mobilePhone: {
    check: (value) => /^(\+?86)?1[3-9]\d{9}$/.test(withoutSpaces(value).replace(/-/g, '')),
    sentence: { zh: '请填 11 位手机号', en: 'Enter a mobile number of 11 digits' },
  },
};

for (const [name, { check, sentence }] of Object.entries(OWN)) registerFormat(name, check, sentence);

export const FORMAT_SENTENCES: ReadonlyMap<string, Text> = new Map(
  Object.entries({ ...FOREIGN_FORMATS, ...OWN }).map(([name, { sentence }]) => [name, sentence]),
);
