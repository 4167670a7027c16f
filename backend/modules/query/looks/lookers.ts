import type { Platform } from '../../../platform/platform.ts';
import { findAccountFaces, maskName, type AccountFace } from '../../accounts/index.ts';
import { roleWords } from '../../applications/index.ts';
import { listOffices, type Office } from '../../catalogue/index.ts';
import { findSystemNames } from '../../certificates/index.ts';
import type { LookerView } from '../contract/looks.ts';

/**
 * Whoever looked, as the person is told of them: of staff post, hall and masked name, so that they can be asked for at the hall without
 * being exposed to everybody they ever handled a case of; of an organisation its name in full, which is public, and its member's masked.
 */
export interface Looker {
  view: LookerView;
  /** In full, for a supervisor's inquiry alone. */
  name: string | null;
}

const NOBODY: Looker = { view: { kind: 'anonymous', name: null, role: null, place: null }, name: null };

function lookerOf(face: AccountFace, offices: readonly Office[]): Looker {
  const { kind, name, roles, officeId, organisation } = face;
  const office = offices.find(({ id }) => id === officeId);
  const place = organisation ? { zh: organisation.name, en: organisation.name } : (office?.name ?? null);
  const role = kind === 'staff' && roles[0] ? roleWords(roles[0]) : null;
  return { view: { kind, name: maskName(name), role, place }, name };
}

/** Another authority's system, by the name that it was let in under; nobody sits before it. */
const systemLooker = (name: string): Looker => ({
  view: { kind: 'organisation', name: null, role: null, place: { zh: name, en: name } },
  name,
});

/** By the id of an account or of a system; somebody whom nobody knows any more, or who was not signed in, is told as not signed in. */
export async function findLookers(
  p: Platform,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => Looker> {
  const known = ids.filter((id) => id !== null);
  const systemIds = known.filter((id) => id.startsWith('system:'));
  const [faces, systems, offices] = await Promise.all([
    findAccountFaces(p, known),
    systemIds.length > 0 ? findSystemNames(p, systemIds) : new Map<string, string>(),
    listOffices(p),
  ]);
  return (id) => {
    const face = id === null ? undefined : faces.get(id);
    const system = id === null ? undefined : systems.get(id);
    if (system !== undefined) return systemLooker(system);
    return face ? lookerOf(face, offices) : NOBODY;
  };
}
