import { createPdf } from '../../platform/pdf/document.ts';
import type { Platform } from '../../platform/platform.ts';
import type { DocumentView } from './contract.ts';
import { instantWords } from './wording.ts';

const PAGE = { width: 595.28, left: 72, bottom: 770 } as const;
const BODY = PAGE.width - PAGE.left * 2;
const LABEL = 110;
const QR = 84;

const NAMED =
  '注：〔U+…〕是字库里没有的字符，按其国际编码（Unicode）标明；网上显示的文书为原样，电子签名是对原样签的。';

/**
 * A notice that sets a term must reach whoever it is for, whatever somebody typed into it: a character without a glyph is
 * named by its code point, which says exactly which it is. A certificate is refused instead (certificates/print.ts).
 *
 * A document of a case on A4: title, numbered rows, what it means, who issued it, and a QR that names it.
 */
export async function documentPdf(p: Platform, document: DocumentView): Promise<Buffer> {
  const at = new Date(document.at);
  const pdf = createPdf({
    title: `${document.title.zh} ${document.no}`,
    author: document.issuedBy,
    createdAt: at,
    missingGlyphs: 'name',
  });
  let y = pdf.text(document.title.zh, PAGE.left, 80, {
    size: 20,
    weight: 'bold',
    align: 'center',
    width: BODY,
  });
  y = pdf.text(`编号 ${document.no}`, PAGE.left, y + 4, {
    size: 9,
    align: 'center',
    width: BODY,
    color: '#55534d',
  });
  y += 18;
  const line = (top: number) =>
    pdf.doc
      .moveTo(PAGE.left, top)
      .lineTo(PAGE.left + BODY, top)
      .lineWidth(0.5)
      .strokeColor('#b9b4a6')
      .stroke();
  const room = (height: number) => {
    if (y + height <= PAGE.bottom) return;
    pdf.doc.addPage();
    y = 72;
  };
  for (const { label, value } of document.rows) {
    const text = { size: 10.5, width: BODY - LABEL };
    const height = Math.max(
      pdf.heightOf(value.zh, text),
      pdf.heightOf(label.zh, { size: 10.5, width: LABEL - 10 }),
    );
    room(height + 10);
    line(y);
    pdf.text(label.zh, PAGE.left, y + 5, { size: 10.5, width: LABEL - 10, color: '#55534d' });
    pdf.text(value.zh, PAGE.left + LABEL, y + 5, text);
    y += height + 10;
  }
  line(y);
  y += 16;
  for (const paragraph of document.paragraphs) {
    room(pdf.heightOf(paragraph.zh, { size: 10.5, width: BODY }) + 8);
    y = pdf.text(paragraph.zh, PAGE.left, y, { size: 10.5, width: BODY }) + 8;
  }
  room(QR + 60);
  y += 12;
  const link = `${p.config.publicOrigin}/cases/${document.caseNo ?? ''}`;
  pdf.qr(link, PAGE.left, y, QR);
  pdf.text(document.issuedBy, PAGE.left, y + 20, { size: 11, width: BODY, align: 'right' });
  pdf.text(instantWords(at).zh, PAGE.left, y + 40, { size: 10, width: BODY, align: 'right' });
  y += QR + 6;
  if (document.signature) {
    const { keyId, value, sha256 } = document.signature;
    const words = `电子签名（Ed25519，密钥 ${keyId}）：${value}　内容 SHA-256：${sha256}`;
    room(40);
    pdf.text(words, PAGE.left, y, { size: 6.5, width: BODY, color: '#55534d' });
  }
  if (pdf.named) {
    y += 24;
    room(24);
    pdf.text(NAMED, PAGE.left, y, { size: 8, width: BODY, color: '#55534d' });
  }
  return pdf.finish();
}
