/**
 * Who may hand in, read and keep files is not known here: the module that owns the case says so, by purpose, when the
 * app is built. Nothing said means no.
 */
import type { AccessRule, Principal } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import type { FileDocument } from './file.model.ts';

/** Any signed-in person; what they may do with one file is asked of the purpose's owner. */
export const signedIn: AccessRule<Principal> = {
  name: 'signedIn',
  check: (actor) => (actor ? { allowed: true } : { allowed: false, reason: 'signIn' }),
};

/** What an owner of a purpose needs to know to decide. */
export interface FileSubject {
  id: string;
  ownerId: string;
  purpose: string;
  subjectId: string;
  materialCode: string;
  boundTo: string | null;
}

/** A file as a case names it, with the hash that was filed. */
export interface FileReference {
  fileId: string;
  sha256: string;
  subjectId: string;
}

/** Staff who read are recorded by the reader itself (audit.recordAccess): it knows whose data it is. */
export type FileReader<A extends Principal = Principal> = (
  p: Platform,
  actor: A,
  file: FileSubject,
) => Promise<boolean>;

/** May `actor` add a file for `materialCode` to `subjectId` now (and take an unfiled one away again)? */
export type FileAttacher<A extends Principal = Principal> = (
  p: Platform,
  actor: A,
  subject: { subjectId: string; materialCode: string },
) => Promise<boolean>;

export interface FileKeeper {
  /** Those of `fileIds` that a draft or a case names, so that the sweep leaves them. */
  named(p: Platform, fileIds: readonly string[]): Promise<readonly string[]>;
  /** The next files that filed cases name, ordered by anything stable; `after` is the last `next`. */
  list?(
    p: Platform,
    after: string | null,
    limit: number,
  ): Promise<{ references: readonly FileReference[]; next: string | null }>;
}

const readers = new Map<string, FileReader>();
const attachers = new Map<string, FileAttacher>();
const keepers = new Map<string, FileKeeper>();

/** `purpose` is what the upload names, `material` for a case's materials. The uploader may always read. */
export function registerFileReader<A extends Principal>(purpose: string, reader: FileReader<A>): void {
  // The app has one kind of principal; its owner names it, this module has no use for more.
  readers.set(purpose, reader as unknown as FileReader);
}

export function registerFileAttacher<A extends Principal>(purpose: string, attacher: FileAttacher<A>): void {
  attachers.set(purpose, attacher as unknown as FileAttacher);
}

export function registerFileKeeper(purpose: string, keeper: FileKeeper): void {
  keepers.set(purpose, keeper);
}

export function fileKeepers(): ReadonlyMap<string, FileKeeper> {
  return keepers;
}

export async function mayAttach(
  p: Platform,
  actor: Principal,
  subject: { purpose: string; subjectId: string; materialCode: string },
): Promise<boolean> {
  const attacher = attachers.get(subject.purpose);
  return attacher ? attacher(p, actor, subject) : false;
}

/** The uploader may; anybody else only what the owner of the purpose allows. */
export async function mayRead(p: Platform, actor: Principal, file: FileDocument): Promise<boolean> {
  if (file.ownerId === actor.accountId) return true;
  const reader = readers.get(file.purpose);
  return reader ? reader(p, actor, { ...file, id: file._id }) : false;
}

/** Ids among `found` that a draft or case names. A purpose whose owner cannot say keeps all of its files. */
export async function namedAmong(
  p: Platform,
  found: readonly Pick<FileDocument, '_id' | 'purpose'>[],
): Promise<Set<string>> {
  const named = new Set<string>();
  for (const purpose of new Set(found.map((file) => file.purpose))) {
    const ids = found.filter((file) => file.purpose === purpose).map(({ _id }) => _id);
    const keeper = keepers.get(purpose);
    for (const id of keeper ? await keeper.named(p, ids) : ids) named.add(id);
  }
  return named;
}
