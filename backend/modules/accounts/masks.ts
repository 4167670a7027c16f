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

/**
 * E*****678: of a number of another make than ours (passport, permit) the first character and the last three, where whoever gave the
 * number has to see on a paper which it was. One that would show nearly whole stays hidden.
 */
export function maskGivenNumber(idNumber: string): string {
  if (idNumber.length < 8 || idNumber.length >= 12) return maskIdNumber(idNumber);
  return `${idNumber.slice(0, 1)}${'*'.repeat(idNumber.length - 4)}${idNumber.slice(-3)}`;
}

/** 138****1234. */
export function maskPhone(phone: string): string {
  if (phone.length < 11) return '*'.repeat(phone.length);
  return `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`;
}
