import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  checkpointText,
  createHasher,
  ED25519,
  signNote,
  toBase64,
  verifierKeyOf,
} from '../../../backend/modules/ledger/offline/log.ts';
import { keyHashOf } from '../../../backend/modules/ledger/note.ts';
import type { LedgerView } from '../../../backend/modules/ledger/contract.ts';
import { keep, recall, watch, type Kept } from '../../../frontend/features/ledger/watch.ts';
import { NaiveTree } from '../../backend/ledger/naive-tree.ts';

const sha256 = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
const hasher = createHasher(sha256);
const ORIGIN = 'bdc.example/ledger';

const keyPair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, raw: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)) };
};
const OWN = keyPair();
const NEXT = keyPair();
const leaves = (name: string, from = 0) =>
  Array.from({ length: 40 }, (_, n) => hasher.leaf(Buffer.from(`${n < from ? 'log' : name} ${n}`)));
const log = new NaiveTree(sha256, leaves('log'));
/** Goes another way after nine entries. */
const fork = new NaiveTree(sha256, leaves('fork', 9));
const wordOf = (key: typeof OWN) => verifierKeyOf(sha256, ORIGIN, ED25519, key.raw);

function viewOf(
  tree: NaiveTree,
  size: number,
  { key = OWN, keys = [OWN], origin = ORIGIN } = {},
): LedgerView {
  const root = tree.root(0, size);
  const checkpoint = signNote(checkpointText({ origin, size, root }), [
    {
      name: ORIGIN,
      keyHash: keyHashOf(sha256, ORIGIN, ED25519, key.raw),
      sign: (text) => sign(null, text, key.privateKey),
    },
  ]);
  return {
    origin,
    size,
    root: toBase64(root),
    signedAt: '2026-11-30T02:00:00.000Z',
    checkpoint,
    keys: keys.map(wordOf),
    witnesses: [],
    brokenSince: null,
  };
}
const keptOf = (view: LedgerView): Kept => ({
  checkpoint: view.checkpoint,
  keys: view.keys,
  seenAt: '2026-11-29T02:00:00.000Z',
});
const proofs = (tree: NaiveTree) => (first: number, second: number) =>
  Promise.resolve(tree.consistency(first, second).map(toBase64));

describe('what a device saw of the log before, beside the log as it is now', () => {
  const before = keptOf(viewOf(log, 12));

  it('is the first where nothing was kept, or nothing that was signed', async () => {
    expect(await watch(viewOf(log, 12), null, proofs(log))).toEqual({ kind: 'first', size: 12 });
    const broken = { ...before, checkpoint: before.checkpoint.replace('12', '13') };
    expect((await watch(viewOf(log, 12), broken, proofs(log))).kind).toBe('first');
  });

  it.each([12, 13, 16, 40])('is its beginning, with %d entries now', async (size) => {
    expect(await watch(viewOf(log, size), before, proofs(log))).toMatchObject({
      kind: 'grown',
      from: 12,
      to: size,
    });
  });

  it.each<[string, LedgerView, NaiveTree]>([
    ['another log of the same size', viewOf(fork, 12), fork],
    ['a longer log that went another way', viewOf(fork, 20), fork],
    ['a longer log that went another way, with proofs of the right one', viewOf(fork, 20), log],
    ['a shorter log', viewOf(log, 11), log],
  ])('is not the beginning of %s', async (_, view, tree) => {
    const verdict = await watch(view, before, proofs(tree));
    expect(verdict).toMatchObject({ kind: 'fork', from: 12, to: view.size });
  });

  it('is not proved by hashes that were changed, dropped or are none', async () => {
    const good = await proofs(log)(12, 40);
    for (const bad of [[], good.slice(1), good.toReversed(), ['***', ...good.slice(1)]]) {
      const verdict = await watch(viewOf(log, 40), before, () => Promise.resolve(bad));
      expect(verdict.kind).toBe('fork');
    }
  });

  it.each<[string, (view: LedgerView) => LedgerView]>([
    ['nobody', (view) => ({ ...view, keys: [] })],
    ['another key than is shown', (view) => ({ ...view, keys: [wordOf(NEXT)] })],
    [
      'the key, over other words',
      (view) => ({ ...view, checkpoint: view.checkpoint.replace('\n12\n', '\n13\n') }),
    ],
    ['the key, while the page says another size', (view) => ({ ...view, size: 13 })],
    ['the key, for another log', (view) => ({ ...view, origin: 'other.example/ledger' })],
  ])('is not set beside what is signed by %s', async (_, change) => {
    expect(await watch(change(viewOf(log, 12)), before, proofs(log))).toEqual({ kind: 'unsigned' });
  });

  it('says when a key is new, and knows the old one for as long as that is shown', async () => {
    const rotated = viewOf(log, 20, { key: NEXT, keys: [NEXT, OWN] });
    expect((await watch(rotated, before, proofs(log))).kind).toBe('newKey');
    expect(
      (await watch(viewOf(log, 21, { key: NEXT, keys: [NEXT, OWN] }), keptOf(rotated), proofs(log))).kind,
    ).toBe('grown');
  });

  it('is not known where the office does not answer', async () => {
    const away = () => Promise.reject(new Error('no network'));
    await expect(watch(viewOf(log, 20), before, away)).rejects.toThrow('no network');
  });

  it('is kept on the device as it was signed', () => {
    expect(recall()).toBeNull();
    keep(viewOf(log, 12), new Date('2026-11-29T02:00:00.000Z'));
    expect(recall()).toEqual(before);
    localStorage.setItem('ledger-head', '{"checkpoint": 5}');
    expect(recall()).toBeNull();
    localStorage.setItem('ledger-head', 'nonsense');
    expect(recall()).toBeNull();
    localStorage.removeItem('ledger-head');
  });
});
