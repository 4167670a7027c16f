import type { CaseQuery } from '../../../backend/modules/supervision/contract.ts';
import { to } from '../../app/paths.ts';

/** What the address of the case list may carry: the filters of the API, under the same names. */
export type CaseFilters = Omit<CaseQuery, 'cursor' | 'limit'>;

const KEYS = [
  'set',
  'type',
  'office',
  'clerk',
  'light',
  'step',
  'pause',
  'pauseOverdue',
  'dueOn',
  'month',
  'outcome',
  'kept',
  'reason',
] as const satisfies readonly (keyof CaseFilters)[];
export type FilterKey = (typeof KEYS)[number];

/** Filters as texts, in one order, so that the same list has the same address. */
export function filterTexts(filters: CaseFilters): Record<string, string> {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = filters[key];
      return value === undefined || value === false ? [] : [[key, String(value)]];
    }),
  );
}

/** The address of the cases behind a figure. */
export const casesBehind = (filters: CaseFilters): string =>
  to('supervisionCases', null, filterTexts(filters));

/** The filters of an address; what is no filter of the list is left out. */
export function filtersOf(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = query.get(key);
      return value ? [[key, value]] : [];
    }),
  );
}

/** Filters that only one of the two sets knows; they go when the other is chosen. */
const OF_OPEN: readonly string[] = ['light', 'step', 'pause', 'pauseOverdue', 'dueOn'];
const OF_ENDED: readonly string[] = ['month', 'outcome', 'kept', 'reason'];

export function inSet(
  filters: Readonly<Record<string, string>>,
  set: 'open' | 'ended',
): Record<string, string> {
  const foreign = set === 'open' ? OF_ENDED : OF_OPEN;
  const kept = Object.entries(filters).filter(([key, value]) => {
    if (key === 'set' || foreign.includes(key)) return false;
    return !(set === 'ended' && key === 'clerk' && value === 'nobody');
  });
  return { ...Object.fromEntries(kept), ...(set === 'ended' ? { set } : {}) };
}

/** Where the same rows are a file. */
export const exportAddress = (filters: Readonly<Record<string, string>>, format: 'csv' | 'xlsx'): string =>
  `/api/supervision/export?${new URLSearchParams({ ...filters, format })}`;
