import { Type } from 'typebox';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import { availableSpan, readAvailability } from './availability.ts';
import { AvailabilityQuery, AvailabilityView, HallId, HallList } from './contract.ts';
import { listHalls, serviceFor } from './list-halls.ts';

/** What everybody may read without signing in. Answers are at most a second old. */
export const hallRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/booking-halls',
    summary: { zh: '可以网上预约的大厅和业务', en: 'Halls that take appointments, and for what' },
    access: anyone,
    answers: { 200: HallList },
    publicCacheSeconds: 60,
    handle: async ({ p }) => ({ status: 200, body: { items: await listHalls(p) } }),
  }),
  route({
    method: 'get',
    path: '/api/offices/:id/slots',
    summary: {
      zh: '一个大厅每天哪些时段可约',
      en: 'Free windows of a hall by day, with the reason where there is none',
    },
    access: anyone,
    params: Type.Object({ id: HallId }),
    query: AvailabilityQuery,
    answers: { 200: AvailabilityView, 304: null },
    publicCacheSeconds: 1,
    async handle({ p, params, query, ctx }) {
      const { etag, body } = await readAvailability(p, {
        hall: params.id,
        pool: query.pool ?? 'public',
        service: query.service ?? (await serviceFor(p, params.id, query.businessType)),
        ...availableSpan(p.time.now(), query),
      });
      const quoted = `"${etag}"`;
      const known = ctx.get('If-None-Match').split(',');
      if (known.some((tag) => tag.trim().replace(/^W\//, '') === quoted))
        return { status: 304, headers: { ETag: quoted } };
      return { status: 200, headers: { ETag: quoted }, body, reusable: true };
    },
  }),
];
