import { holds } from './conditions.ts';
import type { BusinessType, Facts, Material, SharingService, Text } from './contract.ts';

/**
 * Which materials a case needs, once and for all (一次性告知). What can be shared in real time must not be asked for again
 * (不动产登记暂行条例第二十四条). Pure.
 */
export interface MaterialNeed {
  material: Material;
  /** provide 要您准备 · exempt 已共享，不用交 · optional 可以交 · notNeeded 这件不需要. */
  state: 'provide' | 'exempt' | 'optional' | 'notNeeded';
  /** Why it is exempt, or what to bring; null where the material speaks for itself. */
  note: Text | null;
}

export interface MaterialContext {
  facts?: Facts;
  /** Services that answer in this deployment; a service that is not connected exempts nobody. */
  connected: ReadonlySet<SharingService> | readonly SharingService[];
}

function needOf(material: Material, source: unknown, connected: ReadonlySet<string>): MaterialNeed {
  const { necessity, condition, exemption } = material;
  if (necessity === 'conditional' && condition && !holds(condition, source)) {
    return { material, state: 'notNeeded', note: null };
  }
  if (exemption && connected.has(exemption.service))
    return { material, state: 'exempt', note: exemption.note };
  const note = exemption?.fallback ?? null;
  return { material, state: necessity === 'optional' ? 'optional' : 'provide', note };
}

/** Each material of the type with what it means for these answers and facts, in the type's order. */
export function resolveMaterials(
  type: Pick<BusinessType, 'materials'>,
  answers: Readonly<Record<string, unknown>>,
  { facts = {}, connected }: MaterialContext,
): MaterialNeed[] {
  // Spread last: an answer that calls itself `facts` cannot stand in for what the register says.
  const source = { ...answers, facts };
  const services = new Set<string>(connected);
  return type.materials.map((material) => needOf(material, source, services));
}
