const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** `2026年10月9日（周五）17:00` in Asia/Shanghai, as the papers of a case have it. Pure. @param at ISO instant */
export function instantText(at: string): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000);
  const day = `${local.getUTCFullYear()}年${local.getUTCMonth() + 1}月${local.getUTCDate()}日`;
  return `${day}（${WEEKDAYS[local.getUTCDay()]}）${local.toISOString().slice(11, 16)}`;
}
