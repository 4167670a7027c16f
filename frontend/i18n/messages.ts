export type MessageParams = Readonly<Record<string, string | number>>;

/** A sentence with `{names}`, or, where English needs a plural, a function of the same parameters. */
export type Message = string | ((params: MessageParams) => string);

/** What a translation must satisfy: every key of the Chinese master, and no other. */
export type Translation<Master> = { readonly [K in keyof Master]: Message };

export function fill(message: Message, params: MessageParams = {}): string {
  if (typeof message === 'function') return message(params);
  const sentence = message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  // A full-width bracket brings its own room: `10月9日（周五）前`, not `（周五） 前`.
  return sentence.replace(/） (?=\p{Script=Han})/gu, '）');
}

/** `count(2, 'item', 'items')` → `2 items`. */
export function count(n: string | number | undefined, one: string, many: string): string {
  return `${n ?? 0} ${Number(n) === 1 ? one : many}`;
}
