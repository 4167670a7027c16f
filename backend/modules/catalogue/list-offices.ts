import type { Platform } from '../../platform/platform.ts';
import type { Office } from './contract.ts';
import { catalogueErrors } from './errors.ts';
import { offices, type OfficeDocument } from './office.model.ts';

function present({ _id, ...rest }: OfficeDocument): Office {
  const { name, districtCode, address, phone, hours, hoursNote, windows, transport, accessibility } = rest;
  return { id: _id, name, districtCode, address, phone, hours, hoursNote, windows, transport, accessibility };
}

/** Every hall, by id. */
export async function listOffices(p: Platform): Promise<Office[]> {
  const documents = await offices(p).find().sort({ _id: 1 }).lean();
  return (documents as unknown as OfficeDocument[]).map(present);
}

export async function findOffice(p: Platform, id: string): Promise<Office | null> {
  const document = (await offices(p).findOne({ _id: id }).lean()) as unknown as OfficeDocument | null;
  return document && present(document);
}

/** @throws catalogue.office_unknown */
export async function getOffice(p: Platform, id: string): Promise<Office> {
  return (await findOffice(p, id)) ?? catalogueErrors.fail('catalogue.office_unknown');
}
