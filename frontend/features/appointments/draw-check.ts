import type { DrawView } from '../../../backend/modules/appointments/contract.ts';

/** Does a draw again from what is published about it, here in the visitor's browser and with nothing of the office's. */

export interface DrawCheck {
  /** The seed is the one that was committed to before anybody entered. */
  seed: boolean;
  /** The list is the one that was drawn from. */
  list: boolean;
  /** The results follow from seed, list and seats. */
  results: boolean;
}

async function sha256(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** In the order of code units, as the office sorts; a locale's order would be another list. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export async function checkDraw(draw: DrawView): Promise<DrawCheck> {
  const seed = draw.seed ?? '';
  const lines = [...draw.list]
    .sort((a, b) => byText(a.id, b.id))
    .map(({ id, windows }) => `${id}:${windows.join(',')}`);
  const listHash = await sha256(lines.join('\n'));
  const lots = await Promise.all(
    draw.list.map(async (one) => ({ ...one, lot: await sha256(`${seed}|${listHash}|${one.id}`) })),
  );
  lots.sort((a, b) => byText(a.lot, b.lot));
  const left = new Map(draw.seats.map(({ slotId, free }) => [slotId, free]));
  const results = lots.map(({ id, windows }) => {
    const slotId = windows.find((window) => (left.get(window) ?? 0) > 0) ?? null;
    if (slotId !== null) left.set(slotId, (left.get(slotId) ?? 0) - 1);
    return { id, slotId };
  });
  const told = draw.results.map(({ id, slotId }) => ({ id, slotId }));
  return {
    seed: (await sha256(seed)) === draw.commitment,
    list: listHash === draw.listHash,
    results: JSON.stringify(results) === JSON.stringify(told),
  };
}
