import { Type, type Static, type TArrayOptions, type TSchema } from 'typebox';

/** Small parts that the shapes of the catalogue share. */

export const closed = { additionalProperties: false } as const;

/** Chinese first, English second; both are required, so that a missing label stops the load. */
export const Text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  closed,
);
export type Text = Static<typeof Text>;

export const key = () => Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' });

/** A JSON pointer into the answers, `/buyers` or `/term/from`. */
export const pointer = () => Type.String({ pattern: '^(/[A-Za-z0-9]+)+$' });

export const list = <T extends TSchema>(item: T, options: TArrayOptions = {}) => Type.Array(item, options);
