/** How much of a place a token holds: enough to tell estates apart; the rest is for the verifying match. */
export const TOKEN_LENGTH = 8;

/**
 * Where what somebody types may begin in a folded place: at every character and at the first digit of every number, each cut at
 * `TOKEN_LENGTH`. With them a substring is the prefix of a token, which an index finds at once, whereas bigrams have to be
 * intersected by the hundred thousand (performance.md §2). The district is no token: it is compared as a code. Pure.
 */
export function placeTokens(folded: string, districtName: string): string[] {
  const characters = [...folded.slice(folded.startsWith(districtName) ? districtName.length : 0)];
  const tokens = new Set<string>();
  characters.forEach((character, at) => {
    const within = /[0-9A-Z]/.test(character) && /[0-9A-Z-]/.test(characters[at - 1] ?? '');
    if (within || /[#-]/.test(character)) return;
    const token = characters.slice(at, at + TOKEN_LENGTH).join('');
    if (at < characters.length - 1) tokens.add(token);
  });
  return [...tokens].slice(0, 60);
}
