const DUPLICATE_KEY = 11_000;

interface BulkFailure {
  code?: number;
  /** One, or a list of them. */
  writeErrors?: { code?: number } | readonly { code?: number }[];
  result?: { getWriteConcernError(): unknown };
}

/**
 * Whether everything that kept a bulk from being written was there already. The code of the failure as a whole is that of its
 * first, and says nothing about the others, nor whether what was written reached the journal.
 */
export function onlyDuplicates(error: unknown): boolean {
  const { writeErrors = [], result } = error as BulkFailure;
  const failures = [writeErrors].flat() as readonly { code?: number }[];
  return (
    failures.length > 0 &&
    failures.every(({ code }) => code === DUPLICATE_KEY) &&
    !result?.getWriteConcernError()
  );
}

/** The collection of a model or of the driver. */
interface Insertable {
  insertMany(documents: never, options: { ordered: false }): Promise<unknown>;
}

/**
 * Inserts those that are not there yet, in one command; what is there stays as it is. Unordered, so that one that is there does not
 * hold up the others.
 * @returns how many this call inserted
 * @throws what else went wrong with any of them; the others may be there, and the same call again makes them all be
 */
export async function insertAbsent(collection: Insertable, documents: readonly object[]): Promise<number> {
  if (documents.length === 0) return 0;
  try {
    await collection.insertMany(documents as never, { ordered: false });
    return documents.length;
  } catch (error) {
    if (!onlyDuplicates(error)) throw error;
    return documents.length - [(error as BulkFailure).writeErrors ?? []].flat().length;
  }
}
