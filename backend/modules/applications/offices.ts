import type { Platform } from '../../platform/platform.ts';
import { listOffices, type Office } from '../catalogue/index.ts';

const FRESH_MS = 60_000;

const cache = new WeakMap<Platform, { offices: Office[]; readAt: number }>();

async function officesOf(p: Platform): Promise<Office[]> {
  const now = p.time.now().getTime();
  const known = cache.get(p);
  if (known && Math.abs(now - known.readAt) < FRESH_MS) return known.offices;
  const offices = await listOffices(p);
  cache.set(p, { offices, readAt: now });
  return offices;
}

/** 条例7: registered where the property lies. The hall of its district; the city's centre where it has none of its own. */
export async function officeFor(p: Platform, district: string): Promise<Office | null> {
  const offices = await officesOf(p);
  return (
    offices.find(({ districtCode }) => districtCode === district) ??
    offices.find(({ id }) => id.endsWith('-centre')) ??
    offices[0] ??
    null
  );
}

export async function officeName(p: Platform, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const offices = await officesOf(p);
  return offices.find((office) => office.id === id)?.name.zh ?? null;
}
