import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import type { BusinessType } from '../catalogue/index.ts';
import { maskIdNumber, maskPhone } from '../accounts/index.ts';
import type { Answers } from './answers.ts';
import type { CaseMaterial } from './application.model.ts';
import type { PartyDraft } from './parties.ts';

// canonicalize is CommonJS with a default export; under some loaders the function sits one level deeper.
const canonicalize = ((canonicalizeModule as unknown as { default?: unknown }).default ??
  canonicalizeModule) as (value: unknown) => string | undefined;

/**
 * What is filed and signed, in one canonical text (RFC 8785). Every applicant may read it whole, so numbers of
 * documents and phones stand in it masked, each with a keyed fingerprint: another number gives another text, yet
 * nobody learns a number from it.
 */
export interface Filing {
  format: 'application-filing/1';
  caseId: string;
  businessType: string;
  units: string[];
  parties: {
    role: string;
    kind: string;
    name: string;
    idKind: string;
    idNumber: string;
    idFingerprint: string;
    phone: string | null;
    phoneFingerprint: string | null;
    share: string | null;
    /** 证件变更: the number in the register, of who applies under a new one. */
    former?: { idKind: string; idNumber: string; idFingerprint: string };
  }[];
  answers: Record<string, unknown>;
  materials: { code: string; files: { sha256: string; size: number }[] }[];
}

export interface FilingSource {
  caseId: string;
  type: Pick<BusinessType, 'code' | 'version' | 'applicants'>;
  unitCodes: readonly string[];
  answers: Answers;
  parties: readonly PartyDraft[];
  materials: readonly CaseMaterial[];
  /** Keyed and one-way, 43 characters. */
  fingerprint(purpose: string, value: string): string;
}

/** Pure. Lists of parties in the answers are replaced by `parties`, which say the same without open numbers. */
export function buildFiling(source: FilingSource): Filing {
  const { caseId, type, unitCodes, parties, materials, fingerprint } = source;
  const partyKeys = new Set(type.applicants.roles.map(({ answerKey }) => answerKey));
  const own = Object.fromEntries(Object.entries(source.answers).filter(([key]) => !partyKeys.has(key)));
  const answers = hideNumbers(own, (text) => fingerprint('filing-value', `${caseId}|${text}`)) as Answers;
  return {
    format: 'application-filing/1',
    caseId,
    businessType: `${type.code}@${type.version}`,
    units: [...unitCodes],
    parties: parties.map(({ role, kind, name, idKind, idNumber, phone, share, former }) => ({
      role,
      kind,
      name,
      idKind,
      idNumber: maskIdNumber(idNumber),
      idFingerprint: fingerprint('filing-id-number', `${caseId}|${idNumber}`),
      phone: phone === null ? null : maskPhone(phone),
      phoneFingerprint: phone === null ? null : fingerprint('filing-phone', `${caseId}|${phone}`),
      share: share && `${share.numerator}/${share.denominator}`,
      ...(former
        ? {
            former: {
              idKind: former.idKind,
              idNumber: maskIdNumber(former.idNumber),
              idFingerprint: fingerprint('filing-id-number', `${caseId}|${former.idNumber}`),
            },
          }
        : {}),
    })),
    answers,
    materials: materials
      .filter(({ files }) => files.length > 0)
      .map(({ code, files }) => ({ code, files: files.map(({ sha256, size }) => ({ sha256, size })) })),
  };
}

/** Numbers of documents and phones, wherever a form keeps them, give way to a mask and a fingerprint. */
function hideNumbers(value: unknown, fingerprint: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => hideNumbers(item, fingerprint));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]: [string, unknown]) => {
      const mask = /idNumber$/i.test(key) ? maskIdNumber : /phone$/i.test(key) ? maskPhone : null;
      if (!mask || typeof child !== 'string') return [key, hideNumbers(child, fingerprint)];
      return [key, { masked: mask(child), fingerprint: fingerprint(child) }];
    }),
  );
}

export interface SealedFiling {
  canonical: string;
  /** SHA-256 of the canonical text in UTF-8, hexadecimal: what each applicant signs. */
  hash: string;
}

export function sealFiling(filing: Filing): SealedFiling {
  const canonical = canonicalize(filing) ?? '';
  return { canonical, hash: createHash('sha256').update(canonical, 'utf8').digest('hex') };
}
