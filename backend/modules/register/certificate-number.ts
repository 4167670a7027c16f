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

/**
 * Folds what a person types or a scanner reads: full-width digits, letters and brackets (NFKC), 〔〕［］【】 for the
 * brackets of the year, spaces anywhere, a missing 第 or 号. Null when it still is no certificate number.
 */
export function foldCertificateNo(input: string): string | null {
  const folded = input
    .normalize('NFKC')
    .replace(/[\s\u200b\u00a0]/gu, '')
    .replace(/[〔［【〈《\[{]/gu, '(')
    .replace(/[〕］】〉》\]}]/gu, ')')
    .replace(/(不动产(?:权|证明))(?:第|NO\.?|No\.?)?(\d{7})号?$/u, '$1第$2号');
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
