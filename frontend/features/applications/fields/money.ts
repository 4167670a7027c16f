/** Money is integer fen; people type and read yuan. */

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/** `1,280,000.5` → 128000050; null for anything that is not an amount with at most two decimals. */
export function parseFen(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[\s,，¥元]/g, '');
  const found = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  const fen = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return Number.isSafeInteger(fen) ? fen : null;
}

/** 128000050 → `1,280,000.50`. */
export function formatYuan(fen: number): string {
  const yuan = Math.floor(fen / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return `${yuan}.${String(fen % 100).padStart(2, '0')}`;
}

function capitalGroup(group: number): string {
  let text = '';
  let owedZero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      owedZero = text !== '';
    } else {
      if (owedZero) text += '零';
      owedZero = false;
      text += DIGITS[digit]! + PLACES[place]!;
    }
  }
  return text;
}

function capitalInteger(yuan: number): string {
  let text = '';
  let skipped = false;
  for (let level = 3; level >= 0; level -= 1) {
    const group = Math.floor(yuan / 10_000 ** level) % 10_000;
    if (group > 0) {
      const gap = text !== '' && (group < 1000 || skipped);
      text += (gap ? '零' : '') + capitalGroup(group) + GROUPS[level]!;
    }
    skipped = group === 0;
  }
  return text;
}

/** 人民币大写 (票据法 and 支付结算办法 附一): 128000050 → 壹佰贰拾捌万元伍角. */
export function capitalYuan(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor(fen / 10) % 10;
  const cents = fen % 10;
  const whole = yuan > 0 ? `${capitalInteger(yuan)}元` : '';
  if (jiao === 0 && cents === 0) return whole === '' ? '零元整' : `${whole}整`;
  const tenth = jiao > 0 ? `${DIGITS[jiao]!}角` : whole === '' ? '' : '零';
  return whole + tenth + (cents > 0 ? `${DIGITS[cents]!}分` : '');
}
