import { createPdf, type Pdf } from '../../platform/pdf/document.ts';
import type { Platform } from '../../platform/platform.ts';
import { getIdentity, maskIdNumber } from '../accounts/index.ts';
import { instantWords } from '../applications/index.ts';
import { BUNDLE_NAME, proveDocument, signFile } from '../certificates/index.ts';
import { errors } from './errors.ts';
import { resultEntryId } from './leaf.ts';
import { tokenOf } from './make-result.ts';
import type { QueryDocument, QueryResult } from './query.model.ts';
import { fieldsOf, headOf, unitFields, type ResultField } from './offline/result-fields.ts';
import { isOfOwn, readResult, type ResultRecord } from './result-record.ts';
import { RESULT_WORDS, USE_ONLY } from './wording.ts';

const PAGE = { width: 595.28, height: 841.89, left: 64, bottom: 780 } as const;
const BODY = PAGE.width - PAGE.left * 2;
const LABEL = 112;
const QR = 96;
const SOFT = '#55534d';
const RED = '#952515';
const RULE = '#b9b4a6';

/** Where the QR of a result leads: its token only, never a number or a name. */
export const resultUrlOf = (p: Platform, no: string): string =>
  `${p.config.publicOrigin}/verify/result/${tokenOf(p, no)}`;

/**
 * The result on A4, made from the signed record; the proof travels inside the file. Of the asker's own property, the paper has their
 * number in full, so that a school or a bank can compare it with the card: it stands on this paper only, never in the record, the QR or the log.
 * @throws query.signatureBroken if the stored record was touched
 */
export async function printResult(
  p: Platform,
  { _id: queryId, asker }: Pick<QueryDocument, '_id' | 'asker'>,
  result: QueryResult,
): Promise<Buffer> {
  const record = readSigned(p, result);
  const idNumber = await ownNumber(p, asker, record);
  const title = RESULT_WORDS[record.kind].zh;
  const pdf = createPdf({
    title: `${title} ${record.no}`,
    author: record.agency,
    createdAt: result.at,
    // Whatever somebody typed as a purpose, a decision reaches them; the signature is over the exact text.
    missingGlyphs: 'name',
  });
  await attachProof(p, pdf, queryId, result);
  const sheet = new Sheet(pdf, record.no);
  sheet.title(title, record.agency);
  sheet.rows(headOf(record, idNumber));
  record.units.forEach((unit, index) => {
    sheet.heading(record.units.length > 1 ? `不动产（${index + 1}）` : '不动产');
    sheet.rows(unitFields(unit, index + 1));
  });
  const shown = new Set(
    record.units.flatMap((unit, index) => unitFields(unit, index + 1)).map(({ key }) => key),
  );
  const rest = fieldsOf(record)
    .slice(headOf(record).length)
    .filter(({ key }) => !shown.has(key));
  sheet.gap(8);
  sheet.rows(rest);
  for (const paragraph of paragraphsOf(record)) sheet.paragraph(paragraph);
  sheet.proof(p, result, record);
  return signFile(p, resultEntryId(queryId), await pdf.finish());
}

/** Null: not of one's own, or the number is another by now than the one that was asked under. */
async function ownNumber(
  p: Platform,
  { accountId }: QueryDocument['asker'],
  record: ResultRecord,
): Promise<string | null> {
  if (!isOfOwn(record) || record.asker.organisation !== null) return null;
  const { idNumber } = await getIdentity(p, accountId);
  return maskIdNumber(idNumber) === record.asker.idNumberMasked ? idNumber : null;
}

/** @throws query.signatureBroken */
export function readSigned(p: Platform, { record, keyId, signature, no }: QueryResult): ResultRecord {
  if (p.crypto.signatures.verify(keyId, Buffer.from(record), signature)) return readResult(record);
  p.log.error({ no }, 'the signature of a query result does not verify');
  return errors.fail('query.signatureBroken');
}

function paragraphsOf(record: ResultRecord): string[] {
  if (record.refusal) return [record.refusal.remedy.zh];
  // Nobody is bound to keep quiet about a home of their own.
  return [
    ...(isOfOwn(record) ? [] : [USE_ONLY.zh]),
    '本证明以出具时点登记簿的记载为准，登记簿其后的变化不在其内。',
  ];
}

