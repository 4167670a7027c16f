/**
 * The closed sets of the case (办件). Pure and browser-safe; `contract.ts` makes them part of the wire. The order of the
 * states is the usual way through (domain.md §3.2); each set has a table elsewhere that `satisfies Record<…>`, so
 * that a new member breaks the build until it is handled.
 */
export const STATUSES = [
  'draft',
  'waitingConsent',
  'submitted',
  'correction',
  'declined',
  'accepted',
  'reviewing',
  'approved',
  'registering',
  'registered',
  'issued',
  'archived',
  'refused',
  'withdrawn',
] as const;
export type Status = (typeof STATUSES)[number];

/** Who looks at whose act: applicants' acts first, then the office's, then what the system does by itself. */
export const ACTS = [
  'save',
  'deleteDraft',
  'requestConsent',
  'consent',
  'submit',
  'answerCorrection',
  'withdraw',
  'confirmWithdrawal',
  'claim',
  'release',
  'accept',
  'decline',
  'requestCorrection',
  'pause',
  'decidePause',
  'resume',
  'askExtension',
  'decideExtension',
  'review',
  'approve',
  'refuse',
  'record',
  'issue',
  'archive',
  'finishRecording',
  'undoRecording',
  'suspendByLaw',
  'lapseCorrection',
] as const;
export type Act = (typeof ACTS)[number];

/** Why the clock stands still (deadlines.md; domain.md §2.2). */
export const PAUSE_REASONS = [
  'supplement',
  'siteCheck',
  'notice',
  'waitTax',
  'waitFee',
  'suspendedByLaw',
  'inquiry',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** 不予登记: 条例22 with the concrete grounds that local rules and 城市房地产管理法38, 契税法11 name. */
export const REFUSAL_REASONS = [
  'unlawful',
  'ownershipDispute',
  'termExceeded',
  'boundaryMismatch',
  'materialsMismatch',
  'conflictsWithRegister',
  'illegalBuilding',
  'seized',
  'deedTaxUnpaid',
  'supplementOverdue',
  'otherByLaw',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export const DOCUMENT_KINDS = [
  'submissionReceipt',
  'acceptanceReceipt',
  'correctionNotice',
  'supplementNotice',
  'declineNotice',
  /** 协助执行复函: why an order of a court is sent back. */
  'returnLetter',
  'refusalNotice',
  'suspensionNotice',
  'resumptionNotice',
  'withdrawalConfirmation',
  /** 协助执行回执: what a court is told was done. */
  'assistanceReply',
  /** Where nothing is issued (注销): what was recorded. */
  'resultNotice',
  'extensionNotice',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/**
 * yellow 临期 · red 超期 · black 法定超期 · late: one more working day past the promise · preReviewOverdue 预审超时 (C4) ·
 * deemedAccepted 视为受理 (C3) · pauseOverdue 暂停超过计划.
 */
export const ALARM_KINDS = [
  'yellow',
  'red',
  'black',
  'late',
  'preReviewOverdue',
  'deemedAccepted',
  'pauseOverdue',
] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];
