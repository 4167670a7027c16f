import { Type } from 'typebox';
import { route, type AnyRoute } from '../../../platform/http/route.ts';
import { verifiedApplicant } from '../../accounts/index.ts';
import { readUnitCode } from '../../register/index.ts';
import {
  AuthorisedLook,
  GiveGrant,
  GrantList,
  GrantParams,
  GrantView,
  UseGrant,
} from '../contract/grants.ts';
import { giveGrant } from './give-grant.ts';
import { listGrants } from './list-grants.ts';
import { revokeGrant } from './revoke-grant.ts';
import { useGrant } from './use-grant.ts';

const unitParams = Type.Object({ code: Type.String({ minLength: 1, maxLength: 80 }) });

export const grantRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/me/units/:code/grants',
    summary: { zh: '授权他人查看我的一套不动产', en: 'Let somebody look at one of my properties' },
    access: verifiedApplicant,
    params: unitParams,
    body: GiveGrant,
    answers: { 201: GrantView },
    rateLimit: { points: 30, windowSeconds: 3600, by: 'account' },
    handle: async ({ p, actor, params, body, idempotencyKey }) => ({
      status: 201,
      body: await giveGrant(p, actor, readUnitCode(params.code), body, idempotencyKey),
    }),
  }),
  route({
    method: 'get',
    path: '/api/me/units/:code/grants',
    summary: { zh: '我和共有人给出的授权', en: 'Permissions that the owners gave' },
    access: verifiedApplicant,
    params: unitParams,
    answers: { 200: GrantList },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: { items: await listGrants(p, actor, readUnitCode(params.code)) },
    }),
  }),
  route({
    method: 'post',
    path: '/api/me/grants/:id/revoke',
    summary: { zh: '收回授权', en: 'Take a permission back' },
    access: verifiedApplicant,
    params: GrantParams,
    answers: { 200: GrantView },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: await revokeGrant(p, actor, params.id),
    }),
  }),
  route({
    method: 'post',
    path: '/api/authorised-looks',
    summary: { zh: '凭授权查看一套不动产', en: 'Look at a property by a permission' },
    access: verifiedApplicant,
    body: UseGrant,
    answers: { 200: AuthorisedLook },
    // 256 bits are guessed by nobody; the limit keeps a stolen link from being reloaded all day.
    rateLimit: { points: 30, windowSeconds: 600, by: 'account-and-address' },
    handle: async ({ p, actor, body }) => ({ status: 200, body: await useGrant(p, actor, body.token) }),
  }),
];
