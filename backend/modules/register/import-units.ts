import type { Collection } from 'mongodb';
import type { Platform } from '../../platform/platform.ts';
import { foldAnyCertificateNo } from './certificate-number.ts';
import { buildings, type BuildingDocument } from './addresses/address.model.ts';
import { listBuildings, listedAddress } from './addresses/list-address.ts';
import { errors } from './errors.ts';
import type { PartyOrder } from './effects/effect.ts';
import { importEntryId, makeLedgerEntry } from './ledger-entry.ts';
import { sealHolder } from './seal.ts';
import { addShares, formatSum, isSameShare, WHOLE } from './shares.ts';
import { checkUnitCode } from './unit-code.ts';
import { units, type Encumbrance, type Holder, type Right, type UnitDocument } from './unit.model.ts';
import { derivedFields } from './unit-state.ts';

export type RightImport = Omit<Right, 'holders'> & { holders: PartyOrder[] };
export type EncumbranceImport = Omit<Encumbrance, 'holders'> & { holders: PartyOrder[] };

/** A unit as an earlier register hands it over (存量数据整合), people in clear. */
export interface UnitImport extends Pick<
  UnitDocument,
  '_id' | 'status' | 'district' | 'address' | 'natural'
> {
  rights: RightImport[];
  encumbrances: EncumbranceImport[];
  /** When the earlier register was taken over. */
  importedAt: Date;
}

const BATCH = 500;

/**
 * Takes over units that this register does not have yet, in batches; units already present are left as they are, so
 * that it can be run again. Returns how many were added. Throws on a bad code or on shares that do not add up.
 */
export async function importUnits(p: Platform, imports: readonly UnitImport[]): Promise<number> {
  let added = 0;
  for (let start = 0; start < imports.length; start += BATCH) {
    const documents = imports.slice(start, start + BATCH).map((unit) => makeUnit(p, unit));
    added += await insertAbsent(p, documents);
    p.outbox.notify('units');
  }
  return added;
}

async function insertAbsent(p: Platform, documents: UnitDocument[]): Promise<number> {
  const codes = documents.map(({ _id }) => _id);
  const present = new Set(
    (
      await units(p)
        .find({ _id: { $in: codes } }, { _id: 1 })
        .lean()
    ).map(({ _id }) => _id),
  );
  const absent = documents.filter(({ _id }) => !present.has(_id));
  if (absent.length === 0) return 0;
  // Before the units: see address.model.ts.
  await listBuildings(
    buildings(p).collection as unknown as Collection<BuildingDocument>,
    absent.map(({ address, district }) => listedAddress(address, district)),
  );
  const { insertedCount } = await units(p).collection.insertMany(absent as never[], { ordered: false });
  return insertedCount;
}

function makeUnit(p: Platform, unit: UnitImport): UnitDocument {
  if (checkUnitCode(unit._id) !== null) return errors.fail('register.unitCodeInvalid');
  const rights = unit.rights.map((right) => ({
    ...right,
    certificateNo: folded(right.certificateNo),
    holders: seal(p, unit._id, right.id, right.holders),
  }));
  for (const right of rights) checkShares(right);
  const encumbrances = unit.encumbrances.map((one) => ({
    ...one,
    // 民法典220: sued in time, an objection has no last day, whatever the earlier register calls it.
    until: one.suit ? null : one.until,
    certificateNo: folded(one.certificateNo),
    holders: seal(p, unit._id, one.id, one.holders),
  }));
  const { importedAt, ...head } = unit;
  const state = { ...head, rights, encumbrances };
  const caseId = `import:${unit._id}`;
  const kinds = ['register.import'];
  const entryId = importEntryId(p, unit._id);
  const entry = makeLedgerEntry(p, { id: entryId, revision: 1, at: importedAt, kinds }, state);
  return {
    ...state,
    addressKeys: listedAddress(unit.address, unit.district).addressKeys,
    revision: 1,
    pending: [],
    acceptanceCounter: 0,
    changes: [
      {
        caseId,
        caseNo: '',
        businessType: '',
        revision: 1,
        at: importedAt,
        actorId: null,
        kinds,
        entryId,
        certificates: { needed: [], superseded: [], cancelled: [] },
        entry,
      },
    ],
    ...derivedFields(state),
    createdAt: importedAt,
    // For the ledger: taking over is the first thing that the register says of a unit.
    outbox: [p.outbox.event('register.imported', null, { unitCode: unit._id, entryId })],
  };
}

/** A number is looked for in one writing, so it is kept in one; what is no number that we know stays as it is. */
const folded = (no: string | null): string | null => no && (foldAnyCertificateNo(no) ?? no);

function seal(p: Platform, unitCode: string, recordId: string, holders: readonly PartyOrder[]): Holder[] {
  return holders.map((holder, index) => sealHolder(p, unitCode, `${recordId}-h${index + 1}`, holder));
}

/** 按份 and 单独 must add up to exactly one; 共同 and 其他 leave the rest to those without a share of their own. */
function checkShares({ holders, coOwnership }: Right): void {
  const shares = holders.flatMap(({ share }) => (share ? [share] : []));
  if (coOwnership === 1 && shares.length === 0) return;
  const sum = addShares(shares);
  const whole = sum !== null && isSameShare(sum, WHOLE);
  const everyone = shares.length === holders.length;
  if (coOwnership === 3 && !everyone && sum !== null && !whole) return;
  if (!whole || !everyone) errors.fail('register.sharesNotOne', { sum: formatSum(shares) });
}
