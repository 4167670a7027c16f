import { Type } from 'typebox';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import { applicant, verifiedApplicant } from '../accounts/index.ts';
import { BookingId, DrawDay, DrawView, IntentInput, IntentList, IntentView } from './contract.ts';
import type { DrawDocument } from './draw.model.ts';
import { enterDraw, getDraw, leaveDraw, listMyIntents } from './enter-draw.ts';

const byId = Type.Object({ id: BookingId });

function presentDraw(draw: DrawDocument): DrawView {
  const { hall, date, state, commitment, seed, listHash, list, seats, results } = draw;
  return {
    hall,
    date,
    state,
    commitment,
    opensAt: draw.opensAt.toISOString(),
    closesAt: draw.closesAt.toISOString(),
    seed,
    listHash,
    list,
    seats,
    results,
  };
}

/** Where a hall draws lots instead of serving whoever is quickest (摇号). */
export const drawRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/offices/:id/draws/:date',
    summary: {
      zh: '一天的摇号：承诺、名单和结果，谁都能复核',
      en: 'The draw of a day, for anybody to do it again',
    },
    access: anyone,
    params: DrawDay,
    answers: { 200: DrawView },
    rateLimit: { points: 60, windowSeconds: 60, by: 'address' },
    handle: async ({ p, params }) => ({
      status: 200,
      body: presentDraw(await getDraw(p, params.id, params.date)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/draws/:date/intents',
    summary: { zh: '登记摇号', en: 'Enter a draw' },
    access: verifiedApplicant,
    params: DrawDay,
    body: IntentInput,
    answers: { 201: IntentView },
    handle: async ({ p, actor, params, body }) => ({
      status: 201,
      body: await enterDraw(p, actor, { hall: params.id, date: params.date }, body),
    }),
  }),
  route({
    method: 'get',
    path: '/api/draw-intents',
    summary: { zh: '我登记的摇号', en: 'Draws that I entered' },
    access: applicant,
    answers: { 200: IntentList },
    handle: async ({ p, actor }) => ({ status: 200, body: { items: await listMyIntents(p, actor) } }),
  }),
  route({
    method: 'delete',
    path: '/api/draw-intents/:id',
    summary: { zh: '退出摇号', en: 'Leave a draw' },
    access: applicant,
    params: byId,
    answers: { 204: null },
    async handle({ p, actor, params }) {
      await leaveDraw(p, actor, params.id);
      return { status: 204 };
    },
  }),
];
