/**
 * The name of a booking, chosen here before it is first sent and kept in the tab until an answer came: a double press, a lost
 * answer or a reload asks for the same booking again, never for a second one.
 */
const KEY = 'booking-id ';

export function newBookingId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `intention` says what is asked for: the same words, the same id. */
export function bookingIdFor(intention: string): string {
  try {
    const kept = sessionStorage.getItem(KEY + intention);
    if (kept) return kept;
    const id = newBookingId();
    sessionStorage.setItem(KEY + intention, id);
    return id;
  } catch {
    return newBookingId();
  }
}

/** Once it was answered for good: to book the same window another day is another booking. */
export function forgetBookingId(intention: string): void {
  try {
    sessionStorage.removeItem(KEY + intention);
  } catch {
    // Nothing was kept.
  }
}
