import { createPdf, MissingGlyphError, type Pdf } from '../../platform/pdf/document.ts';
import { sha256 } from '../../platform/crypto/sha256.ts';
import type { Platform } from '../../platform/platform.ts';
import { signUnderLog } from '../ledger/index.ts';
import { groupUnitCode } from '../register/index.ts';
import type { CertificateDocument } from './certificate.model.ts';
import { errors } from './errors.ts';
import { certificateEntryId } from './leaf.ts';
import type { Bundle } from './offline/bundle.ts';
import { BUNDLE_NAME, signatureLine } from './offline/pdf.ts';
import { drawProofPage } from './print-proof-page.ts';
import { proveCertificate } from './prove.ts';
import { writtenFileText } from './offline/statement.ts';
import { dayText, type CertificateRecord } from './record.ts';
import { drawRows, drawSeal, drawSheet, drawSpecimen, INK_SOFT, PAGE, RED, type Row } from './print-sheet.ts';

const NAMES = { title: '不动产权证书', certification: '不动产登记证明' } as const;

const STATEMENTS = {
  title:
    '根据《中华人民共和国民法典》等法律法规，为保护不动产权利人合法权益，对不动产权利人申请登记的本证所列不动产权利，经审查核实，准予登记，颁发此证。',
  certification:
    '根据《中华人民共和国民法典》等法律法规，为保护申请人合法权益，对申请人申请登记的本证明所列不动产权利或登记事项，经审查核实，准予登记，颁发此证明。',
} as const;

/** Where the QR of a certificate leads: its token only, never a number or a name. */
export function verifyUrlOf(p: Platform, certificate: Pick<CertificateDocument, 'token'>): string {
  return `${p.config.publicOrigin}/verify/${certificate.token}`;
}

/** Where the code that proves itself leads: what stands behind `#` never reaches a server. */
export function proofUrlOf(p: Platform, payload: string): string {
  return `${p.config.publicOrigin}/verify#${payload}`;
}

/**
 * The certificate as a PDF, made from the signed record, with the proof of this moment: on a page of its own as a code, and as an attached
 * file. Behind the document stands the office's signature over its bytes. Throws `certificates.signatureBroken` if the
 * stored record was touched, `certificates.needsManualPrinting` if a character cannot be drawn exactly.
 */
export async function printCertificate(p: Platform, certificate: CertificateDocument): Promise<Buffer> {
  const { record: text, keyId, signature } = certificate;
  if (!p.crypto.signatures.verify(keyId, Buffer.from(text), signature)) {
    p.log.error({ certificateId: certificate._id }, 'the signature of a certificate does not verify');
    return errors.fail('certificates.signatureBroken');
  }
  const record = JSON.parse(text) as CertificateRecord;
  const proof = await proveCertificate(p, certificate);
  const pdf = createPdf({
    title: `${NAMES[record.kind]} ${record.number}`,
    author: record.agency,
    subject: record.unitCode,
    createdAt: certificate.issuedAt,
  });
  // The proof travels inside the file: whoever has the office's public key can check it without asking anybody.
  const bundle: Bundle = { record: text, keyId, signature, ...(proof ? { proof: proof.payload } : {}) };
  pdf.doc.file(Buffer.from(JSON.stringify(bundle)), {
    name: BUNDLE_NAME,
    type: 'application/json',
    creationDate: certificate.issuedAt,
    modifiedDate: certificate.issuedAt,
    description: '签名原文与日志证明',
  });
  try {
    const context = { pdf, record, certificate, verifyUrl: verifyUrlOf(p, certificate), demo: p.config.demo };
    if (record.kind === 'title') drawTitle(context);
    else drawCertification(context);
    drawProofPage(pdf, {
      name: NAMES[record.kind],
      number: record.number,
      proof: proof && { ...proof, url: proofUrlOf(p, proof.payload) },
      demo: p.config.demo,
    });
  } catch (error) {
    if (!(error instanceof MissingGlyphError)) throw error;
    return errors.fail('certificates.needsManualPrinting', { characters: error.characters.join('、') });
  }
  return signFile(p, certificateEntryId(certificate._id), await pdf.finish());
}

/** Adds the signature over the finished bytes, so that a file with anything edited in it is found. */
export async function signFile(p: Platform, entryId: string, bytes: Buffer): Promise<Buffer> {
  const written = { entryId, at: p.time.now().toISOString(), length: bytes.length };
  const hash = Buffer.from(sha256(bytes)).toString('base64url');
  const note = await signUnderLog(p, (origin) => writtenFileText(origin, { ...written, sha256: hash }));
  return note === null ? bytes : Buffer.concat([bytes, signatureLine(note)]);
}

interface PrintContext {
  pdf: Pdf;
  record: CertificateRecord;
  certificate: CertificateDocument;
  verifyUrl: string;
  demo: boolean;
}

