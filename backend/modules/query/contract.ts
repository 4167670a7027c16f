/** Shapes of queries on the wire. Browser-safe; the portal imports the types alone. */
export * from './contract/ask.ts';
export * from './contract/disclosed.ts';
export * from './contract/grants.ts';
export * from './contract/looks.ts';
export * from './contract/property.ts';
export * from './contract/views.ts';
export type { Evidence, Purpose, QueryKind, QueryState, RefusalReason, Relation } from './vocabulary.ts';
