import { Type, type TSchema } from 'typebox';

/** Small shapes that the parts of the contract are made of. */

export const Id = Type.String({ pattern: '^[0-9a-f]{24}$' });
export const Instant = Type.String({ description: 'ISO 8601, UTC' });
export const Day = Type.String({ format: 'date' });
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
