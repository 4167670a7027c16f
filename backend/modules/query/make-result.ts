import { reserveNumber, settleNumber } from '../../platform/database/numbers.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { getIdentity, maskGivenNumber, maskIdNumber } from '../accounts/index.ts';
import { noticeAppealRights } from '../applications/index.ts';
import {
  agencyAt,
  CITY,
  openIdNumber,
  recordedRevision,
  registryPlaceOf,
  type UnitDocument,
} from '../register/index.ts';
import type { DisclosedUnit } from './contract/disclosed.ts';
import type { ResultKind } from './contract/views.ts';
import { disclose } from './disclosure.ts';
import { peopleShown } from './people.ts';
import { openPerson } from './person.ts';
import { basisFor } from './policy.ts';
import type { QueryDocument, QueryResult } from './query.model.ts';
import { canonicalResult, type ResultRecord } from './result-record.ts';
import { makeResultLeaf } from './leaf.ts';
import type { RefusalReason, Relation } from './vocabulary.ts';
import { violationsOf } from './violations.ts';
import { coverageOf, REFUSAL_BASIS } from './wording.ts';

/** A query as far as an answer needs to know it. */
export type Asked = Pick<
  QueryDocument,
  | '_id'
  | 'no'
  | 'kind'
  | 'asker'
  | 'purpose'
  | 'purposeText'
  | 'target'
  | 'unitCode'
  | 'person'
  | 'claimedName'
  | 'letterNo'
  | 'client'
  | 'evidence'
>;

/** One unit as the asker may see it. Throws where the answer would say more than the table allows: then nothing is said. */
export function discloseTo(
  p: Platform,
  unit: UnitDocument,
  relation: Relation,
  { asker, claimedName }: Pick<Asked, 'asker' | 'claimedName'>,
  at: Date,
): DisclosedUnit {
  const disclosed = disclose(unit, relation, {
    at,
    self: asker.holderIndex,
    openIdNumber: (unitCode, holder) => openIdNumber(p, unitCode, holder),
    claimedName,
  });
  const beyond = violationsOf(disclosed);
  if (beyond.length > 0) throw new Error(`a ${relation} would be told ${beyond.join(', ')} of a unit`);
  return disclosed;
}

export interface Outcome {
  kind: ResultKind;
  at: Date;
  relation: Relation | null;
  disclosed: DisclosedUnit[];
  units: readonly UnitDocument[];
  refusal: { reason: RefusalReason; explanation: string } | null;
}

/** Of whom an outcome tells: also, where nothing was found, of whom it was asked; `self` needs no record of having seen themselves. */
export function subjectsOf(
  { units, disclosed, at }: Pick<Outcome, 'units' | 'disclosed' | 'at'>,
  person: QueryDocument['person'],
  self: string | null,
): string[] {
  const on = legalDayOf(at);
  const shown = units.flatMap((unit, index) => peopleShown(unit, disclosed[index]!.relation, { on, self }));
  return [...new Set([...(person ? [person.idIndex] : []), ...shown])];
}

const SERIES = { queryResult: '聊查', noProperty: '聊无房', refusal: '聊不查' } as const satisfies Record<
  ResultKind,
  string
>;

const SERIAL_DIGITS = 7;

/**
 * Numbers and signs what a query came to. Made again after a kill it has the same number; it is stored by the write that ends the
 * query, and by nothing else.
 */
export async function makeResult(p: Platform, asked: Asked, outcome: Outcome): Promise<QueryResult> {
  const year = legalDayOf(outcome.at).slice(0, 4);
  const no = await reserveNumber(p, {
    series: `${outcome.kind}:${year}`,
    holder: asked._id,
    format: (serial) => `${SERIES[outcome.kind]}(${year})第${String(serial).padStart(SERIAL_DIGITS, '0')}号`,
  });
  const record = await recordOf(p, asked, outcome, no);
  const text = canonicalResult(record);
  return {
    kind: outcome.kind,
    no,
    at: outcome.at,
    record: text,
    keyId: p.crypto.signer.keyId,
    signature: p.crypto.signer.sign(Buffer.from(text)),
    tokenKey: tokenKeyOf(p, tokenOf(p, no)),
    leaf: makeResultLeaf(p, { id: asked._id, at: outcome.at, record: text }),
    // A refusal says nothing of the register.
    subjects: outcome.refusal ? [] : subjectsOf(outcome, asked.person, null),
    revisions: outcome.units.map((unit) => ({ unitCode: unit._id, revision: recordedRevision(unit) })),
  };
}

/** Once the query is stored with it. */
export const settleResult = (p: Platform, { no }: Pick<QueryResult, 'no'>): Promise<void> =>
  settleNumber(p, no, 'issued');

async function recordOf(p: Platform, asked: Asked, outcome: Outcome, no: string): Promise<ResultRecord> {
  const { asker, person, kind } = asked;
  const papers = asked.evidence.map(({ code }) => code);
  const identity = await getIdentity(p, asker.accountId);
  const located = { unitCodes: asked.unitCode === null ? [] : [asked.unitCode], district: CITY.code };
  const place = asked.unitCode === null ? CITY.name : registryPlaceOf(asked.unitCode.slice(0, 6)).zh;
  return {
    version: 1,
    kind: outcome.kind,
    no,
    queryNo: asked.no,
    query: kind,
    relation: outcome.relation,
    agency: agencyAt(place),
    at: outcome.at.toISOString(),
    asker: {
      name: asker.name,
      idNumberMasked: maskIdNumber(identity.idNumber),
      organisation: asker.organisation?.name ?? null,
    },
    purpose: asked.purpose,
    purposeText: asked.purposeText,
    target: asked.target,
    person: person && {
      name: person.name,
      idNumberMasked: maskGivenNumber(openPerson(p, asked._id, person)),
    },
    claimedName: asked.claimedName,
    // Absent where there is none, so that every other record is what it was.
    ...(asked.letterNo ? { letterNo: asked.letterNo } : {}),
    ...(asked.client ? { client: asked.client } : {}),
    basis: outcome.refusal ? REFUSAL_BASIS[outcome.refusal.reason] : basisFor(kind, papers),
    // Of a refusal nothing was searched.
    coverage: outcome.refusal ? null : coverageOf(outcome.at, { all: kind === 'own' || person !== null }),
    units: outcome.disclosed,
    refusal: outcome.refusal && { ...outcome.refusal, remedy: noticeAppealRights(located) },
  };
}

/** 128 bits that nobody can guess and that come out the same when the result is made again: what the QR carries. */
export const tokenOf = (p: Platform, no: string): string =>
  Buffer.from(p.crypto.index.of('query-token', no), 'base64url').subarray(0, 16).toString('base64url');

export const tokenKeyOf = (p: Platform, token: string): string => p.crypto.index.of('query-token-key', token);
