import { remember } from '../../platform/database/remember.ts';
import type { Platform } from '../../platform/platform.ts';
import { listOffices, type Office } from '../catalogue/index.ts';

/** Halls are reference data, loaded at a start. */
const FRESH_MS = 60_000;

const offices = remember<Office[]>(FRESH_MS, (p) => listOffices(p));

/** 条例7: registered where the property lies. The hall of its district; the city's centre where it has none of its own. */
export async function officeFor(p: Platform, district: string): Promise<Office | null> {
  const all = await offices.get(p);
  return (
    all.find(({ districtCode }) => districtCode === district) ??
    all.find(({ id }) => id.endsWith('-centre')) ??
    all[0] ??
    null
  );
}

export async function officeName(p: Platform, id: string | null): Promise<Office['name'] | null> {
  if (id === null) return null;
  const all = await offices.get(p);
  return all.find((office) => office.id === id)?.name ?? null;
}
