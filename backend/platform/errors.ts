/** Sentences are kept per language; `{name}` is replaced by a parameter of that name, which may be words in both languages. */
export interface Sentence {
  zh: string;
  en: string;
}

export interface ErrorDefinition extends Sentence {
  status: number;
}

export type ErrorParams = Readonly<Record<string, string | number | Sentence>>;

/** One thing wrong with the input, at a JSON pointer (`/answers/price`), so that a form can mark the field. */
export interface Problem {
  pointer: string;
  code: string;
  params?: ErrorParams;
  /** Set when the sentence comes from data (a catalogue's own words) rather than from an error table. */
  sentence?: Sentence;
}

/** The only error that a use case throws on purpose. Codes are `module.reason`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly params: ErrorParams;
  readonly problems: readonly Problem[];

  constructor(code: string, params: ErrorParams = {}, problems: readonly Problem[] = []) {
    super(code);
    this.code = code;
    this.params = params;
    this.problems = problems;
  }
}

const registry = new Map<string, ErrorDefinition>();

/** A module's errors: one table `code -> {status, zh, en}`, and a `fail` that is typed by it. */
export function defineErrors<T extends Record<`${string}.${string}`, ErrorDefinition>>(table: T) {
  for (const [code, definition] of Object.entries(table)) registry.set(code, definition);
  return {
    table,
    /** Throws. `problems` carry JSON pointers for the form. */
    fail(code: keyof T & string, params?: ErrorParams, problems?: readonly Problem[]): never {
      throw new AppError(code, params, problems);
    },
  };
}

export function findErrorDefinition(code: string): ErrorDefinition | null {
  return registry.get(code) ?? null;
}

export type Language = 'zh-CN' | 'en';

/** The sentence of a code in the reader's language; the code itself is never shown alone. */
export function sentenceOf(source: Sentence, language: Language, params: ErrorParams = {}): string {
  const key = language === 'en' ? 'en' : 'zh';
  return source[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole;
    return typeof value === 'object' ? value[key] : String(value);
  });
}
