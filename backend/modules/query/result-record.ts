import canonicalize from 'canonicalize';
import type { Sentence } from '../../platform/errors.ts';
import type { DisclosedUnit } from './contract/disclosed.ts';
import type { ResultKind } from './contract/views.ts';
import type { Purpose, QueryKind, RefusalReason, Relation } from './vocabulary.ts';

/** What a result says: the text that is signed, printed and shown. It is of one instant and never changes. */
export interface ResultRecord {
  version: 1;
  kind: ResultKind;
  no: string;
  queryNo: string;
  query: QueryKind;
  relation: Relation | null;
  agency: string;
  /** ISO instant of the register that it states. */
  at: string;
  asker: { name: string; idNumberMasked: string; organisation: string | null };
  purpose: Purpose;
  purposeText: string;
  /** As asked: a certificate number or a unit code. */
  target: string | null;
  person: { name: string; idNumberMasked: string } | null;
  claimedName: string | null;
  /** Of a state organ: 文号 of its letter or case. Records of before have none. */
  letterNo?: string;
  /** 委托人, as the lawyer wrote it; absent from records of before it was asked. */
  client?: string | null;
  /** Of a refusal: the articles by which it is refused. */
  basis: string;
  /** What was searched; null of a refusal. */
  coverage: Sentence | null;
  units: DisclosedUnit[];
  refusal: { reason: RefusalReason; explanation: string; remedy: Sentence } | null;
}

/** RFC 8785: the one text of a record, over which the signature goes. */
export function canonicalResult(record: ResultRecord): string {
  const text = canonicalize(record);
  if (text === undefined) throw new Error('a result cannot be empty');
  return text;
}

export const readResult = (text: string): ResultRecord => JSON.parse(text) as ResultRecord;

/** Of what the asker owns: no purpose binds them, and nothing is to be kept from others (条例28 is about the data of others). */
export const isOfOwn = ({ query, relation, refusal }: ResultRecord): boolean =>
  !refusal && (query === 'own' || (query === 'ownUnit' && (relation === 'owner' || relation === 'coOwner')));
