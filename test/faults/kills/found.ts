import type { ApplicationDocument } from '../../../backend/modules/applications/index.ts';
import type { AuditDocument } from '../../../backend/modules/audit/audit.model.ts';
import type { CertificateDocument } from '../../../backend/modules/certificates/certificate.model.ts';
import type { FileDocument } from '../../../backend/modules/files/file.model.ts';
import type { UnitDocument } from '../../../backend/modules/register/index.ts';
import type { FindingKind } from '../support/findings.ts';

/** What the database holds afterwards. */
export interface Found {
  cases: Map<string, ApplicationDocument>;
  units: UnitDocument[];
  files: Map<string, FileDocument>;
  certificates: CertificateDocument[];
  audit: AuditDocument[];
}

export type Report = (kind: FindingKind, text: string) => void;

export const all = async <T>(model: { lean(): Promise<unknown> }): Promise<T[]> =>
  (await model.lean()) as T[];

/** Those that occur more than once. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) (seen.has(value) ? twice : seen).add(value);
  return [...twice];
}
