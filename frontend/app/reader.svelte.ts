import { i18n } from '../i18n/i18n.svelte.ts';

const SKIPPED = 'script, style, svg, [hidden], [aria-hidden="true"], .vh, button, select';
/** Elements that are read as one piece, in the order of the page. */
const PIECES = 'h1, h2, h3, h4, p, li, dt, dd, caption, th, td, label, legend, summary';

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 && !element.closest('[hidden], [aria-hidden="true"]');
}

/** Text of the page in reading order, each piece with the element to outline while it is read. */
export function piecesOf(root: HTMLElement): { element: HTMLElement; text: string }[] {
  const found: { element: HTMLElement; text: string }[] = [];
  for (const element of root.querySelectorAll<HTMLElement>(`${PIECES}, a, small`)) {
    if (!visible(element)) continue;
    // A piece with pieces inside is read by its parts; a part of what is read already is not read again.
    if (element.querySelector(PIECES) || found.some((piece) => piece.element.contains(element))) continue;
    const copy = element.cloneNode(true) as HTMLElement;
    for (const silent of copy.querySelectorAll(SKIPPED)) silent.remove();
    const text = (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
    if (text) found.push({ element, text });
  }
  return found;
}

/** 读给我听: reads what is visible in order and outlines the piece being read. Stopping keeps the place. */
export class Reader {
  reading = $state(false);
  #pieces: { element: HTMLElement; text: string }[] = [];
  #at = 0;
  #root: HTMLElement | null = null;

  /** False when this device has no voice to read with. */
  start(root: HTMLElement | null): boolean {
    if (!root || !('speechSynthesis' in window)) return false;
    const language = i18n.language === 'en' ? 'en' : 'zh';
    const voices = speechSynthesis.getVoices();
    if (voices.length > 0 && !voices.some((voice) => voice.lang.startsWith(language))) return false;
    if (this.#root !== root || this.#at >= this.#pieces.length) {
      this.#at = 0;
      this.#root = root;
    }
    this.#pieces = piecesOf(root);
    if (this.#pieces.length === 0) return false;
    this.reading = true;
    this.#next();
    return true;
  }

  stop(): void {
    if (!this.reading) return;
    this.reading = false;
    this.#mark(null);
    speechSynthesis.cancel();
  }

  #next(): void {
    const piece = this.#pieces[this.#at];
    if (!piece || !this.reading) {
      this.reading = false;
      this.#mark(null);
      return;
    }
    this.#mark(piece.element);
    const words = new SpeechSynthesisUtterance(piece.text);
    words.lang = i18n.language;
    // Slower than the default, for listeners who are not in a hurry.
    words.rate = 0.9;
    words.onend = () => {
      if (!this.reading) return;
      this.#at += 1;
      this.#next();
    };
    words.onerror = () => this.stop();
    speechSynthesis.speak(words);
  }

  #mark(element: HTMLElement | null): void {
    for (const marked of document.querySelectorAll('[data-reading]')) marked.removeAttribute('data-reading');
    if (!element) return;
    element.dataset.reading = '';
    element.scrollIntoView({ block: 'nearest' });
  }
}
