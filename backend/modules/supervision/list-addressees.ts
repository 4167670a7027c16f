import type { Platform } from '../../platform/platform.ts';
import type { AddresseeList } from './contract.ts';
import { staffDirectory } from './directory.ts';

/** Everybody at the desks to whom an order may go, whether or not they have an open case; each once, by name. */
export async function listAddressees(p: Platform): Promise<AddresseeList> {
  const everybody = Object.values(await staffDirectory(p)).flatMap((list) => list ?? []);
  const people = new Map(everybody.map((one) => [one.accountId, one]));
  return {
    items: [...people.values()]
      .map(({ accountId: id, name, officeId: office }) => ({ id, name, office }))
      .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
  };
}
