import { Schema, type Connection, type Model, type SchemaDefinition } from 'mongoose';
import type { CreateIndexesOptions, Document, IndexSpecification } from 'mongodb';

export interface IndexDeclaration {
  key: IndexSpecification;
  options: CreateIndexesOptions & { name: string };
  /** The invariant or the query that the index carries. */
  because: string;
}

export interface ModelDeclaration<T> {
  /** Collection name, plural, kebab-case. */
  collection: string;
  /** Mongoose paths. Sub-documents that no filter reaches into may be `Schema.Types.Mixed`. */
  fields: SchemaDefinition<T>;
  indexes: readonly IndexDeclaration[];
  /** A validator given at creation: the last fence, which holds against any client of the database. */
  validator?: Document;
  /** Whether documents embed `outbox` entries, see outbox.ts. */
  outbox?: boolean;
}

/** What a module owns in the database; migrations create it before the app may serve. */
export interface DeclaredModel<T = unknown> {
  (source: { database: { connection: Connection } }): Model<T>;
  readonly declaration: ModelDeclaration<T>;
}

/**
 * Declares a collection once: shape, indexes with their reason, validator. Call the result with the platform to
 * get the mongoose model. `strict: 'throw'` makes an unknown path an error rather than a silent loss. Mongoose's
 * `sanitizeFilter` stays off: it would wrap our own operators too, and the schemas of the routes let none in.
 */
export function defineModel<T>(declaration: ModelDeclaration<T>): DeclaredModel<T> {
  const fields: SchemaDefinition = { ...(declaration.fields as SchemaDefinition) };
  if (declaration.outbox) fields.outbox = { type: [Schema.Types.Mixed], default: undefined };
  const schema = new Schema(fields, {
    collection: declaration.collection,
    strict: 'throw',
    minimize: false,
    versionKey: false,
    autoIndex: false,
    autoCreate: false,
    id: false,
  });
  const get = (source: { database: { connection: Connection } }): Model<T> => {
    const { connection } = source.database;
    const known = connection.models[declaration.collection];
    return (known ?? connection.model(declaration.collection, schema)) as unknown as Model<T>;
  };
  return Object.assign(get, { declaration });
}
