import { withKeys } from './offline/with-keys.ts';

/**
 * The verifier that is one file, with the keys that this page knows, as a download. Put together here: no address of this site runs it,
 * since its script stands in the page, which our content policy forbids.
 */
export async function saveVerifier(words: readonly string[], name: string): Promise<void> {
  const answer = await fetch('/verifier.txt');
  if (!answer.ok) throw new Error('the verifier could not be fetched');
  const page = new Blob([withKeys(await answer.text(), words)], { type: 'text/html' });
  const url = URL.createObjectURL(page);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
