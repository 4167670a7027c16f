import type { Platform } from '../../platform/platform.ts';
import { findUnitsOfPerson, type UnitDocument } from '../register/index.ts';

const PAGE = 100;

/** More than that is a matter for the hall: one document lists them all, or it would state less than it seems to. */
export const MOST_UNITS = 200;

/** All that a person or an organisation owns now, in order of code; read page by page, as far as the reader goes. */
export async function* ownedUnits(p: Platform, idIndex: string): AsyncGenerator<UnitDocument> {
  let after: string | null = null;
  do {
    const page = await findUnitsOfPerson(p, idIndex, { after, limit: PAGE });
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