function drawTitle(context: PrintContext): void {
  const { pdf, record, demo } = context;
  drawSheet(pdf);
  if (demo) drawSpecimen(pdf);
  const { width, margin } = PAGE;
  const inner = width - 2 * margin;
  const centred = (size: number) => ({ size, width: inner, align: 'center' as const, color: RED });
  pdf.text('中华人民共和国', margin, 110, { ...centred(20), spacing: 6 });
  pdf.text(NAMES.title, margin, 150, { ...centred(42), weight: 'bold', spacing: 8 });
  pdf.text('电子证照', margin, 222, { ...centred(13), spacing: 5 });
  pdf.text(`　　${STATEMENTS.title}`, margin + 52, 310, { size: 14, width: inner - 104, leading: 2 });
  drawAuthority(context, 590);
  drawProof(context, 600);

  pdf.doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
  drawSheet(pdf);
  if (demo) drawSpecimen(pdf);
  pdf.text(record.number, margin, 52, { size: 15, weight: 'bold', width: inner, align: 'right', color: RED });
  const below = drawRows(pdf, titleRows(record), 86);
  drawFoot(context, drawRows(pdf, [{ label: '附　记', text: notesOf(context), minHeight: 118 }], below + 14));
}

function drawCertification(context: PrintContext): void {
  const { pdf, record, demo } = context;
  drawSheet(pdf);
  if (demo) drawSpecimen(pdf);
  const { width, margin } = PAGE;
  const inner = width - 2 * margin;
  pdf.text(NAMES.certification, margin, 52, {
    size: 30,
    weight: 'bold',
    width: inner,
    align: 'center',
    color: RED,
    spacing: 5,
  });
  pdf.text(record.number, margin, 108, {
    size: 13,
    weight: 'bold',
    width: inner,
    align: 'center',
    color: RED,
  });
  const after = pdf.text(`　　${STATEMENTS.certification}`, margin + 4, 142, {
    size: 11,
    width: inner - 8,
    leading: 1.8,
  });
  const rows = [...certificationRows(record), { label: '附　记', text: notesOf(context), minHeight: 70 }];
  const below = drawRows(pdf, rows, after + 8);
  const top = Math.max(below + 16, 640);
  drawAuthority(context, top);
  drawProof(context, top);
}

/**
 * 登记机构 with the date, at the right. The square beside it is a mark and no 电子印章 (国令716第9条), so it is called 数字签名, which is true.
 */
function drawAuthority({ pdf, record, demo }: PrintContext, top: number): void {
  const left = PAGE.width - PAGE.margin - 236;
  const style = { size: 12, width: 224, align: 'center' as const };
  pdf.text('登记机构（数字签名）', left, top + 6, { ...style, color: INK_SOFT, size: 10.5 });
  pdf.text(record.agency, left, top + 26, { ...style, weight: 'bold' });
  pdf.text(dayText(record.registeredOn), left, top + 50, style);
  drawSeal(pdf, left + 150, top + 66, demo ? '电子示例' : '电子证照');
}

/** QR and how to verify, at the left. */
function drawProof({ pdf, certificate, verifyUrl }: PrintContext, top: number): void {
  const left = PAGE.margin + 6;
  pdf.qr(verifyUrl, left, top, 104);
  const style = { size: 8.5, color: INK_SOFT, width: 170, leading: 1.6 };
  const below = pdf.text('扫码核验，\n或在“核验”页填证号和权利人姓名', left + 10, top + 108, style);
  pdf.text(
    `签名 Ed25519　密钥 ${certificate.keyId}\n${certificate.signature.slice(0, 22)}…`,
    left + 10,
    below,
    {
      ...style,
      size: 7.5,
    },
  );
}

function drawFoot({ pdf, record }: PrintContext, below: number): void {
  const text =
    '以登记簿的记载为准。交易前请扫第一页的二维码，核对它现在是否有效；核验页能证明本证所载的每一项。';
  pdf.text(text, PAGE.margin, below + 10, { size: 9, color: INK_SOFT });
  pdf.text(`${record.agency}　${dayText(record.registeredOn)}`, PAGE.margin, below + 10, {
    size: 9,
    color: INK_SOFT,
    width: PAGE.width - 2 * PAGE.margin,
    align: 'right',
  });
}

function titleRows(record: CertificateRecord): Row[] {
  return [
    { label: '权 利 人', text: record.holders.map(({ name }) => name).join('、') },
    { label: '共有情况', text: record.coOwnership },
    { label: '坐　　落', text: record.address },
    { label: '不动产单元号', text: groupUnitCode(record.unitCode) },
    { label: '权利类型', text: record.subject },
    { label: '权利性质', text: record.nature },
    { label: '用　　途', text: record.use },
    { label: '面　　积', text: record.area },
    { label: '使用期限', text: record.term },
    { label: '权利其他状况', text: linesOf(record.other), minHeight: 130 },
  ].map((row) => ({ minHeight: 42, ...row }));
}

function certificationRows(record: CertificateRecord): Row[] {
  return [
    { label: '证明权利或事项', text: record.subject, minHeight: 30 },
    { label: '权利人（申请人）', text: record.holders.map(({ name }) => name).join('、'), minHeight: 30 },
    { label: '义 务 人', text: record.obligors.join('、'), minHeight: 30 },
    { label: '坐　　落', text: record.address, minHeight: 30 },
    { label: '不动产单元号', text: groupUnitCode(record.unitCode), minHeight: 30 },
    { label: '其　　他', text: linesOf([['面积', record.area], ...record.other]), minHeight: 130 },
  ];
}

function linesOf(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([label, text]) => `${label}：${text}`).join('\n');
}

function notesOf({ record, demo }: PrintContext): string {
  const specimen = demo ? ['本件为演示系统生成的示例，人员和房屋均为虚构，不具有法律效力。'] : [];
  return [...record.notes, ...specimen].join('\n');
}
