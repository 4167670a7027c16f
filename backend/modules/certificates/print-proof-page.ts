import type { Pdf } from '../../platform/pdf/document.ts';
import { ZONE } from '../../platform/time.ts';
import type { Limit, Standing } from './offline/statement.ts';
import { drawSheet, drawSpecimen, INK_SOFT, PAGE, RED } from './print-sheet.ts';
import type { CertificateProof } from './prove.ts';

/** 88 mm: some 140 modules of more than half a millimetre, which a common phone reads from a hand's breadth away. */
const CODE = 250;

const STATUS_WORDS = {
  valid: '现在有效',
  superseded: '已有新的登记，本证不再作数',
  cancelled: '已经注销，本证不再作数',
} as const satisfies Record<Standing['status'], string>;

const LIMIT_WORDS = {
  mortgaged: '抵押',
  seized: '查封',
  objection: '异议',
  preNotice: '预告',
  residence: '居住权',
} as const satisfies Record<Limit, string>;

export interface ProofPage {
  name: string;
  number: string;
  /** Null where the log has no entry of it yet. */
  proof: (CertificateProof & { url: string }) | null;
  demo: boolean;
}

/** 核验页: the last page, with a code that proves every line of the certificate by itself, and what the register said at printing. */
export function drawProofPage(pdf: Pdf, page: ProofPage): void {
  const { width, margin } = PAGE;
  const inner = width - 2 * margin;
  pdf.doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
  drawSheet(pdf);
  if (page.demo) drawSpecimen(pdf);
  const centred = { width: inner, align: 'center' as const };
  pdf.text('核　验　页', margin, 66, { ...centred, size: 26, weight: 'bold', color: RED });
  const top = pdf.text(`${page.name}　${page.number}`, margin, 116, { ...centred, size: 12 });
  if (page.proof) drawCode(pdf, page.proof, top + 22);
  else drawNotYet(pdf, top + 60);
}

function drawCode(pdf: Pdf, { place, standing, url }: NonNullable<ProofPage['proof']>, top: number): void {
  const { width, margin } = PAGE;
  const left = margin + 52;
  const style = { size: 12, width: width - 2 * left, leading: 1.75 };
  pdf.qr(url, (width - CODE) / 2, top, CODE, 'low');
  let y = top + CODE + 18;
  y = pdf.text('这个码里写着本证的每一项，并带着登记机构的证明：', left, y, style);
  y = pdf.text('1．手机扫码，打开核验页。核验页打开过一次以后，没有网也能核对。', left, y, style);
  y = pdf.text('2．把手机上显示的每一项，与纸上印的逐一对照。对不上的，以手机上显示的为准。', left, y, style);
  y = pdf.text('3．有网时，还会告诉您本证现在是否有效。交易前请一定联网再核一次。', left, y, style);
  y += 16;
  if (standing) y = pdf.text(standingWords(standing), left, y, { ...style, weight: 'bold' });
  pdf.text(
    `登记簿日志 ${place.origin}\n第 ${place.index + 1} 条，共 ${place.size} 条　检查点 ${place.root}`,
    left,
    y + 10,
    { size: 8.5, width: style.width, color: INK_SOFT, leading: 1.6 },
  );
}

const instantWords = new Intl.DateTimeFormat('zh-CN', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: ZONE,
});

/** “打印时（2026年10月9日 10:03）登记簿记载：现在有效；有抵押。” */
function standingWords({ at, limits, status }: Standing): string {
  const words = limits.map((limit) => LIMIT_WORDS[limit]).join('、');
  const more =
    status === 'valid' ? `；${words === '' ? '没有抵押、查封、异议、预告、居住权' : `有${words}`}` : '';
  return `打印时（${instantWords.format(new Date(at))}）登记簿记载：${STATUS_WORDS[status]}${more}。`;
}

function drawNotYet(pdf: Pdf, top: number): void {
  const left = PAGE.margin + 52;
  const style = { size: 13, width: PAGE.width - 2 * left, leading: 2 };
  const below = pdf.text(
    '本证刚刚签发，登记簿的日志还在写入，这里暂时没有能自己证明自己的码。',
    left,
    top,
    style,
  );
  pdf.text(
    '第一页的二维码现在就能核验。需要自证码的，请过几分钟重新下载、打印本证。',
    left,
    below + 8,
    style,
  );
}
