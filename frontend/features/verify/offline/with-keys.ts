const PLACE = '<script type="application/json" id="keys">[]</script>';

/** The verifier with the office's keys in it. @throws where the text is not the verifier */
export function withKeys(template: string, words: readonly string[]): string {
  if (!template.includes(PLACE)) throw new Error('no verifier');
  const json = JSON.stringify(words).replaceAll('<', '\\u003c');
  return template.replace(PLACE, () => PLACE.replace('[]', () => json));
}
