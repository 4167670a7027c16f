import { isDeepStrictEqual } from 'node:util';
import type { Db } from 'mongodb';
import { createIndexesOf } from './migrations.ts';
import type { DeclaredModel } from './model.ts';

/**
 * Gives a collection of before the validator that its model declares by now; for a migration. A collection keeps the one that it was made
 * with, whatever is declared later.
 */

const COMMAND_NOT_FOUND = 59;

export async function renewValidator(db: Db, model: DeclaredModel<never>): Promise<void> {
  const { collection, validator = {} } = model.declaration;
  const [found] = await db.listCollections({ name: collection }, { nameOnly: false }).toArray();
  const { options } = (found ?? {}) as { options?: { validator?: object } };
  if (isDeepStrictEqual(options?.validator ?? {}, validator)) return;
  try {
    await db.command({ collMod: collection, validator });
  } catch (error) {
    if ((error as { code?: number }).code !== COMMAND_NOT_FOUND) throw error;
    await makeAnew(db, model);
  }
}

/**
 * The embedded engine knows no `collMod`. There this process is the database's only user while it migrates, so that the documents can be
 * copied beside and take the place of the old ones by one rename. Cut off before that, nothing has changed.
 */
async function makeAnew(db: Db, model: DeclaredModel<never>): Promise<void> {
  const { collection, validator } = model.declaration;
  const beside = `${collection}-anew`;
  await db.collection(beside).drop();
  const made = await db.createCollection(beside, { validator: validator ?? {} });
  await createIndexesOf(db, model, beside);
  await db
    .collection(collection)
    .aggregate([{ $merge: { into: beside } }])
    .toArray();
  await made.rename(collection, { dropTarget: true });
}
