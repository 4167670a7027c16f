import type { Findings } from './findings.ts';
import { hasher } from './hash.ts';
import type { StoredTile } from './ledger.model.ts';
import { isSameHash, type Hash } from './merkle.ts';
import { TILE_HEIGHT, TILE_WIDTH } from './tiles.ts';
import { bytesOf, tileId } from './tree.ts';

/**
 * The complete subtrees that make up the first n entries, from the left: 2^level entries each, as the bits of n (a compact range). An
 * algorithm of its own: nothing of `prove.ts` is used to check what that made.
 */
export class Frontier {
  readonly #peaks: { level: number; hash: Hash }[] = [];
  readonly #onNode: (level: number, hash: Hash) => void;

  /** @param onNode is told of each complete subtree, the leaf itself first, as it comes to be */
  constructor(onNode: (level: number, hash: Hash) => void = () => undefined) {
    this.#onNode = onNode;
  }

  add(leaf: Hash): void {
    let top = { level: 0, hash: leaf };
    this.#onNode(0, leaf);
    for (let last = this.#peaks.at(-1); last?.level === top.level; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      top = { level: top.level + 1, hash: hasher.node(last.hash, top.hash) };
      this.#onNode(top.level, top.hash);
    }
    this.#peaks.push(top);
  }

  root(): Hash {
    const [smallest, ...rest] = [...this.#peaks].reverse();
    if (!smallest) return hasher.empty;
    return rest.reduce((right, { hash }) => hasher.node(hash, right), smallest.hash);
  }
}

/** Sets each stored tile beside the nodes of the tree, as they come from a `Frontier`. */
export class TileCheck {
  readonly #stored: Map<string, StoredTile>;
  readonly #signed: number;
  readonly #findings: Findings;
  readonly #rows: { index: number; hashes: Hash[] }[] = [];
  count = 0;

  /** @param signed entries that were signed: their tiles were written before */
  constructor(stored: Map<string, StoredTile>, signed: number, findings: Findings) {
    this.#stored = stored;
    this.#signed = signed;
    this.#findings = findings;
  }

  take(level: number, hash: Hash): void {
    if (level % TILE_HEIGHT !== 0) return;
    const height = level / TILE_HEIGHT;
    // A node eight levels up is the root of the tile below it, which is full now.
    if (height > 0) this.#close(height - 1, hash);
    (this.#rows[height] ??= { index: 0, hashes: [] }).hashes.push(hash);
  }

  #close(height: number, root: Hash): void {
    const { index, hashes } = this.#rows[height]!;
    const id = tileId(height, index);
    const stored = this.#stored.get(id);
    if (!stored) {
      if ((index + 1) * TILE_WIDTH ** (height + 1) <= this.#signed)
        this.#findings.note('tile-missing', `tile ${id} is missing`);
    } else if (
      !Buffer.concat(hashes).equals(bytesOf(stored.hashes)) ||
      !isSameHash(root, bytesOf(stored.root))
    )
      this.#findings.note('tile', `tile ${id} is not that of the entries`);
    this.#stored.delete(id);
    this.#rows[height] = { index: index + 1, hashes: [] };
    this.count += 1;
  }

  end(): void {
    const [left] = this.#stored.keys();
    if (left !== undefined) this.#findings.note('tile-extra', `tile ${left} belongs to no entries`);
  }
}
