/**
 * Masks (脱敏): what is shown of a person when the reader need not know the whole (trust.md S60). Pure; the one place
 * that decides how much of a value is left.
 */

/** 张* · 张*三 · 张**三: the first character, and the last of three or more. */
export function maskName(name: string): string {
  const characters = [...name];
  const first = characters[0];
  if (first === undefined) return '';
  if (characters.length === 1) return '*';
  if (characters.length === 2) return `${first}*`;
  return `${first}${'*'.repeat(Math.min(characters.length - 2, 6))}${characters.at(-1)}`;
}

/** 371502********0019: region and last four. A number too short to hide anything is hidden whole. */
export function maskIdNumber(idNumber: string): string {
  if (idNumber.length < 12) return '*'.repeat(idNumber.length);
  return `${idNumber.slice(0, 6)}${'*'.repeat(idNumber.length - 10)}${idNumber.slice(-4)}`;
}

/** 138****1234. */
export function maskPhone(phone: string): string {
  if (phone.length < 11) return '*'.repeat(phone.length);
  return `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`;
}
