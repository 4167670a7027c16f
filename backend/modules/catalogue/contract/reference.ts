import { Type, type Static } from 'typebox';
import { closed, key, list, Text } from './shapes.ts';
import { SHARING_SERVICES } from '../vocabulary.ts';

/** Halls, districts, dictionaries and sources of shared data. */

export const Office = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
    name: Text,
    districtCode: Type.String({ pattern: '^\\d{6}$' }),
    address: Text,
    phone: Type.String(),
    /** Office hours of a working day, wall time in Asia/Shanghai. */
    hours: list(Type.Object({ opens: Type.String(), closes: Type.String() }, closed)),
    hoursNote: Text,
    windows: list(
      Type.Object({ no: Type.Integer(), name: Text, businessTypes: list(Type.String()) }, closed),
    ),
    transport: Text,
    accessibility: Text,
  },
  closed,
);
export type Office = Static<typeof Office>;

export const OfficeList = Type.Object({ items: list(Office) }, closed);

/** One source of shared data and whether this deployment is connected to it (seeds/reference/sharing.json). */
export const SharingSource = Type.Object(
  { service: Type.Enum([...SHARING_SERVICES]), name: Text, connected: Type.Boolean(), note: Text },
  closed,
);
export type SharingSource = Static<typeof SharingSource>;

/** A district or county of the city, with its code of GB/T 2260 (`domain.md` §4.6). */
export const District = Type.Object(
  {
    code: Type.String({ pattern: '^\\d{6}$' }),
    name: Text,
    /** Codes of the same place before a change of administrative division: they still stand in old unit codes. */
    formerCodes: list(Type.String({ pattern: '^\\d{6}$' })),
    /**
     * 市县全称 that its certificate numbers carry (domain.md §4.3): of whoever registers there (条例7). The districts of the
     * city are registered by the city, counties and county-level cities by themselves. `series` is the counter that
     * numbers them: what shares a place shares a counter, or a number would be given twice.
     */
    certificates: Type.Object(
      {
        place: Type.String({ pattern: '^[\u4e00-\u9fa5]{2,12}$' }),
        series: Type.String({ pattern: '^\\d{6}$' }),
      },
      closed,
    ),
    /** Areas with an administration but no code of their own (经济技术开发区). */
    areas: list(Type.Object({ key: key(), name: Text }, closed)),
  },
  closed,
);
export type District = Static<typeof District>;

/** A closed set of codes with labels (`domain.md` §4.4). */
export const Dictionary = Type.Object(
  {
    key: key(),
    name: Text,
    source: Type.String(),
    entries: list(Type.Object({ code: Type.String(), label: Text, note: Type.Optional(Text) }, closed)),
  },
  closed,
);
export type Dictionary = Static<typeof Dictionary>;

export const DictionaryList = Type.Object({ items: list(Dictionary) }, closed);
