import type { Platform } from '../../platform/platform.ts';
import type { Actor } from '../accounts/index.ts';
import type { Effect, EffectOrder, GiverOrder, PartyOrder, SealedGiver } from './effects/effect.ts';
import type { Holder } from './unit.model.ts';

/** Purpose of the blind index of an identity number; the same over all modules, so that a person is found again. */
export const ID_NUMBER = 'id-number';

/** The index under which the register knows a number of either kind; the trailing x of a resident's is upper case. */
export function idIndexOf(p: Platform, idNumber: string): string {
  return p.crypto.index.of(ID_NUMBER, idNumber.toUpperCase());
}

/**
 * Whom an actor stands for in the register: an organisation's member for the organisation, anybody else for themselves. Null until a
 * clerk has seen the card, or an administrator the licence: anybody may sign up under any number (条例27).
 */
export function holderIndexOf(p: Platform, actor: Actor): string | null {
  const { organisation, nameVerified, personIndex } = actor;
  if (organisation) return organisation.confirmed ? idIndexOf(p, organisation.creditCode) : null;
  return nameVerified ? personIndex : null;
}

function contextOf(unitCode: string, holderId: string): string {
  return `units|${unitCode}|${holderId}`;
}

/** A party as the register keeps it: the number encrypted for this unit and this holder, and findable by index. */
export function sealHolder(p: Platform, unitCode: string, holderId: string, party: PartyOrder): Holder {
  const { name, partyKind, idKind, idNumber, share } = party;
  return {
    id: holderId,
    name,
    partyKind,
    idKind,
    idNumber: p.crypto.fields.encrypt(idNumber, contextOf(unitCode, holderId)),
    idIndex: idIndexOf(p, idNumber),
    share,
  };
}

/** The number in clear, for the holder and for staff whose duty it is. */
export function openIdNumber(p: Platform, unitCode: string, holder: Holder): string {
  return p.crypto.fields.decrypt(holder.idNumber, contextOf(unitCode, holder.id));
}

/** Orders name people in clear; effects see them sealed only. `holderId` must give a new id at each call. */
export function sealEffects(
  p: Platform,
  unitCode: string,
  effects: readonly EffectOrder[],
  holderId: () => string,
): Effect[] {
  const party = (order: PartyOrder): Holder => sealHolder(p, unitCode, holderId(), order);
  const giver = ({ idNumber, share }: GiverOrder): SealedGiver => ({
    idIndex: idIndexOf(p, idNumber),
    share,
  });
  return effects.map((effect): Effect => {
    switch (effect.kind) {
      case 'ownership.transfer':
        return { ...effect, from: effect.from.map(giver), to: effect.to.map(party) };
      case 'ownership.rename':
        return { ...effect, of: giver(effect.of), holder: party(effect.holder) };
      case 'mortgage.create':
        return { ...effect, mortgagors: effect.mortgagors.map(giver), holders: effect.holders.map(party) };
      case 'mortgage.discharge':
        return { ...effect, mortgagees: effect.mortgagees.map(giver) };
      case 'seizure.create':
      case 'seizure.lift':
      case 'seizure.renew':
        return effect;
    }
  });
}
