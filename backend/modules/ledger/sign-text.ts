import type { Platform } from '../../platform/platform.ts';
import { originIn } from './checkpoint.ts';
import { ledgerSigner } from './keys.ts';
import { signNote } from './note.ts';
import { latestHead } from './sign-head.ts';

/**
 * A note under the key of the log about something else than a checkpoint: what the office says as of the log's newest signed head. The
 * text begins with a line that no checkpoint begins with: the log's name, a stroke and what it is. Null before the first head.
 * @param textOf the text, ended by a new line, from the name of the log and the entries under its newest head; null
 *   where there is nothing to say
 */
export async function signUnderLog(
  p: Platform,
  textOf: (origin: string, size: number) => string | null | Promise<string | null>,
): Promise<string | null> {
  const head = await latestHead(p);
  if (!head) return null;
  const origin = originIn(head.note);
  const text = await textOf(origin, head._id);
  return text === null ? null : signNote(text, [ledgerSigner(p, origin)]);
}
