/** A purpose of the tests' own, so that files are tried without a case: who may attach, read and keep is said here. */
import { randomBytes } from 'node:crypto';
import {
  registerFileAttacher,
  registerFileKeeper,
  registerFileReader,
  type FileReference,
} from '../../../backend/modules/files/index.ts';
import type { Client, Reply, Json } from '../../support/client.ts';

export const PURPOSE = 'trial';

/** Subjects to which nobody may attach now. */
export const closedSubjects = new Set<string>();
/** `account file` pairs that may read besides the owner. */
export const readable = new Set<string>();
/** Files that a draft names. */
export const namedFiles = new Set<string>();
/** Files that filed cases name. */
export const references: FileReference[] = [];

registerFileAttacher(PURPOSE, async (_p, _actor, { subjectId }) => !closedSubjects.has(subjectId));
registerFileReader(PURPOSE, async (_p, actor, file) => readable.has(`${actor.accountId} ${file.id}`));
registerFileKeeper(PURPOSE, {
  named: async (_p, ids) => ids.filter((id) => namedFiles.has(id)),
  list: async () => ({ references, next: null }),
});

export const newCaseId = (): string => randomBytes(12).toString('hex');

export interface Given {
  name?: string;
  type?: string;
  caseId?: string;
  materialCode?: string;
  purpose?: string;
  key?: string;
}

export function formOf(bytes: Uint8Array, given: Given = {}): FormData {
  const form = new FormData();
  form.set('purpose', given.purpose ?? PURPOSE);
  form.set('caseId', given.caseId ?? newCaseId());
  form.set('materialCode', given.materialCode ?? 'contract');
  const part = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: given.type ?? 'application/pdf' });
  form.set('file', part, given.name ?? '合同.pdf');
  return form;
}

export function send(client: Client, bytes: Uint8Array, given: Given = {}): Promise<Reply<Json>> {
  const headers: Record<string, string> = given.key ? { 'Idempotency-Key': given.key } : {};
  return client.send('POST', '/api/files', formOf(bytes, given), { headers });
}
