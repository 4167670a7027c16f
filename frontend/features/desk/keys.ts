/** Keyboard of the desk: single letters, only while nobody types and no dialog is open. */

export type KeyTable = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const TYPING = 'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]';

/** Keys that may be held down: they only look at the next one. A held `1` would judge every row. */
const HELD = new Set(['j', 'k', 'ArrowDown', 'ArrowUp', '[', ']']);

/** Two keys in a row (`g d`) count as one when they come within this. */
const CHORD_MS = 1_200;

/** Listens on the document; returns how to stop. Chords are written `g d`. */
export function listenKeys(table: KeyTable): () => void {
  let before = '';
  let beforeAt = 0;
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (document.querySelector('dialog[open]')) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.repeat && !HELD.has(key)) return;
    const chord = `${before} ${key}`;
    const act = Date.now() - beforeAt < CHORD_MS && table[chord] ? table[chord] : table[key];
    before = key;
    beforeAt = Date.now();
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
