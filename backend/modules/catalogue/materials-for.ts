import type { BusinessType, Facts, SharingService } from './contract.ts';
import { listSharingSources } from './load-offices.ts';
import { resolveMaterials, type MaterialNeed } from './materials.ts';

/** Services that answer in this deployment. */
export async function connectedServices(): Promise<SharingService[]> {
  const sources = await listSharingSources();
  return sources.filter(({ connected }) => connected).map(({ service }) => service);
}

/** What these answers and facts mean for each material of the type, in this deployment. */
export async function materialsFor(
  type: Pick<BusinessType, 'materials'>,
  answers: Readonly<Record<string, unknown>>,
  facts: Facts = {},
): Promise<MaterialNeed[]> {
  return resolveMaterials(type, answers, { facts, connected: await connectedServices() });
}
