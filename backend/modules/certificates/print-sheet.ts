import type { Pdf } from '../../platform/pdf/document.ts';

/** Parts that certificates share on paper: frame, ground, seal, rows. Vector only. */

export const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
export const INK = '#1c1c1a';
export const INK_SOFT = '#56625f';
export const RED = '#952515';
export const SEAL = '#bc3520';
const RULE = '#b98a7c';
const GROUND = '#f4e7df';

/** Waves of the ground, so that a copy shows that it is one; then the double frame of the booklet. */
export function drawSheet({ doc }: Pdf): void {
  const { width, height } = PAGE;
  doc.save().lineWidth(0.35).strokeColor(GROUND);
  for (let y = 30; y < height - 26; y += 7) {
    doc.moveTo(28, y);
    for (let x = 28; x < width - 28; x += 24) {
      const reach = Math.min(x + 24, width - 28);
      doc.bezierCurveTo(x + 8, y - 5, x + 16, y + 5, reach, y);
    }
    doc.stroke();
  }
  doc.restore();
  doc
    .save()
    .strokeColor(RULE)
    .lineWidth(1.6)
    .rect(24, 24, width - 48, height - 48)
    .stroke();
  doc
    .lineWidth(0.5)
    .rect(29, 29, width - 58, height - 58)
    .stroke()
    .restore();
}

/** Across a specimen, so that no photograph of it can pass for a certificate. */
export function drawSpecimen(pdf: Pdf): void {
  const { doc } = pdf;
  doc
    .save()
    .fillOpacity(0.09)
    .rotate(-32, { origin: [PAGE.width / 2, PAGE.height / 2] });
  for (const [row, text] of ['示例　演示数据', '不具有法律效力', '示例　演示数据'].entries()) {
    pdf.text(text, -60, 190 + row * 190, {
      size: 62,
      weight: 'bold',
      color: RED,
      width: PAGE.width + 120,
      align: 'center',
    });
  }
  doc.restore();
}

/** The mark of an electronic copy: a square with 白文. Plainly no copy of the round seal of an office. */
export function drawSeal(pdf: Pdf, x: number, y: number, characters: string): void {
  const { doc } = pdf;
  const side = 74;
  doc.save().fillColor(SEAL).fillOpacity(0.92);
  doc
    .path(`M${x + 1} ${y + 2} L${x + side - 1} ${y} L${x + side} ${y + side - 1} L${x} ${y + side} Z`)
    .fill();
  doc.fillOpacity(1).strokeColor('#ffffff').lineWidth(1.1);
  doc
    .rect(x + 4, y + 4, side - 8, side - 8)
    .stroke()
    .restore();
  [...characters].forEach((character, index) => {
    const left = x + 8 + (index % 2) * 29;
    const top = y + 7 + Math.floor(index / 2) * 30;
    pdf.text(character, left, top, { size: 28, weight: 'bold', color: '#ffffff', leading: 1.05 });
  });
}

export interface Row {
  label: string;
  /** Paragraphs of the cell. */
  text: string;
  minHeight?: number;
}

const LABEL_WIDTH = 112;
const PAD = 9;

/** A ruled table of two columns; returns the y below it. */
export function drawRows(pdf: Pdf, rows: readonly Row[], top: number): number {
  const { doc } = pdf;
  const left = PAGE.margin;
  const width = PAGE.width - 2 * left;
  const style = { size: 11, width: width - LABEL_WIDTH - 2 * PAD, leading: 1.55 };
  let y = top;
  for (const { label, text, minHeight = 34 } of rows) {
    const height = Math.max(minHeight, pdf.heightOf(text, style) + 2 * 6);
    doc.save().strokeColor(RULE).lineWidth(0.7).rect(left, y, width, height).stroke();
    doc
      .moveTo(left + LABEL_WIDTH, y)
      .lineTo(left + LABEL_WIDTH, y + height)
      .stroke()
      .restore();
    const labelStyle = { size: 11, color: RED, width: LABEL_WIDTH - 12, align: 'center' as const };
    pdf.text(label, left + 6, y + (height - pdf.heightOf(label, labelStyle)) / 2, labelStyle);
    const body = pdf.heightOf(text, style);
    pdf.text(text, left + LABEL_WIDTH + PAD, y + (minHeight > 60 ? 8 : (height - body) / 2), style);
    y += height;
  }
  return y;
}
