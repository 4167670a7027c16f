/** Drafts are kept for 30 days after the last change; the page says until when, the sweep keeps the word. */
export const DRAFT_DAYS = 30;
