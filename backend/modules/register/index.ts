import type { ModuleFace } from '../../platform/module.ts';
import { lapseJob } from './lapse-encumbrances.ts';
import { buildings } from './addresses/address.model.ts';
import { listAddresses, logEarlierChanges } from './migrations.ts';
import { routes } from './routes.ts';
import { units } from './unit.model.ts';
import { warnSeizuresJob } from './warn-seizures.ts';

/**
 * 登记簿: units, rights, encumbrances, holders, and the queue of accepted cases on each unit. Owns the collection
 * `units`; `recordChange` is the only writer of what the register says. `buildings` is derived from the units' addresses, for the search by address.
 *
 * Events: `register.imported {unitCode, entryId}` when a unit is taken over from the earlier register;
 * `register.changed {unitCode, revision, caseId, entryId, kinds, certificates}` for every change, and
 * `register.seized {unitCode, caseId, encumbranceId, waiting, pendingCaseIds}` when a seizure interrupts;
 * `register.orderServed {unitCode, caseId, pendingCaseIds}` when the order for one is handed in, and
 * `register.serviceEnded {unitCode, caseId}` when it ended without being recorded;
 * `register.seizureExpiring {unitCode, encumbranceId, until, docNo, caseId}` once for each term, thirty days before its end.
 */
export const registerModule: ModuleFace = {
  name: 'register',
  models: [units as never, buildings as never],
  migrations: [logEarlierChanges, listAddresses],
  routes,
  jobs: [lapseJob, warnSeizuresJob],
};

export type {
  CertificateConsequences,
  Encumbrance,
  Holder,
  LedgerEntry,
  MortgageTerms,
  NaturalState,
  ObjectionSuit,
  PartyKind,
  PendingCase,
  Right,
  SeizureTerms,
  ServedOrder,
  Share,
  UnitChange,
  UnitDocument,
} from './unit.model.ts';
export type { EffectKind, EffectOrder, GiverOrder, PartyOrder, SeizureRenewal } from './effects/effect.ts';
export type { AcceptanceOrder, AcceptanceOutcome, RecordOrder, RecordOutcome } from './orders.ts';
export type { Conflict, ConflictContext, ConflictUnit } from './conflicts.ts';
export type { EncumbranceImport, RightImport, UnitImport } from './import-units.ts';
export type { MaskedNumber, UnitViewer } from './present.ts';
export type { UnitPage } from './reads.ts';

export { blockingConflicts, conflictsOf, isStoppedBySeizure, refusingConflicts } from './conflicts.ts';
export { EFFECT_KINDS } from './effects/apply.ts';
export {
  findUnit,
  findUnitsByCase,
  findUnitsByCodes,
  findUnitsOfPerson,
  getUnit,
  readUnitCode,
  withUnits,
} from './reads.ts';
export { getOwnUnit } from './own-unit.ts';
export { recordChange } from './record-change.ts';
export { findUnitStanding, type UnitStanding } from './standing.ts';
export { dequeue, enqueueAcceptance } from './acceptance-queue.ts';
export { markIncomplete, markServed, unmarkServed } from './served-orders.ts';
export { checkUnit } from './check-unit.ts';
export { seizureConflict } from './check-seizure.ts';
export {
  certificateIssuerAt,
  certificateIssuerOf,
  certificateSeries,
  reserveCertificateNo,
} from './reserve-certificate-no.ts';
export { importUnits } from './import-units.ts';
export { findLeaves, ledgerLeaves, type RegisteredLeaf } from './ledger-leaves.ts';
export { lapseEncumbrances } from './lapse-encumbrances.ts';
export { flagsOf, presentConflict, presentUnit, presentUnitSummary, restrictionsOf } from './present.ts';
export { openHit as openAddressHit } from './addresses/address-hit.ts';
export { viewUnit } from './routes.ts';
export { holderIndexOf, idIndexOf, openIdNumber } from './seal.ts';
export {
  isInForce,
  isLive,
  liveRight,
  ownsUnit,
  positionOf,
  recordedRevision,
  settleLapsed,
  settleUnit,
} from './unit-state.ts';
export { addShares, isSameShare, reduceShare, WHOLE } from './shares.ts';
export { checkUnitCode, foldUnitCode, groupUnitCode, parseUnitCode } from './unit-code.ts';
export {
  foldAnyCertificateNo,
  foldCertificateNo,
  formatCertificateNo,
  isNumberInScope,
  parseCertificateNo,
} from './certificate-number.ts';
export { agencyAt, CITY, DISTRICT_CODES, findDistrict, registryCodeOf, registryPlaceOf } from './city.ts';
