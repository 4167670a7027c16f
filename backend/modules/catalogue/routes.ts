import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { Type } from 'typebox';
import { anyone, route, type Answer } from '../../platform/http/route.ts';
import {
  BUSINESS_TYPE_CODE,
  BusinessTypeDetail,
  BusinessTypeList,
  DictionaryList,
  District,
  Office,
  OfficeList,
} from './contract.ts';
import { catalogueDigest, getBusinessType, listBusinessTypes } from './get-business-type.ts';
import { getOffice, listOffices } from './list-offices.ts';
import { listDictionaries, listDistricts } from './load-offices.ts';
import { connectedServices } from './materials-for.ts';
import { presentSummary } from './present.ts';

/** Guides may be a minute old; a browser that has one asks again with its ETag and usually gets 304. */
const CACHE_SECONDS = 60;

/** 304 when the reader already has this state of things. Weak tags compare alike (RFC 9110 §13.1.2). */
function withEtag(ctx: Context, tag: string, body: () => unknown): Answer {
  const etag = `"${tag}"`;
  const known = ctx
    .get('If-None-Match')
    .split(',')
    .map((text) => text.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers: { ETag: etag } };
  return { status: 200, headers: { ETag: etag }, body: body() };
}

const digestOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

export const catalogueRoutes = [
  route({
    method: 'get',
    path: '/api/business-types',
    summary: { zh: '能办哪些登记业务', en: 'The registration services there are' },
    access: anyone,
    answers: { 200: BusinessTypeList, 304: null },
    publicCacheSeconds: CACHE_SECONDS,
    handle: async ({ p, ctx }) => {
      const types = await listBusinessTypes(p);
      const tag = `${await catalogueDigest(p)}-${digestOf(types.map(({ code, version, limits }) => [code, version, limits]))}`;
      return withEtag(ctx, tag, () => ({ items: types.map(presentSummary) }));
    },
  }),
  route({
    method: 'get',
    path: '/api/business-types/:code',
    summary: { zh: '一类业务的办事指南和表单', en: 'Guide and form of one service' },
    access: anyone,
    params: Type.Object({ code: Type.String({ pattern: BUSINESS_TYPE_CODE }) }),
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, maximum: 9999 })) }),
    answers: { 200: BusinessTypeDetail, 304: null },
    publicCacheSeconds: CACHE_SECONDS,
    handle: async ({ p, ctx, params, query }) => {
      const type = await getBusinessType(
        p,
        params.code,
        query.version === undefined ? {} : { version: query.version },
      );
      const connected = await connectedServices();
      const tag = `${await catalogueDigest(p)}-${type.code}-${type.version}-${digestOf([type.limits, connected])}`;
      return withEtag(ctx, tag, () => ({ ...type, connectedServices: connected }));
    },
  }),
  route({
    method: 'get',
    path: '/api/offices',
    summary: { zh: '办事大厅', en: 'Registration halls' },
    access: anyone,
    answers: { 200: OfficeList },
    publicCacheSeconds: CACHE_SECONDS,
    handle: async ({ p }) => ({ status: 200, body: { items: await listOffices(p) } }),
  }),
  route({
    method: 'get',
    path: '/api/offices/:id',
    summary: { zh: '一个办事大厅', en: 'One registration hall' },
    access: anyone,
    params: Type.Object({ id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }) }),
    answers: { 200: Office },
    publicCacheSeconds: CACHE_SECONDS,
    handle: async ({ p, params }) => ({ status: 200, body: await getOffice(p, params.id) }),
  }),
  route({
    method: 'get',
    path: '/api/dictionaries',
    summary: { zh: '代码和名称对照', en: 'Codes and their names' },
    access: anyone,
    answers: { 200: DictionaryList },
    publicCacheSeconds: CACHE_SECONDS,
    handle: async () => ({ status: 200, body: { items: await listDictionaries() } }),
  }),
  route({
    method: 'get',
    path: '/api/districts',
    summary: { zh: '县、市、区', en: 'Districts and counties' },
    access: anyone,
    answers: { 200: Type.Object({ items: Type.Array(District) }) },
    publicCacheSeconds: CACHE_SECONDS,
    handle: async () => ({ status: 200, body: { items: await listDistricts() } }),
  }),
];