/** The signed record, and its proof out of the ledger where that has it already: whoever has our public keys needs nobody to check it. */
async function attachProof(p: Platform, pdf: Pdf, queryId: string, result: QueryResult): Promise<void> {
  const { record, keyId, signature, at, leaf } = result;
  const entryId = resultEntryId(queryId);
  const proof = await proveDocument(p, { kind: 'queryResult', entryId, at, record, leaf });
  const bundle = { record, keyId, signature, ...(proof ? { proof: proof.payload } : {}) };
  pdf.doc.file(Buffer.from(JSON.stringify(bundle)), {
    name: BUNDLE_NAME,
    type: 'application/json',
    description: '签名原文与日志证明',
    creationDate: at,
    modifiedDate: at,
  });
}

class Sheet {
  readonly #pdf: Pdf;
  readonly #no: string;
  #y = 64;
  #page = 1;

  constructor(pdf: Pdf, no: string) {
    this.#pdf = pdf;
    this.#no = no;
    this.#foot();
  }

  title(title: string, agency: string): void {
    const centred = { width: BODY, align: 'center' as const };
    this.#y = this.#pdf.text(agency, PAGE.left, this.#y, { ...centred, size: 12, color: RED, spacing: 2 });
    this.#y = this.#pdf.text(title, PAGE.left, this.#y + 6, { ...centred, size: 20, weight: 'bold' }) + 14;
  }

  heading(text: string): void {
    this.#room(60);
    this.#y = this.#pdf.text(text, PAGE.left, this.#y + 12, { size: 13, weight: 'bold', width: BODY }) + 4;
  }

  rows(fields: readonly ResultField[]): void {
    for (const { label, text } of fields) {
      const style = { size: 10.5, width: BODY - LABEL };
      const height = Math.max(
        this.#pdf.heightOf(text, style),
        this.#pdf.heightOf(label, { size: 10.5, width: LABEL - 10 }),
      );
      this.#room(height + 10);
      this.#line();
      this.#pdf.text(label, PAGE.left, this.#y + 5, { size: 10.5, width: LABEL - 10, color: SOFT });
      this.#pdf.text(text, PAGE.left + LABEL, this.#y + 5, style);
      this.#y += height + 10;
    }
    this.#line();
  }

  paragraph(text: string): void {
    const style = { size: 10, width: BODY };
    this.#room(this.#pdf.heightOf(text, style) + 10);
    this.#y = this.#pdf.text(text, PAGE.left, this.#y + 8, style);
  }

  gap(points: number): void {
    this.#y += points;
  }

  /** QR, authority, instant, signature; kept together on one page. */
  proof(p: Platform, result: QueryResult, record: ResultRecord): void {
    this.#room(QR + 60);
    this.#y += 14;
    const right = { width: BODY, align: 'right' as const };
    this.#pdf.qr(resultUrlOf(p, result.no), PAGE.left, this.#y, QR);
    const beside = { size: 8.5, color: SOFT, width: 190 };
    this.#pdf.text(
      '扫码核验这份文书的真假和查询时点。\n核验只显示与纸面核对所需的内容。',
      PAGE.left + QR + 12,
      this.#y + 14,
      beside,
    );
    this.#pdf.text(record.agency, PAGE.left, this.#y + 24, { ...right, size: 11, weight: 'bold' });
    this.#pdf.text(instantWords(result.at).zh, PAGE.left, this.#y + 44, { ...right, size: 10 });
    this.#y += QR + 8;
    const words = `数字签名 Ed25519　密钥 ${result.keyId}　${result.signature}`;
    this.#y = this.#pdf.text(words, PAGE.left, this.#y, { size: 6.5, width: BODY, color: SOFT });
    if (p.config.demo) {
      const demo = '本件为演示系统生成的示例，人员和房屋均为虚构，不具有法律效力。';
      this.#y = this.#pdf.text(demo, PAGE.left, this.#y + 6, { size: 9, width: BODY, color: RED });
    }
    if (this.#pdf.named) {
      const named = '注：〔U+…〕是字库里没有的字符，按其国际编码（Unicode）标明；数字签名是对原样签的。';
      this.#pdf.text(named, PAGE.left, this.#y + 6, { size: 8, width: BODY, color: SOFT });
    }
  }

  #line(): void {
    this.#pdf.doc
      .moveTo(PAGE.left, this.#y)
      .lineTo(PAGE.left + BODY, this.#y)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke();
  }

  #room(height: number): void {
    if (this.#y + height <= PAGE.bottom) return;
    this.#pdf.doc.addPage();
    this.#page += 1;
    this.#y = 64;
    this.#foot();
  }

  /** On every page, so that none can be put under another document. */
  #foot(): void {
    const style = { size: 8, color: SOFT, width: BODY, align: 'right' as const };
    this.#pdf.text(`${this.#no}　第 ${this.#page} 页`, PAGE.left, PAGE.bottom + 18, style);
  }
}
