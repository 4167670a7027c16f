/**
 * The wire shapes of the case (办件). Browser-safe: schemas and types only. The portal imports types from here;
 * every sentence that a person reads comes in both languages (`Text`), so that switching needs no new request.
 */
export * from './contract/parts.ts';
export * from './contract/draft.ts';
export * from './contract/filing.ts';
export * from './contract/case.ts';
export * from './contract/desk.ts';
export * from './contract/calendars.ts';
export * from './contract/limits.ts';
export { ALARM_KINDS } from './vocabulary.ts';
export type { Act, AlarmKind, DocumentKind, PauseReason, RefusalReason, Status } from './vocabulary.ts';
