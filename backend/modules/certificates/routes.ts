import { Type } from 'typebox';
import { anyone, route, type Answer, type AnyRoute, type RateLimit } from '../../platform/http/route.ts';
import { OBJECT_ID_PATTERN } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { applicant, signedIn } from '../accounts/index.ts';
import { holderIndexOf } from '../register/index.ts';
import type { CertificateDocument } from './certificate.model.ts';
import {
  CertificateView,
  MyCertificatesView,
  PublicKeysView,
  StatusView,
  VerifyInput,
  VerifyView,
} from './contract.ts';
import { presentCertificate } from './present.ts';
import { printCertificate, verifyUrlOf } from './print.ts';
import { findCertificatesOf, getCertificateFor } from './reads.ts';
import { demandElectronic } from './electronic/ended.ts';
import { stateCertificate, verifyCertificate } from './verify.ts';

const Id = Type.Object({ id: Type.String({ pattern: OBJECT_ID_PATTERN }) });

/**
 * A notary checks dozens a day; walking along numbers with a list of names takes thousands of misses. Both ways to ask whether a name
 * belongs to a number share it.
 */
export const MISSES = {
  points: 20,
  windowSeconds: 60,
  by: 'account-and-address',
  shared: 'certificates.misses',
} as const satisfies RateLimit;

/** As its holder and staff see it. */
export function viewCertificate(p: Platform, certificate: CertificateDocument): CertificateView {
  return presentCertificate(certificate, verifyUrlOf(p, certificate));
}

/** As with `isMiss`. */
const isStatusMiss = ({ body }: Answer): boolean => (body as StatusView).statement === null;

/** Only misses count: a number that comes with its holder's name tells its asker nothing new. */
function isMiss({ body }: Answer): boolean {
  const { verdict } = body as VerifyView;
  return verdict === 'noMatch' || verdict === 'outOfScope';
}

export const routes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/certificates/verify',
    summary: { zh: '核验证书或登记证明', en: 'Verify a certificate' },
    access: anyone,
    body: VerifyInput,
    answers: { 200: VerifyView },
    rateLimit: { ...MISSES, counts: isMiss },
    handle: async ({ p, actor, body }) => ({
      status: 200,
      body: await verifyCertificate(p, body, actor?.accountId ?? null),
    }),
  }),
  route({
    method: 'post',
    path: '/api/certificates/status',
    summary: { zh: '出具证书的状态证明', en: 'A signed statement of whether a certificate is in force' },
    access: anyone,
    body: VerifyInput,
    answers: { 200: StatusView },
    rateLimit: { ...MISSES, counts: isStatusMiss },
    handle: async ({ p, actor, body }) => ({
      status: 200,
      body: await stateCertificate(p, body, actor?.accountId ?? null),
    }),
  }),
  route({
    method: 'get',
    path: '/api/certificates/public-keys',
    summary: { zh: '证书签名的公钥', en: 'Public keys of the signatures on certificates' },
    access: anyone,
    answers: { 200: PublicKeysView },
    publicCacheSeconds: 3600,
    handle({ p }) {
      const items = [...p.crypto.signatures.publicKeys].map(([keyId, publicKeyPem]) => ({
        keyId,
        algorithm: 'Ed25519' as const,
        publicKeyPem,
      }));
      return Promise.resolve({ status: 200, body: { items } });
    },
  }),
  route({
    method: 'get',
    path: '/api/certificates/:id',
    summary: { zh: '查看证书', en: 'One certificate' },
    access: signedIn,
    params: Id,
    answers: { 200: CertificateView },
    async handle({ p, actor, params }) {
      return { status: 200, body: viewCertificate(p, await getCertificateFor(p, actor, params.id)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/certificates/:id/pdf',
    summary: { zh: '下载证书 PDF', en: 'Download a certificate as PDF' },
    access: signedIn,
    params: Id,
    answers: { 200: 'application/pdf' },
    // A PDF costs about 0.3 s of processor time.
    rateLimit: { points: 30, windowSeconds: 60, by: 'account' },
    async handle({ p, actor, params }) {
      const certificate = await getCertificateFor(p, actor, params.id);
      await demandElectronic(p, certificate._id);
      const stream = await printCertificate(p, certificate);
      const name = encodeURIComponent(`${certificate.number}.pdf`);
      const disposition = `inline; filename="certificate.pdf"; filename*=UTF-8''${name}`;
      return {
        status: 200,
        type: 'application/pdf',
        stream,
        headers: { 'Content-Disposition': disposition },
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/me/certificates',
    summary: { zh: '我的证书', en: 'My certificates' },
    access: applicant,
    query: Type.Object({
      cursor: Type.Optional(Type.String({ maxLength: 60 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    answers: { 200: MyCertificatesView },
    async handle({ p, actor, query }) {
      const holder = holderIndexOf(p, actor);
      if (holder === null) return { status: 200, body: { items: [], nextCursor: null } };
      const page = await findCertificatesOf(p, holder, {
        after: query.cursor ?? null,
        limit: query.limit ?? 50,
      });
      return {
        status: 200,
        body: { items: page.items.map((one) => viewCertificate(p, one)), nextCursor: page.next },
      };
    },
  }),
];
