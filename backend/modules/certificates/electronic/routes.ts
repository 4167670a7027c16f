import { Type } from 'typebox';
import type { Context } from 'koa';
import { anyone, route, type AnyRoute } from '../../../platform/http/route.ts';
import type { Sentence } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { administrator } from '../../accounts/index.ts';
import { cancelByAdministrator, cancelEnded } from './cancel.ts';
import { checkElectronic } from './check.ts';
import * as wire from './contract.ts';
import { downloadElectronic } from './download.ts';
import { issueElectronic, updateElectronic } from './issue.ts';
import { viewElectronic, type Electronic } from './lookup.ts';
import { makeElectronic } from './make.ts';
import { countingMisses } from './misses.ts';
import { createSystem, listSystems, revokeSystem, systemOf } from './systems.ts';

/**
 * The systems of an authority share an address, so this is generous; what it stops is guessing keys (256 bits) at the cost of the
 * database.
 */
const LIMIT = { points: 600, windowSeconds: 60, by: 'address' } as const;
const systemOfRequest = (p: Platform, ctx: Context, operation: wire.ElectronicOperation) =>
  systemOf(p, ctx.get('Authorization'), operation);

/** Nothing is told, and a name or a number was tried. */
const isMiss = ({ certificate }: wire.ElectronicCheckView): boolean => certificate.number === null;

type Act = (p: Platform, systemId: string, number: string) => Promise<Electronic>;

/** An operation that names a certificate and answers how its electronic form stands. The key in `Authorization` is who asks. */
const operation = (name: wire.ElectronicOperation, summary: Sentence, act: Act): AnyRoute =>
  route({
    method: 'post',
    path: `/api/e-certificates/${name}`,
    summary,
    access: anyone,
    body: wire.ElectronicNumber,
    answers: { 200: wire.ElectronicView },
    rateLimit: LIMIT,
    async handle({ p, ctx, body }) {
      const { _id } = await systemOfRequest(p, ctx, name);
      return { status: 200, body: viewElectronic(await act(p, _id, body.number)) };
    },
  });

const operations: readonly AnyRoute[] = [
  operation('make', { zh: '电子证照·制证', en: 'Electronic certificate: make' }, makeElectronic),
  operation('update', { zh: '电子证照·更新', en: 'Electronic certificate: update' }, (p, _, number) =>
    updateElectronic(p, number),
  ),
  operation('issue', { zh: '电子证照·签发', en: 'Electronic certificate: issue' }, issueElectronic),
  operation('cancel', { zh: '电子证照·注销', en: 'Electronic certificate: cancel' }, (p, _, number) =>
    cancelEnded(p, number),
  ),
  route({
    method: 'post',
    path: '/api/e-certificates/download',
    summary: { zh: '电子证照·下载', en: 'Electronic certificate: download' },
    access: anyone,
    body: wire.ElectronicDownload,
    answers: { 200: 'application/pdf' },
    // A PDF costs about 0.3 s of processor time.
    rateLimit: { points: 60, windowSeconds: 60, by: 'address' },
    async handle({ p, ctx, body }) {
      const { _id } = await systemOfRequest(p, ctx, 'download');
      const { number, pdf } = await countingMisses(p, _id, () => downloadElectronic(p, _id, body));
      const disposition = `attachment; filename="certificate.pdf"; filename*=UTF-8''${encodeURIComponent(`${number}.pdf`)}`;
      return {
        status: 200,
        type: 'application/pdf',
        stream: pdf,
        headers: { 'Content-Disposition': disposition },
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/e-certificates/check',
    summary: { zh: '电子证照·核对', en: 'Electronic certificate: check' },
    access: anyone,
    body: wire.ElectronicCheckInput,
    answers: { 200: wire.ElectronicCheckView },
    rateLimit: LIMIT,
    async handle({ p, ctx, body }) {
      const { _id } = await systemOfRequest(p, ctx, 'check');
      return { status: 200, body: await countingMisses(p, _id, () => checkElectronic(p, _id, body), isMiss) };
    },
  }),
];

const administration: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/admin/e-certificate-systems',
    summary: { zh: '可调用电子证照接口的系统', en: 'Systems that may call the electronic certificates' },
    access: administrator,
    answers: { 200: wire.SystemListView },
    handle: async ({ p }) => ({ status: 200, body: { items: await listSystems(p) } }),
  }),
  route({
    method: 'post',
    path: '/api/admin/e-certificate-systems',
    summary: { zh: '登记一个外部系统并给出密钥', en: 'Let a system in and give it a key' },
    access: administrator,
    body: wire.CreateSystem,
    answers: { 201: wire.CreatedSystemView },
    handle: async ({ p, actor, body }) => ({ status: 201, body: await createSystem(p, actor, body) }),
  }),
  route({
    method: 'post',
    path: '/api/admin/e-certificate-systems/:id/revoke',
    summary: { zh: '停用外部系统的密钥', en: 'Revoke the key of a system' },
    access: administrator,
    params: wire.SystemIdParams,
    body: Type.Object({}),
    answers: { 200: wire.SystemView },
    handle: async ({ p, actor, params }) => ({ status: 200, body: await revokeSystem(p, actor, params.id) }),
  }),
  route({
    method: 'post',
    path: '/api/admin/e-certificates/cancel',
    summary: {
      zh: '注销电子证照（不影响登记）',
      en: 'Cancel an electronic certificate; the registration stays',
    },
    access: administrator,
    body: wire.CancelElectronic,
    answers: { 200: wire.ElectronicView },
    handle: async ({ p, actor, body }) => ({
      status: 200,
      body: viewElectronic(await cancelByAdministrator(p, actor, body)),
    }),
  }),
];

export const electronicRoutes: readonly AnyRoute[] = [...operations, ...administration];
