/**
 * Chinese sentences made of parts. A half-width space separates Han from digits (“还剩 2 个工作日”), but a full-width
 * bracket brings its own room: `10月9日（周五） 前` becomes `10月9日（周五）前`. Pure.
 */
export function closeGaps(sentence: string): string {
  return sentence.replace(/([）”]) (?=\p{Script=Han})/gu, '$1');
}
