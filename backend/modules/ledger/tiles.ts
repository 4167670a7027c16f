/** The arithmetic of tiles (C2SP tlog-tiles): 256 hashes of one level side by side; the next level stands eight levels of the tree higher. */
export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

/** `x001/x234/067`: groups of three digits, all but the last with an x. */
export function tileIndexPath(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/');
}

/** The reverse of `tileIndexPath`; null where the text is not the one spelling of an index. */
export function readTileIndex(path: string): number | null {
  if (!/^(x\d{3}\/){0,4}\d{3}$/.test(path)) return null;
  const index = Number(path.replaceAll(/[x/]/g, ''));
  return tileIndexPath(index) === path ? index : null;
}

/** How many hashes a level has in a tree of so many entries. */
export const widthOfLevel = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);
