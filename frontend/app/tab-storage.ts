const OWNER = 'kept-for';

/**
 * What is kept in the tab so that a reload loses nothing (judgements of a clerk, texts half written) belongs to whoever
 * wrote it. At a shared screen it must not outlast them.
 */
export function forgetTab(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Nothing was kept.
  }
}

/** From here on the tab keeps things for this account; what it kept for another is erased first. */
export function keepTabFor(accountId: string): void {
  try {
    if (sessionStorage.getItem(OWNER) === accountId) return;
    sessionStorage.clear();
    sessionStorage.setItem(OWNER, accountId);
  } catch {
    // Without storage nothing is kept for anybody.
  }
}
