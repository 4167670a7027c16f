// Does a draw again from what is published about it, and nothing else:
// `curl …/api/offices/<hall>/draws/<date> | node verify-draw.mjs`. Needs no package and nothing of the portal.
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';

const sha256 = (/** @type {string} */ value) => createHash('sha256').update(value).digest('hex');
const draw = JSON.parse(await text(process.stdin));

if (sha256(draw.seed) !== draw.commitment) throw new Error('the seed is not the one that was committed to');
const byId = [...draw.list].sort((a, b) => (a.id < b.id ? -1 : 1));
const listHash = sha256(byId.map(({ id, windows }) => `${id}:${windows.join(',')}`).join('\n'));
if (listHash !== draw.listHash) throw new Error('the list is not the one that was drawn from');

const left = new Map(draw.seats.map((/** @type {any} */ { slotId, free }) => [slotId, free]));
const lots = draw.list.map((/** @type {any} */ one) => ({
  ...one,
  lot: sha256(`${draw.seed}|${listHash}|${one.id}`),
}));
lots.sort((/** @type {any} */ a, /** @type {any} */ b) => (a.lot < b.lot ? -1 : 1));
const results = lots.map((/** @type {any} */ { id, windows }) => {
  const slotId = windows.find((/** @type {string} */ window) => left.get(window) > 0) ?? null;
  if (slotId !== null) left.set(slotId, left.get(slotId) - 1);
  return { id, slotId };
});
if (JSON.stringify(results) !== JSON.stringify(draw.results))
  throw new Error('the results do not follow from seed and list');
process.stdout.write(
  `the draw is right: ${results.length} intents, ${results.filter((/** @type {any} */ one) => one.slotId).length} seats\n`,
);
