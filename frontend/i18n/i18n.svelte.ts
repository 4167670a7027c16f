import { SvelteMap } from 'svelte/reactivity';
import { areas, type Area, type MessageArguments, type MessageKey } from './areas.ts';
import { fill, type Message, type MessageParams } from './messages.ts';
import zhApp from './zh-CN/app.ts';

export type Language = 'zh-CN' | 'en';

type Table = Readonly<Record<string, Message>>;

/**
 * The language of the document and the messages loaded so far. One per document, as the language is: `ui/` parts
 * and plain functions (formats, failures) need it as much as components do.
 */
class I18n {
  language = $state<Language>('zh-CN');
  // The Chinese words of the shell come with the first script: they are also what is left when a chunk fails.
  readonly #tables = new SvelteMap<string, Table>([['zh-CN/app', zhApp]]);

  /** Loads areas in the current language; areas already here cost nothing. */
  async load(names: readonly Area[], language: Language = this.language): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        const key = `${language}/${name}`;
        if (!this.#tables.has(key)) this.#tables.set(key, (await areas[name][language]()).default);
      }),
    );
  }

  /** Changes the language once every area in use is there, so no key is ever shown. */
  async use(language: Language): Promise<void> {
    const used = [...this.#tables.keys()].map((key) => key.slice(key.indexOf('/') + 1) as Area);
    await this.load(['app', ...new Set(used)], language);
    this.language = language;
    document.documentElement.lang = language;
    document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`;
  }

  text(key: string, params?: MessageParams): string {
    const dot = key.indexOf('.');
    const area = key.slice(0, dot);
    const name = key.slice(dot + 1);
    const message =
      this.#tables.get(`${this.language}/${area}`)?.[name] ?? this.#tables.get(`zh-CN/${area}`)?.[name];
    return message === undefined ? key : fill(message, params);
  }

  /** Of a two-language field in data (the catalogue's own words). */
  pick(sentence: { zh: string; en: string }): string {
    return this.language === 'en' ? sentence.en || sentence.zh : sentence.zh;
  }
}

export const i18n = new I18n();

/** `t('services.title')`, `t('services.left', { n: 2 })`: key and parameters are checked against the Chinese master. */
export function t<K extends MessageKey>(key: K, ...params: MessageArguments<K>): string {
  return i18n.text(key, params[0]);
}

/** The language the visitor chose before on this device; Chinese otherwise. */
export function chosenLanguage(): Language {
  return /(?:^|;\s*)lang=en/.test(document.cookie) ? 'en' : 'zh-CN';
}
