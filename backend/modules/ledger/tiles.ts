/** The arithmetic of tiles (C2SP tlog-tiles): 256 hashes of one level side by side; the next level stands eight levels of the tree higher. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

export interface TileName {
  /** 0: hashes of entries. */
  level: number;
  index: number;
  /** 1 … 256; below 256 the tile is partial. */
  width: number;
}

/** `x001/x234/067`: groups of three digits, all but the last with an x. */
export function tileIndexPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** `tile/<level>/<index>[.p/<width>]`. */
export function tilePath({ level, index, width }: TileName): string {
  return `tile/${level}/${tileIndexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** The reverse of `tileIndexPath`; null where the text is not the one spelling of an index. */
export function readTileIndex(path: string): number | null {
  if (!/^(x\d{3}\/){0,4}\d{3}$/.test(path)) return null;
  const index = Number(path.replaceAll(/[x/]/g, ''));
  return tileIndexPath(index) === path ? index : null;
}

/** How many hashes a level has in a tree of so many entries. */
export const widthOfLevel = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The tiles of a tree: those that are full, and at the right edge of each level the partial one. */
export function tilesOf(size: number): { full: number; partial: TileName[] } {
  let full = 0;
  const partial: TileName[] = [];
  for (let level = 0; widthOfLevel(size, level) > 0; level += 1) {
    const hashes = widthOfLevel(size, level);
    const [whole, rest] = [Math.floor(hashes / TILE_WIDTH), hashes % TILE_WIDTH];
    full += whole;
    if (rest > 0) partial.push({ level, index: whole, width: rest });
  }
  return { full, partial };
}
