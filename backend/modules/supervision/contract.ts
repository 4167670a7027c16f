/**
 * The wire shapes of supervision (限时监督). Browser-safe: schemas and types only; the portal imports types from here.
 * Sentences come in both languages.
 */
export * from './contract/shapes.ts';
export * from './contract/alarms.ts';
export * from './contract/approvals.ts';
export * from './contract/figures.ts';
export * from './contract/cases.ts';
export * from './contract/findings.ts';
export * from './contract/forecast.ts';
export * from './contract/orders.ts';
export * from './contract/promises.ts';
export type { AlarmKind, FindingKind, Light, OrderState, Outcome } from './vocabulary.ts';
