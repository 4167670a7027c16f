/** Lists page by `_id`, which rises with creation; the cursor is that id, opaque to the caller. */
export const PAGE_SIZE = 20;

export function afterCursor(cursor: string | undefined): { _id: { $lt: string } } | object {
  if (cursor === undefined) return {};
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  // A cursor of someone's own making pages from nowhere rather than failing.
  return { _id: { $lt: /^[0-9a-f]{24}$/.test(id) ? id : '' } };
}

/** `found` holds one more than the page, which tells whether there is a next one. */
export function pageOf<T extends { _id: string }, W>(
  found: readonly T[],
  size: number,
  present: (item: T) => W,
): { items: W[]; nextCursor: string | null } {
  const items = found.slice(0, size);
  const last = items.at(-1);
  return {
    items: items.map(present),
    nextCursor: found.length > size && last ? Buffer.from(last._id, 'latin1').toString('base64url') : null,
  };
}
