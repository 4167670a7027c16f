/** T29: each takes one guard of the windows away at the driver, below the product, which knows nothing of it. */

type Command = Record<string, unknown> & {
  createIndexes?: string;
  create?: string;
  findAndModify?: string;
  update?: string;
  query?: Record<string, unknown>;
  indexes?: Record<string, unknown>[];
  updates?: { q: Record<string, unknown> }[];
};

function dropFromClaim(command: Command, key: string): void {
  if (command.findAndModify !== 'slots' || !command.query) return;
  const { [key]: _gone, ...rest } = command.query;
  command.query = rest;
}

export const BOOKING_SABOTAGES = {
  /** Seats are given without looking whether one is left. */
  'no-rem': (command: Command) => dropFromClaim(command, 'rem'),
  /** The same key twice inside one window. */
  'no-nin': (command: Command) => dropFromClaim(command, 'seats.k'),
  /** Claims past who waits in line. */
  'no-line': (command: Command) => dropFromClaim(command, 'wait.0'),
  /** Claims in a window that is closed. */
  'no-open': (command: Command) => dropFromClaim(command, 'open'),
  /** The same key in two windows. */
  'no-index': (command: Command) => {
    if (command.createIndexes !== 'slots') return;
    for (const index of command.indexes ?? []) delete index.unique;
  },
  /** Sums that nobody holds to the seats. */
  'no-validator': (command: Command) => {
    if (command.create === 'slots') delete command.validator;
  },
  /** An act on a window that has changed since it was read. */
  'no-ver': (command: Command) => {
    // Many updates at once come as bytes; acts on a window go out singly.
    if (command.update !== 'slots' || !Array.isArray(command.updates)) return;
    for (const update of command.updates) {
      const { ver: _gone, ...rest } = update.q;
      update.q = rest;
    }
  },
  /** Acknowledged before it is in the journal. */
  'no-journal': (command: Command) => {
    if (command.writeConcern) command.writeConcern = { w: 1, j: false };
  },
} as const;

export type BookingSabotage = keyof typeof BOOKING_SABOTAGES;
