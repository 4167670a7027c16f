/** The list that a clerk came from, so that a case can say “第 4 件，共 12 件” and lead to the next one. */
const KEY = 'desk-list';

export function rememberList(numbers: readonly string[]): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(numbers));
  } catch {
    // Only a convenience.
  }
}

export function recallList(): string[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
