import { LRUCache } from 'lru-cache';
import { gatherFinds } from '../../platform/database/gather.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import {
  findUnitStanding,
  foldAnyCertificateNo,
  isNumberInScope,
  restrictionsOf,
  settleUnit,
} from '../register/index.ts';
import { certificateKeys, type CertificateKeyDocument } from './certificate.model.ts';
import type { StatusView, VerifyInput, VerifyView } from './contract.ts';
import { findCancelledByOffice } from './electronic/ended.ts';
import { nameKeyOf, tokenKeyOf } from './keys.ts';
import { recordCheck, type CheckReason } from './record-check.ts';
import { standingOf } from './standing.ts';
import { stateStanding } from './state-standing.ts';

/** Keys never change once written, so a hit may be kept; misses are not, or a certificate issued now would stay unknown. */
const CACHED_KEYS = 20_000;

interface Reader {
  find(id: unknown): Promise<CertificateKeyDocument | null>;
  cache: LRUCache<string, CertificateKeyDocument>;
}
const readers = new WeakMap<object, Reader>();

function readerOf(p: Platform): Reader {
  const { connection } = p.database;
  const known = readers.get(connection);
  if (known) return known;
  const find = gatherFinds<CertificateKeyDocument>(() => certificateKeys(p).collection as never, '_id');
  const reader: Reader = { find, cache: new LRUCache({ max: CACHED_KEYS }) };
  readers.set(connection, reader);
  return reader;
}

/**
 * 核验: by number and a holder's name, or by the token of a QR; numbers of earlier certificates as well (条例33). The verdict is the
 * register's of this moment. An absent number and a wrong name are the same look-up and the same answer. A text that
 * cannot be a number here is told apart, by itself and not by what the register holds: such a paper may be genuine.
 */
export async function verifyCertificate(
  p: Platform,
  input: VerifyInput,
  /** Who asks, for the holders' list of looks; null: nobody is signed in. */
  actorId: string | null = null,
  reason: CheckReason = {},
): Promise<VerifyView> {
  const key = await findKey(p, idOf(p, input));
  const unit = key && (await findUnitStanding(p, key.unitCode));
  const now = p.time.now();
  if (!key || !unit) {
    const foreign = 'number' in input && !isNumberInScope(input.number);
    return sealAnswer(p, now, { verdict: foreign ? 'outOfScope' : 'noMatch', ...NOTHING });
  }
  await recordCheck(p, actorId, key, reason);
  const on = legalDayOf(now);
  const { status, changedOn } = standingOf(unit, key, on);
  const flags = restrictionsOf(settleUnit(unit, on), on);
  const ended = await findCancelledByOffice(p, key.certificateId);
  const endedOn = ended && legalDayOf(ended);
  // A QR is of the electronic form; a registration that has ended itself says so first.
  const dead = endedOn !== null && status === 'valid' && 'token' in input;
  return sealAnswer(p, now, {
    verdict: dead ? 'cancelled' : status,
    number: key.number,
    kind: key.kind,
    registeredOn: key.registeredOn,
    changedOn: dead ? endedOn : changedOn,
    electronicCancelledOn: endedOn,
    holdersMasked: key.holdersMasked,
    flags: status === 'valid' && !dead ? flags : null,
  });
}

function idOf(p: Platform, input: VerifyInput): string {
  return 'token' in input
    ? tokenKeyOf(p, input.token)
    : nameKeyOf(p, foldAnyCertificateNo(input.number) ?? '', input.holderName);
}

/** 状态证明 for whoever knows number and holder, or has the code; the same answer for a wrong name and for an absent number. */
export async function stateCertificate(
  p: Platform,
  input: VerifyInput,
  actorId: string | null = null,
): Promise<StatusView> {
  const key = await findKey(p, idOf(p, input));
  if (key) await recordCheck(p, actorId, key);
  const stated = key && (await stateStanding(p, key));
  return { statement: stated?.note ?? null };
}

const NOTHING = {
  number: null,
  kind: null,
  registeredOn: null,
  changedOn: null,
  holdersMasked: null,
  electronicCancelledOn: null,
  flags: null,
};

async function findKey(p: Platform, id: string): Promise<CertificateKeyDocument | null> {
  const { cache, find } = readerOf(p);
  const known = cache.get(id);
  if (known) return known;
  const found = await find(id);
  if (found) cache.set(id, found);
  return found;
}

/** Without letters and digits that are taken for one another when read aloud or copied by hand. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Adds the moment and a number that only the office could have made from this very answer. */
function sealAnswer(p: Platform, now: Date, answer: Omit<VerifyView, 'checkedAt' | 'checkNo'>): VerifyView {
  const checkedAt = now.toISOString();
  const { verdict, number, changedOn } = answer;
  const mac = Buffer.from(
    p.crypto.mac('verify-slip', [checkedAt, verdict, number, changedOn].join('|')),
    'base64url',
  );
  const symbols = [...mac.subarray(0, 8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return { ...answer, checkedAt, checkNo: `HY-${symbols.slice(0, 4)}-${symbols.slice(4)}` };
}
