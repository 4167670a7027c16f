export const SIZES = ['large', 'larger', 'largest'] as const;
export type Size = (typeof SIZES)[number];
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
export interface ViewChoice {
  mode: 'standard' | 'elder';
  size: Size;
  theme: Theme;
}

const KEY = 'view';

function stored(): Partial<ViewChoice> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<ViewChoice>;
  } catch {
    return {};
  }
}

/** How this device shows the portal: 长辈版, its text size, light or dark. `public/boot.js` applies it before the first paint. */
export class View {
  mode = $state<ViewChoice['mode']>('standard');
  size = $state<Size>('large');
  theme = $state<Theme>('system');
  /** Called after each change by the visitor; the account keeps it too. */
  onChange: ((choice: ViewChoice) => void) | null = null;

  constructor() {
    const choice = stored();
    this.#take(choice);
  }

  get elder(): boolean {
    return this.mode === 'elder';
  }

  get choice(): ViewChoice {
    return { mode: this.mode, size: this.size, theme: this.theme };
  }

  set(change: Partial<ViewChoice>): void {
    this.#take(change);
    this.#apply();
    this.onChange?.(this.choice);
  }

  /** What the account remembers from another device; does not write back. */
  adopt(choice: Partial<ViewChoice>): void {
    this.#take(choice);
    this.#apply();
  }

  #take(choice: Partial<ViewChoice>): void {
    if (choice.mode === 'elder' || choice.mode === 'standard') this.mode = choice.mode;
    if (choice.size && SIZES.includes(choice.size)) this.size = choice.size;
    if (choice.theme && THEMES.includes(choice.theme)) this.theme = choice.theme;
  }

  #apply(): void {
    const data = document.documentElement.dataset;
    const put = (name: string, value: string | null) => {
      if (value === null) delete data[name];
      else data[name] = value;
    };
    put('mode', this.elder ? 'elder' : null);
    put('size', this.elder && this.size !== 'large' ? this.size : null);
    put('theme', this.theme === 'system' ? null : this.theme);
    try {
      localStorage.setItem(KEY, JSON.stringify(this.choice));
    } catch {
      // Storage may be switched off; the choice then lasts as long as the page.
    }
  }
}
