import { openNote, type NoteVerifier } from '../../ledger/offline/log.ts';

/**
 * What the office signs about a document after it was made: whether it stands, as of an instant, and which file it wrote. Signed notes
 * under the key of the log; their first line is never that of a checkpoint, so neither can pass for the other. Pure.
 */

export const STANDINGS = ['valid', 'superseded', 'cancelled'] as const;
/** Restrictions on the unit that are public without names (domain.md §6.1), in the order in which they are packed. */
export const LIMITS = ['mortgaged', 'seized', 'objection', 'preNotice', 'residence'] as const;
export type Limit = (typeof LIMITS)[number];

/** 状态证明: in force, superseded or cancelled, as of an instant and a size of the log. */
export interface Standing {
  /** Of the document's leaf. */
  entryId: string;
  status: (typeof STANDINGS)[number];
  /** Legal day on which it ceased to be in force. */
  changedOn: string | null;
  /** What stands on the unit; empty where the document is no longer in force. */
  limits: readonly Limit[];
  /** ISO instant: it is said of this moment only. */
  at: string;
  /** Entries of the log that the register had made by then. */
  size: number;
}

/** What was signed, to be signed or checked again: the same for the same statement. */
export function standingText(origin: string, standing: Standing): string {
  const { at, changedOn, entryId, limits, size, status } = standing;
  return `${origin}/standing\n${JSON.stringify({ at, changedOn, entryId, limits, size, status })}\n`;
}

/** 文件签名: which bytes the office wrote. */
export interface WrittenFile {
  entryId: string;
  at: string;
  /** Bytes. */
  length: number;
  /** Base64url. */
  sha256: string;
}

export function writtenFileText(origin: string, { at, entryId, length, sha256 }: WrittenFile): string {
  return `${origin}/file\n${JSON.stringify({ at, entryId, length, sha256 })}\n`;
}

/** The JSON of a note of the given title that the log's own key signed; null where it is not that. */
async function readSigned(
  title: string,
  note: string,
  verifiers: readonly NoteVerifier[],
): Promise<Record<string, unknown> | null> {
  const opened = await openNote(note, verifiers);
  const [first = '', json = '', ...more] = opened?.text.split('\n') ?? [];
  const origin = first.slice(0, -title.length - 1);
  if (first !== `${origin}/${title}` || more.join('') !== '' || !opened?.signedBy.includes(origin))
    return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

const isIn = <T extends string>(list: readonly T[], value: unknown): value is T => list.includes(value as T);

/** The statement in a note; null where nobody known signed it, or it is another kind of note. */
export async function readStanding(
  note: string,
  verifiers: readonly NoteVerifier[],
): Promise<Standing | null> {
  const value = await readSigned('standing', note, verifiers);
  if (!value) return null;
  const { at, changedOn, entryId, limits, size, status } = value;
  const isRight =
    typeof at === 'string' &&
    typeof entryId === 'string' &&
    (changedOn === null || typeof changedOn === 'string') &&
    Number.isSafeInteger(size) &&
    isIn(STANDINGS, status) &&
    Array.isArray(limits) &&
    limits.every((one) => isIn(LIMITS, one));
  return isRight ? ({ at, changedOn, entryId, limits, size, status } as Standing) : null;
}

/** The file that a note is about; null as above. */
export async function readWrittenFile(
  note: string,
  verifiers: readonly NoteVerifier[],
): Promise<WrittenFile | null> {
  const value = await readSigned('file', note, verifiers);
  const isRight =
    value &&
    [value.at, value.entryId, value.sha256].every((one) => typeof one === 'string') &&
    Number.isSafeInteger(value.length);
  return isRight ? (value as unknown as WrittenFile) : null;
}
