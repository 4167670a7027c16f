type Command = Record<string, unknown>;

/** Each takes one guard of the product away by changing commands before they are sent. */
export const SABOTAGES: Readonly<
  Record<'no-journal' | 'no-revision' | 'no-dedup', (command: Command) => void>
>;

/** Lets `change` see every command of this process first. Gives back a function that ends it. */
export function patchDriver(change: (command: Command) => void): () => void;
