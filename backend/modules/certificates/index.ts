import type { ModuleFace } from '../../platform/module.ts';
import { certificateKeys, certificates } from './certificate.model.ts';
import { electronicCertificates } from './electronic/electronic.model.ts';
import { electronicRoutes } from './electronic/routes.ts';
import { certificateSystems } from './electronic/system.model.ts';
import { logEarlierCertificates } from './migrations.ts';
import { routes } from './routes.ts';

/**
 * 不动产权证书 and 不动产登记证明: issue, supersede, cancel, verify, print. Owns `certificates` and `certificate-keys`.
 * Subscribes to `applications.registered` (issue) and `register.changed` (supersede, cancel); both are wired in
 * subscriptions.ts. Emits `certificates.issued`, `certificates.superseded`, `certificates.cancelled`, each with
 * `{certificateId, caseId, unitCode, number}`, and `certificates.imported {certificateId}`; itself it reacts to the first and the last by
 * putting the certificate's leaf into the ledger. What a certificate proves without us is in `offline/`, read from verify.ts there.
 *
 * `electronic/` holds the electronic form of a certificate and the six operations on it by systems of other authorities; it owns
 * `electronic-certificates` and `certificate-systems` and follows the certificates' own events.
 */
export const certificatesModule: ModuleFace = {
  name: 'certificates',
  models: [
    certificates as never,
    certificateKeys as never,
    electronicCertificates as never,
    certificateSystems as never,
  ],
  migrations: [logEarlierCertificates],
  routes: [...routes, ...electronicRoutes],
  jobs: [],
};

export type { CertificateDocument, CertificateLeaf, CertificateStatus } from './certificate.model.ts';
export { issueForCase, issueOnRegistered } from './issue.ts';
export { reconcileOnChange, reconcileUnit } from './reconcile-unit.ts';
export { importCertificates } from './import-certificates.ts';
export { certificateLeaves, leafHolds, makeDocumentLeaf } from './leaf.ts';
export { BUNDLE_NAME } from './offline/pdf.ts';
export { proveDocument } from './prove.ts';
export { logCertificates } from './log-certificates.ts';
export { followCertificates } from './electronic/follow-register.ts';
export type { ElectronicPurpose } from './electronic/contract.ts';
export { findSystemNames } from './electronic/systems.ts';
export { verifyCertificate } from './verify.ts';
export {
  findCertificatesByCase,
  findCertificatesOf,
  findHoldersOfCertificate,
  findUnitCodeOfCertificate,
  type CertificateHolding,
} from './reads.ts';
export { printCertificate, signFile, verifyUrlOf } from './print.ts';
export { viewCertificate } from './routes.ts';
export {
  CO_OWNERSHIP_WORDS,
  dayText,
  DEBT_TERM_WORDS,
  ENCUMBRANCE_WORDS,
  RIGHT_WORDS,
  yuanText,
} from './record.ts';
