import type { Collection } from 'mongodb';
import { gatherFinds, perPlatform } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { answerDueOf } from './answer-due.ts';
import { errors } from './errors.ts';
import { isApplicant, isRecused, type Viewer } from './policy.ts';

/** Of a case's id; a number is shorter, the token of an invitation longer. */
export const ID_LENGTH = 24;

/** Reads by key that arrive together travel together: half the price of one command each. */
const findersOf = perPlatform((p: Platform) => {
  const collection = () => applications(p).collection as unknown as Collection<ApplicationDocument>;
  return { byId: gatherFinds(collection, '_id'), byNo: gatherFinds(collection, 'no') };
});

/**
 * A submission that waits for its answer, by the calendar of this moment: whoever reads before the job came by, or writes,
 * has the new day.
 */
export async function withAnswerDue<D extends ApplicationDocument | null>(p: Platform, doc: D): Promise<D> {
  if (doc?.status !== 'submitted' || !doc.submission) return doc;
  const answerDueAt = answerDueOf(doc.submission, await getCalendar(p), p.time.now());
  return { ...doc, submission: { ...doc.submission, answerDueAt } };
}

/** By id, by case number, or by the token of an invitation: which of the three shows by its form. */
export async function findApplication(p: Platform, key: string): Promise<ApplicationDocument | null> {
  const { byId, byNo } = findersOf(p);
  if (key.length < ID_LENGTH) return withAnswerDue(p, await byNo(key));
  const doc = await withAnswerDue(p, await byId(key.slice(0, ID_LENGTH)));
  if (!doc || key.length === ID_LENGTH) return doc;
  // The link says which invitation it is; whether the reader is the one invited is judged like any reading.
  return doc.parties.some(({ consent }) => consent.token === key) ? doc : null;
}

/** The case, for one of its applicants. Anybody else is told that there is none: whether it exists is private. */
export async function getForApplicant(
  p: Platform,
  idOrNo: string,
  viewer: Viewer,
): Promise<ApplicationDocument> {
  const found = await findApplication(p, idOrNo);
  return found && isApplicant(found, viewer) ? found : errors.fail('applications.not_found');
}

/** 回避, wherever staff look at or act on a case. @throws applications.recused */
export function demandUnconcerned(
  doc: Parameters<typeof isRecused>[0],
  viewer: Parameters<typeof isRecused>[1],
): void {
  if (isRecused(doc, viewer)) errors.fail('applications.recused');
}

/** The case, for staff. Drafts are nobody's business yet; one's own case is closed to a clerk (回避). */
export async function getForStaff(p: Platform, idOrNo: string, viewer: Viewer): Promise<ApplicationDocument> {
  const found = await findApplication(p, idOrNo);
  if (!found || found.no === null) return errors.fail('applications.not_found');
  demandUnconcerned(found, viewer);
  return found;
}
