import type { Platform } from '../../platform/platform.ts';
import { hallOf, type StaffActor } from '../accounts/index.ts';
import { officeFor } from '../applications/index.ts';
import { findOffice } from '../catalogue/index.ts';
import { CITY, registryCodeOf } from '../register/index.ts';
import type { QueryDocument } from './query.model.ts';

/** Which queries come to which desk: an answer is signed in the name of the registry where the property lies (条例7). */

/**
 * The registry that answers about a unit of this district: its own where that has a hall, or the city's, whose centre does the work where
 * there is none. A query of no unit is the city's.
 */
export async function registryFor(p: Platform, district: string | null): Promise<string> {
  if (district === null) return CITY.code;
  const hall = await officeFor(p, district);
  return registryCodeOf(hall?.districtCode ?? district);
}

/** Null: all of them, for leaders, supervisors and whoever belongs to no hall. */
async function registryOf(
  p: Platform,
  actor: Pick<StaffActor, 'roles' | 'officeId'>,
): Promise<string | null> {
  const hall = hallOf(actor);
  if (hall === null) return null;
  const office = await findOffice(p, hall);
  // Of a hall that is none any more nothing is seen.
  return office ? registryCodeOf(office.districtCode) : '';
}

/**
 * What a clerk's list holds: queries of their registry, and none that concerns themselves (条例26, 回避), nor one of which that is not
 * known yet: it comes onto the list a moment later.
 */
export async function deskScope(p: Platform, actor: StaffActor): Promise<Record<string, unknown>> {
  const registry = await registryOf(p, actor);
  return {
    ...(registry === null ? {} : { registry }),
    ...(actor.personIndex === null
      ? {}
      : { concerns: { $ne: actor.personIndex }, concernsOpen: { $ne: true } }),
  };
}

export async function isOfDesk(
  p: Platform,
  actor: Pick<StaffActor, 'roles' | 'officeId'>,
  { registry }: Pick<QueryDocument, 'registry'>,
): Promise<boolean> {
  const own = await registryOf(p, actor);
  return own === null || own === registry;
}
