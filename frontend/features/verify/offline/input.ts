/** What people paste, scan or open stands in many forms; what is looked for is the payload behind `#`. */

/** The payload in a text: the word alone, or an address of the verify page of any host, since only the proof counts. Null: none. */
export function payloadIn(text: string): string | null {
  const plain = text.trim();
  const behind = /\/verify\/?#([A-Za-z0-9_-]+)$/.exec(plain)?.[1];
  if (behind !== undefined) return behind;
  // Lines that a mail or a chat broke are joined; nothing else is put right.
  const joined = plain.replace(/\s+/g, '');
  return /^[A-Za-z0-9_-]{200,}$/.test(joined) ? joined : null;
}
