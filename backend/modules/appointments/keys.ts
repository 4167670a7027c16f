/**
 * What a seat excludes, as texts under one unique index. Every resource has two tokens: a claim needs both; a move lends
 * the second (`~`) to the new seat while the old one keeps the first, so that nobody takes the resource in between.
 */

/** What is one at a time: a person's service, a person's place among M, a unit. */
export interface SeatResources {
  person: string;
  service: string;
  /** Which of the person's M places, from 0. */
  place: number;
  unit: string | null;
}

const SECOND = '~';

/** Names of the resources of a seat, without tokens. */
function resourcesOf({ person, service, place, unit }: SeatResources): string[] {
  return [`svc:${person}:${service}`, `tok:${person}#${place}`, ...(unit === null ? [] : [`unit:${unit}`])];
}

/** Both tokens of every resource, and the seat's own id. */
export function keysOf(b: string, resources: SeatResources): string[] {
  const names = resourcesOf(resources);
  return [`id:${b}`, ...names, ...names.map((name) => name + SECOND)];
}

/** What stays with the old seat while a move is under way, and what goes with the new one until it is settled. */
export const keptKeys = (keys: readonly string[]): string[] => keys.filter((key) => !key.endsWith(SECOND));
export const lentKeys = (keys: readonly string[], b2: string): string[] => [
  `id:${b2}`,
  ...keys.filter((key) => key.endsWith(SECOND)),
];

/** From either half of a seat's keys, all of them under the id `b`. */
export function wholeKeys(b: string, half: readonly string[]): string[] {
  const names = [...new Set(half.filter((key) => !key.startsWith('id:')).map(nameOf))];
  return [`id:${b}`, ...names, ...names.map((name) => name + SECOND)];
}

const nameOf = (key: string): string => (key.endsWith(SECOND) ? key.slice(0, -1) : key);

/** Of a settled seat: nothing but its own id, which keeps the array from being empty (an empty one counts as a key). */
export const settledKeys = (b: string): string[] => [`id:${b}`];

/** The place among M that a seat has; 0 where it has none any more. */
export function placeOf(keys: readonly string[]): number {
  const key = keys.find((one) => one.startsWith('tok:'));
  return key === undefined ? 0 : Number(nameOf(key).split('#').at(-1));
}

/** The same keys at another place among M. */
export const atPlace = (keys: readonly string[], place: number): string[] =>
  keys.map((key) => (key.startsWith('tok:') ? key.replace(/#\d+/, `#${place}`) : key));

export type KeyRule = 'alreadyBooked' | 'tooMany' | 'unitTaken' | 'sameId';

/** The rule that a key stands for. */
export function ruleOf(key: string): KeyRule {
  if (key.startsWith('svc:')) return 'alreadyBooked';
  if (key.startsWith('tok:')) return 'tooMany';
  return key.startsWith('unit:') ? 'unitTaken' : 'sameId';
}

/** One place in line for a person and a service. */
export const waitKeyOf = (person: string, service: string): string => `w:${person}:${service}`;
