import type { Effect } from '../catalogue/index.ts';
import { valueAt, type Answers } from './answers.ts';
import { foldNumber, type PartyDraft } from './parties.ts';

/**
 * 证件号码变更: whoever has a new document is known to the portal under its number, and to the register under the old one. They
 * apply under the new one, which was verified, and say the old one. Pure.
 *
 * Whether the old number is right is for the clerk to see beside the proof (M21), never for the portal to answer: an
 * application that named a wrong one is filed like any other, so nobody learns from it whether a number is in the
 * register. What does not fit is turned away by the clerk, and could not be recorded in any case (`notOwner`).
 */
export function renumbered(
  parties: readonly PartyDraft[],
  effects: readonly Effect[],
  answers: Answers,
  isInitiator: (idNumber: string) => boolean,
): PartyDraft[] {
  const rename = effects.find(({ effect }) => effect === 'ownership.rename');
  const at = (slot: string): unknown => {
    const pointer = rename?.answers[slot];
    return pointer === undefined ? undefined : valueAt(answers, pointer);
  };
  const typed = at('newIdNumber');
  const number = typeof typed === 'string' ? foldNumber(typed) : '';
  if (!rename || number === '' || at('changeKind') === 'name' || !isInitiator(number)) return [...parties];
  const kind = at('newIdKind');
  return parties.map((party) => {
    if (party.role !== rename.roles.holder || party.idNumber === number) return party;
    const former = { idKind: party.idKind, idNumber: party.idNumber };
    return { ...party, idKind: typeof kind === 'string' ? kind : party.idKind, idNumber: number, former };
  });
}
