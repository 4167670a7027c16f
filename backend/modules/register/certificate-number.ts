import type { CertificateKind } from './contract.ts';
import { CITY } from './city.ts';

/** Digits of the yearly serial (domain.md §4.3). */
const SERIAL_DIGITS = 7;

const WORDS = { title: '权', certification: '证明' } as const satisfies Record<CertificateKind, string>;
const PATTERN = /^([\u4e00-\u9fa5])\((\d{4})\)([\u4e00-\u9fa5]{2,12})不动产(权|证明)第(\d{7})号$/u;

export interface CertificateNumber {
  province: string;
  year: number;
  place: string;
  kind: CertificateKind;
  serial: number;
}

/**
 * `鲁(2026)聊城市不动产权第0000001号` 不动产权证书, or `…不动产证明第…` 不动产登记证明. `place` is the 市县全称 of whoever registers
 * there (domain.md §4.3).
 */
export function formatCertificateNo(
  kind: CertificateKind,
  year: number,
  serial: number,
  place: string = CITY.name,
): string {
  const digits = String(serial).padStart(SERIAL_DIGITS, '0');
  return `${CITY.provinceShort}(${year})${place}不动产${WORDS[kind]}第${digits}号`;
}

/** What the numbers of earlier certificates have in common: the kind of paper, and digits at the end. */
const EARLIER =
  /^([\u4e00-\u9fa5]*(?:房地产权证|房地权证|房屋所有权证|房屋他项权证|房权证|房产证|房他证|国用|集用|集建|土地使用证|土地他项)[\u4e00-\u9fa5]*?)(\(\d{4}\))?([\u4e00-\u9fa5]*?)第?(?:NO\.?)?([A-Z]{0,3}\d[\d-]{0,19})号?$/u;

/** Full-width digits, letters and brackets (NFKC), 〔〕［］【】 for the brackets of the year, spaces anywhere. */
const tidy = (input: string): string =>
  input
    .normalize('NFKC')
    .replace(/[\s\u200b\u00a0]/gu, '')
    .replace(/[〔［【〈《\[{]/gu, '(')
    .replace(/[〕］】〉》\]}]/gu, ')');

/**
 * 房产证、土地证 of before the unified register stay valid (条例33): `聊房权证开发区字第0112345678号`, `聊国用(2012)第123号`. They follow no one
 * rule, so only brackets, spaces, a missing 第 or 号 and small letters are folded. Null: it is none of them.
 */
export function foldEarlierNumber(input: string): string | null {
  const match = EARLIER.exec(tidy(input).toUpperCase());
  if (!match) return null;
  const [, kind = '', year = '', series = '', serial = ''] = match;
  return `${kind}${year}${series}第${serial}号`;
}

/** A number of this register or of those before it, folded; null: of neither. */
export const foldAnyCertificateNo = (input: string): string | null =>
  foldCertificateNo(input) ?? foldEarlierNumber(input);

/** Whether a number has a form that this register may hold at all, by what was typed alone. */
export function isNumberInScope(input: string): boolean {
  const parsed = parseCertificateNo(input);
  return parsed ? parsed.province === CITY.provinceShort : foldEarlierNumber(input) !== null;
}

/**
 * Folds what a person types or a scanner reads: full-width digits, letters and brackets (NFKC), 〔〕［］【】 for the
 * brackets of the year, spaces anywhere, a missing 第 or 号. Null when it still is no certificate number.
 */
export function foldCertificateNo(input: string): string | null {
  const folded = tidy(input).replace(/(不动产(?:权|证明))(?:第|NO\.?|No\.?)?(\d{7})号?$/u, '$1第$2号');
  return PATTERN.test(folded) ? folded : null;
}

export function parseCertificateNo(input: string): CertificateNumber | null {
  const folded = foldCertificateNo(input);
  const match = folded === null ? null : PATTERN.exec(folded);
  if (!match) return null;
  const [, province = '', year = '', place = '', word = '', serial = ''] = match;
  const kind = word === WORDS.title ? 'title' : 'certification';
  return { province, year: Number(year), place, kind, serial: Number(serial) };
}
