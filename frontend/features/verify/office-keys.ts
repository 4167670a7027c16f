import type { LedgerView } from '../../../backend/modules/ledger/contract.ts';
import { api } from '../../app/api.ts';

const KEY = 'office-keys';

/** The words of the office's public keys as this device last had them; empty on a first visit. Public, and of no person. */
export function keptKeys(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

/**
 * Asks the office for its keys and keeps them for when there is no network. What cannot be fetched leaves those that were kept. The page
 * and its keys come from one place: whoever doubts it compares the fingerprints with those in the halls.
 */
export async function officeKeys(): Promise<readonly string[]> {
  try {
    const { keys } = await api.get<LedgerView>('/api/ledger', { quiet: true, timeoutMs: 8_000 });
    localStorage.setItem(KEY, JSON.stringify(keys));
    return keys;
  } catch {
    return keptKeys();
  }
}
