import type { DisclosedHolder, DisclosedRight, DisclosedUnit } from './contract/disclosed.ts';
import { DISCLOSURE } from './disclosure.ts';
import type { Field } from './vocabulary.ts';

/**
 * What an answer says beyond the table, by looking at the answer alone: the second pair of eyes on `disclose`, through which every
 * answer goes before it is sent. Pure.
 */

interface Seen {
  field: Field;
  /** What was said, to be compared with the mask that the table asks for; null where a mask has no meaning. */
  text: string | null;
  person: boolean;
}

const seen = (field: Field, text: string | null = null, person = true): Seen => ({ field, text, person });

function seenOfHolder(holder: DisclosedHolder, name: Field, idNumber: Field): Seen[] {
  const person = holder.partyKind === 'person';
  return [
    ...(holder.name === undefined ? [] : [seen(name, holder.name, person)]),
    ...(holder.idNumberMasked === undefined ? [] : [seen(idNumber, holder.idNumberMasked)]),
    ...(holder.share === undefined ? [] : [seen('share')]),
  ];
}

const seenOfRight = ({ certificateNo, holders = [] }: DisclosedRight): Seen[] => [
  ...(certificateNo === undefined ? [] : [seen('certificateNo', certificateNo)]),
  ...holders.flatMap((holder) =>
    holder.own
      ? seenOfHolder(holder, 'ownName', 'ownIdNumber')
      : seenOfHolder(holder, 'holderName', 'holderIdNumber'),
  ),
];

function seenOf(unit: DisclosedUnit): Seen[] {
  const { right, encumbrances = [], history = [], courts = [] } = unit;
  return [
    seen('natural'),
    ...(unit.natural.landNature === undefined && unit.natural.houseNature === undefined
      ? []
      : [seen('nature')]),
    seen('restrictions'),
    ...(unit.coOwnership === undefined ? [] : [seen('coOwnership')]),
    ...(unit.nameMatches === undefined ? [] : [seen('nameMatches')]),
    ...(right === undefined ? [] : [seen('right')]),
    ...(right ? seenOfRight(right) : []),
    ...(unit.encumbrances === undefined ? [] : [seen('encumbrances')]),
    ...(unit.history === undefined ? [] : [seen('history')]),
    ...history.flatMap(seenOfRight),
    ...courts.map(() => seen('court')),
    ...encumbrances.flatMap((one) => [
      ...(one.debt === undefined ? [] : [seen('debt')]),
      ...(one.court === undefined ? [] : [seen('court')]),
      ...(one.orderNo === undefined ? [] : [seen('orderNo')]),
      ...(one.certificationNo === undefined ? [] : [seen('certificationNo', one.certificationNo)]),
      ...(one.holders ?? []).flatMap((holder) =>
        holder.own && DISCLOSURE[unit.relation].fields.ownName
          ? seenOfHolder(holder, 'ownName', 'ownIdNumber')
          : seenOfHolder(holder, 'encumbrancerName', 'encumbrancerIdNumber'),
      ),
    ]),
  ];
}

/** Fields that the answer's own relation may not see, or sees unmasked; empty: the answer keeps to the table. */
export function violationsOf(unit: DisclosedUnit): Field[] {
  const row = DISCLOSURE[unit.relation].fields;
  const broken = seenOf(unit).filter(({ field, text, person }) => {
    const may = row[field];
    if (may === undefined) return true;
    return may === 'mask' && person && text !== null && !text.includes('*');
  });
  return [...new Set(broken.map(({ field }) => field))];
}
