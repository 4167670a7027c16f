import type { ModuleFace } from '../../platform/module.ts';
import { applications } from './application.model.ts';
import {
  dropCalendarIndex,
  findPausedLate,
  keepAgents,
  listWaitingExtensions,
  setAlarmClocks,
  tellOrdersInCorrection,
} from './migrations.ts';
import { registerFileAccess } from './file-access.ts';
import { applicationsJobs } from './jobs.ts';
import { promiseDecisions } from './promise-decision.model.ts';
import { calendarRoutes } from './routes-calendars.ts';
import { limitRoutes } from './routes-limits.ts';
import { deskRoutes } from './routes-desk.ts';
import { applicantRoutes } from './routes.ts';

registerFileAccess();

/**
 * 办件: the case from draft to archive. Owns the collections `applications` and `promise-decisions`. Read in this order:
 * `transitions.ts` (what may happen when), `policy.ts` (who may), `submit.ts`, `accept.ts`, `record.ts` (the saga that
 * writes the register). Every act is one update of one case, filtered by the revision it was decided on (`change.ts`).
 *
 * Events: `applications.<happened>` of events.ts, each with {caseId, no, typeCode, unitCodes, notify: account ids}.
 * Reacts to `register.seized` (the pending cases on the unit stop) and `certificates.issued` (the case is handed out);
 * both, and its own timeline, are wired in subscriptions.ts.
 */
export const applicationsModule: ModuleFace = {
  name: 'applications',
  models: [applications as never, promiseDecisions as never],
  migrations: [
    setAlarmClocks,
    dropCalendarIndex,
    listWaitingExtensions,
    keepAgents,
    tellOrdersInCorrection,
    findPausedLate,
  ],
  routes: [...applicantRoutes, ...deskRoutes, ...calendarRoutes, ...limitRoutes],
  jobs: applicationsJobs,
};

export type { CaseAlarm } from './alarms.ts';
export { settleAlarms, takeDueAlarms, type DueCase } from './due-alarms.ts';
export { readCaseEvents } from './timeline.ts';
export { issueAfterCertificates } from './issue.ts';
export { keepServedOrders, suspendAccepted } from './served.ts';
export { suspendAfterSeizure } from './seizure.ts';
export { resumeAfterRelease } from './resume-after-release.ts';
export { caseEventTypes } from './events.ts';
export { findCaseFacts, findCaseTitle, findConsentInvitation, type CaseFactsView } from './public-reads.ts';
export { recoverRecordings } from './record.ts';
export { STATUSES, ACTS, PAUSE_REASONS, type Act, type PauseReason, type Status } from './vocabulary.ts';
export { isClosed, isPending, TRANSITIONS } from './transitions.ts';
export { roleWords } from './role-words.ts';
export { dayWords, instantWords, PAUSE_WORDS, REFUSAL_WORDS, statusWord } from './wording.ts';
export { lightOf } from './clocks.ts';
export { demandUnconcerned } from './load.ts';
export { AGENT_UNPROVEN } from './agents.ts';
export { noticeAppealRights } from './authority.ts';
export { officeFor } from './offices.ts';
export { isRecused, personsConcerned } from './policy.ts';
export { typeOf, type CaseType } from './case-type.ts';
export { lightFilter } from './list-work-items.ts';
export { freshRows } from './fresh-rows.ts';
export { countBehind } from './rules-stamps.ts';
/** For other modules that read figures of many cases (supervision): the collection as declared, never written elsewhere. */
export { applications, type ApplicationDocument, type Work } from './application.model.ts';

export { accept } from './accept.ts';
export { answerCorrection } from './answer-correction.ts';
export { approve, review } from './review.ts';
export { archive } from './archive.ts';
export { claim, release } from './claim.ts';
export { consent, requestConsent } from './consent.ts';
export { createDraft } from './create-draft.ts';
export { decline } from './decline.ts';
export { askExtension, decideExtension } from './extend.ts';
export { issue } from './issue.ts';
export { decidePause, pause } from './pause.ts';
export { proveInitiator } from './prove-initiator.ts';
export { readFiling } from './read-case.ts';
export { record } from './record.ts';
export { refuse } from './refuse.ts';
export { requestCorrection } from './request-correction.ts';
export { resume } from './resume.ts';
export { saveDraft } from './save-draft.ts';
export { setMaterial } from './set-material.ts';
export { submit } from './submit.ts';
export { takeOverCases } from './take-over/take-over-cases.ts';
export type { ImportedAct, ImportedCase } from './take-over/imported-case.ts';
export { viewerOf } from './viewer.ts';
export { withdraw } from './withdraw.ts';
export type { Viewer } from './policy.ts';
