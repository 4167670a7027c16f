import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { errors } from './errors.ts';
import { checkUnitCode, foldUnitCode } from './unit-code.ts';
import { units, type UnitDocument } from './unit.model.ts';

/** By folded unit code; null when there is none. */
export function findUnit(p: Platform, code: string): Promise<UnitDocument | null> {
  return finderOf(p)(code);
}

/** Every page and act of a case looks at its unit: under load the look-ups travel together. */
const finderOf = perPlatform((p: Platform) =>
  gatherFinds(() => units(p).collection as unknown as Collection<UnitDocument>, '_id', { outbox: 0 }),
);

/** A stage by which a reader of something else brings the units along that it names at `path`; each a `UnitDocument`. */
export const withUnits = (path: string, as: string) => ({
  $lookup: { from: units.declaration.collection, localField: path, foreignField: '_id', as },
});

/** Throws `register.unitNotFound`. */
export async function getUnit(p: Platform, code: string): Promise<UnitDocument> {
  return (await findUnit(p, code)) ?? errors.fail('register.unitNotFound');
}

/** Folds what a person typed and checks its form. Throws `register.unitCodeInvalid`. */
export function readUnitCode(input: string): string {
  const code = foldUnitCode(input);
  return checkUnitCode(code) === null ? code : errors.fail('register.unitCodeInvalid');
}

/** The units a case has changed: what recovery finds done, and what its certificates are made from. */
export async function findUnitsByCase(p: Platform, caseId: string): Promise<UnitDocument[]> {
  return (await units(p)
    .find({ 'changes.caseId': caseId }, { outbox: 0 })
    .sort({ _id: 1 })
    .lean()) as UnitDocument[];
}

export interface UnitPage {
  items: UnitDocument[];
  /** Unit code after which the next page begins; null at the end. */
  next: string | null;
}

/** Units whose live right the person or organisation holds, by code. `limit` at most 100. */
export async function findUnitsOfPerson(
  p: Platform,
  idIndex: string,
  page: { after?: string | null; limit?: number } = {},
): Promise<UnitPage> {
  const limit = Math.min(page.limit ?? 50, 100);
  const filter = { ownerIndexes: idIndex, ...(page.after ? { _id: { $gt: page.after } } : {}) };
  const rows = (await units(p)
    .find(filter, { outbox: 0 })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .hint('units_by_owner')
    .lean()) as UnitDocument[];
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?._id ?? null) : null };
}

/** Several units at once, by folded code, in order of code. */
export async function findUnitsByCodes(p: Platform, codes: readonly string[]): Promise<UnitDocument[]> {
  const found = await Promise.all([...new Set(codes)].sort().map((code) => findUnit(p, code)));
  return found.filter((unit) => unit !== null);
}
