import type { StatusView } from '../../../backend/modules/certificates/contract.ts';
import type { Field } from '../../../backend/modules/certificates/offline/commit.ts';
import type { Standing } from '../../../backend/modules/certificates/offline/statement.ts';
import type { Genuine } from '../../../backend/modules/certificates/offline/verify.ts';
import type { Signed } from '../../../backend/modules/certificates/offline/bundle.ts';
import type { LedgerView } from '../../../backend/modules/ledger/contract.ts';
import { api } from '../../app/api.ts';

/** `silent`: it could not be asked, or gave nothing that it signed; nothing follows. `fork`: it shows another log than the proof is of. */
export type OfficeAnswer = { kind: 'standing'; standing: Standing } | { kind: 'silent' } | { kind: 'fork' };

const TIMEOUT_MS = 8_000;

const valueOf = (fields: readonly Field[], name: string) => fields.find((field) => field[0] === name)?.[1];

/** Number and the first holder's name, which whoever has the document knows; never in an address. */
function questionFrom(fields: readonly Field[]): { number: string; holderName: string } | null {
  const [holder] = (valueOf(fields, 'holders') ?? []) as readonly { name?: unknown }[];
  const number = valueOf(fields, 'number');
  return typeof number === 'string' && typeof holder?.name === 'string'
    ? { number, holderName: holder.name }
    : null;
}

async function isFork({ log }: Genuine, words: readonly string[]): Promise<boolean> {
  const { isSameLog, readHead } = await import('./offline/judge.ts');
  const { checkpoint } = await api.get<LedgerView>('/api/ledger', { quiet: true, timeoutMs: TIMEOUT_MS });
  const head = await readHead(checkpoint, log.origin, words);
  if (!head) return false;
  const [first, second] = [Math.min(log.size, head.size), Math.max(log.size, head.size)];
  const { proof } =
    first === second
      ? { proof: [] }
      : await api.get<{ proof: string[] }>('/api/ledger/consistency', {
          query: { first, second },
          quiet: true,
          timeoutMs: TIMEOUT_MS,
        });
  return !isSameLog(log, head, proof);
}

/** 现在还作不作数: asked apart from the verdict, which needs nobody. Never throws. */
export async function askOffice(shown: Genuine | Signed, words: readonly string[]): Promise<OfficeAnswer> {
  try {
    const question = questionFrom(shown.fields);
    const [fork, answer] = await Promise.all([
      shown.verdict === 'genuine' && isFork(shown, words),
      question &&
        api.post<StatusView>('/api/certificates/status', question, {
          quiet: true,
          reads: true,
          timeoutMs: TIMEOUT_MS,
        }),
    ]);
    if (fork) return { kind: 'fork' };
    const { readStatement } = await import('./offline/judge.ts');
    const note = answer?.statement;
    const entryId = shown.verdict === 'genuine' ? shown.entryId : null;
    const standing = note ? await readStatement(note, entryId, words) : null;
    return standing ? { kind: 'standing', standing } : { kind: 'silent' };
  } catch {
    return { kind: 'silent' };
  }
}
