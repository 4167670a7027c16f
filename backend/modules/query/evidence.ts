import type { Platform } from '../../platform/platform.ts';
import { worksOnCases, type Actor } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import {
  bindFiles,
  registerFileAttacher,
  registerFileKeeper,
  registerFileReader,
  type FileReference,
} from '../files/index.ts';
import type { AskQuery } from './contract/ask.ts';
import { isOfDesk } from './desk-scope.ts';
import { errors } from './errors.ts';
import { isRecused } from './policy.ts';
import { concernOf } from './concern.ts';
import { isErased } from './kept-until.ts';
import { queries, type QueryDocument } from './query.model.ts';
import { EVIDENCE, type Evidence } from './vocabulary.ts';

/** Papers of queries, as the files module calls what they are for. */
export const QUERY_EVIDENCE = 'queryEvidence';

/**
 * Makes the uploads part of the query. @throws query.evidenceNotYours for a file of somebody else, of another query or of another
 * kind; files.missing_for_filing for one that cannot be used
 */
export async function bindEvidence(
  p: Platform,
  actor: Pick<Actor, 'accountId'>,
  { id, evidence = [] }: Pick<AskQuery, 'id' | 'evidence'>,
): Promise<QueryDocument['evidence']> {
  const facts = await bindFiles(p, id, [...new Set(evidence.map(({ fileId }) => fileId))]);
  return facts.map(({ id: fileId, ownerId, purpose, materialCode, sha256 }) => {
    const own = ownerId === actor.accountId && purpose === QUERY_EVIDENCE;
    if (!own || !EVIDENCE.includes(materialCode as Evidence)) errors.fail('query.evidenceNotYours');
    return { code: materialCode as Evidence, fileId, sha256 };
  });
}

/** Queries that still hold their papers; of others the names and hashes stay, and nothing keeps the files. */
const KEPT = { 'keeping.erasedAt': null } as const;

type Named = Pick<QueryDocument, '_id' | 'evidence'>;

const referencesOf = ({ _id, evidence }: Named): FileReference[] =>
  evidence.map(({ fileId, sha256 }) => ({ fileId, sha256, subjectId: _id }));

/** Before it is asked, whoever prepares it under an id of their own; afterwards nobody: what was decided on stays as it was. */
async function mayAttach(
  p: Platform,
  actor: Actor,
  { subjectId, materialCode }: { subjectId: string; materialCode: string },
): Promise<boolean> {
  if (actor.kind === 'staff' || !EVIDENCE.includes(materialCode as Evidence)) return false;
  return (await queries(p).countDocuments({ _id: subjectId })) === 0;
}

/** Clerks, once it is asked; never one whom it concerns. */
async function mayRead(p: Platform, actor: Actor, file: { id: string; subjectId: string }): Promise<boolean> {
  const query = await queries(p).findOne({ _id: file.subjectId }, { outbox: 0 }).lean<QueryDocument>();
  if (!query?.evidence.some(({ fileId }) => fileId === file.id) || !worksOnCases(actor)) return false;
  if (isErased(query)) return false;
  if (!(await isOfDesk(p, actor, query))) return false;
  if (isRecused(await concernOf(p, query), actor.personIndex)) return false;
  await recordAccess(p, {
    actorId: actor.accountId,
    subjectPersonIndexes: query.asker.personIndex === null ? [] : [query.asker.personIndex],
    what: ['materials'],
    target: { kind: 'file', id: file.id },
    unitCodes: query.unitCode === null ? [] : [query.unitCode],
    why: query.state === 'waiting' ? 'handling' : 'reading',
    basis: '不动产登记资料查询暂行办法',
  });
  return true;
}

export function registerQueryFiles(): void {
  registerFileAttacher<Actor>(QUERY_EVIDENCE, mayAttach);
  registerFileReader<Actor>(QUERY_EVIDENCE, mayRead);
  registerFileKeeper(QUERY_EVIDENCE, {
    async named(p, fileIds) {
      const found = (await queries(p)
        .find({ 'evidence.fileId': { $in: [...fileIds] }, ...KEPT }, { evidence: 1 })
        .lean()) as Named[];
      const known = new Set(found.flatMap((one) => referencesOf(one).map(({ fileId }) => fileId)));
      return fileIds.filter((id) => known.has(id));
    },
    async list(p, after, limit) {
      const found = (await queries(p)
        .find(after === null ? KEPT : { _id: { $gt: after }, ...KEPT }, { evidence: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean()) as Named[];
      return {
        references: found.flatMap(referencesOf),
        next: found.length < limit ? null : found.at(-1)!._id,
      };
    },
  });
}
