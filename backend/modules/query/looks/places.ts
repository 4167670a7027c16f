import type { Platform } from '../../../platform/platform.ts';
import type { AccessDocument } from '../../audit/index.ts';
import { findCaseFacts } from '../../applications/index.ts';
import { findUnitsByCodes } from '../../register/index.ts';
import type { LookView } from '../contract/looks.ts';

const presentReference = (reference: AccessDocument['reference']): LookView['reference'] =>
  reference ? { matterCode: reference.matterCode ?? null, caseNo: reference.caseNo ?? null } : null;

type Placed = Pick<AccessDocument, 'target' | 'unitCodes' | 'reference'>;

export interface Place {
  property: LookView['property'];
  caseNo: string | null;
  /** The numbers of whoever looked. */
  reference: LookView['reference'];
}

/** The first property and the case that each look was about, as far as they are known. */
export async function placesOf(p: Platform, looks: readonly Placed[]): Promise<(look: Placed) => Place> {
  const codes = [...new Set(looks.flatMap(({ unitCodes }) => unitCodes?.slice(0, 1) ?? []))];
  const cases = [
    ...new Set(looks.flatMap(({ target }) => (target?.kind === 'application' ? [target.id] : []))),
  ];
  const [units, facts] = await Promise.all([
    findUnitsByCodes(p, codes),
    Promise.all(cases.map((id) => findCaseFacts(p, id))),
  ]);
  const addresses = new Map(units.map(({ _id, address }) => [_id, address] as const));
  const numbers = new Map(cases.map((id, place) => [id, facts[place]?.no ?? null] as const));
  return ({ target, unitCodes, reference }) => {
    const code = unitCodes?.[0];
    const address = code === undefined ? undefined : addresses.get(code);
    return {
      property: code !== undefined && address !== undefined ? { code, address } : null,
      caseNo: target?.kind === 'application' ? (numbers.get(target.id) ?? null) : null,
      reference: presentReference(reference),
    };
  };
}
