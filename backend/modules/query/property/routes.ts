import { Type } from 'typebox';
import { route, type AnyRoute } from '../../../platform/http/route.ts';
import { verifiedApplicant } from '../../accounts/index.ts';
import { readUnitCode } from '../../register/index.ts';
import { PropertyView } from '../contract/property.ts';
import { readProperty } from './read-property.ts';

export const propertyRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/me/units/:code',
    summary: { zh: '我的一套不动产', en: 'One of my properties' },
    access: verifiedApplicant,
    params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 80 }) }),
    answers: { 200: PropertyView },
    rateLimit: { points: 120, windowSeconds: 60, by: 'account' },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: await readProperty(p, actor, readUnitCode(params.code)),
    }),
  }),
];
