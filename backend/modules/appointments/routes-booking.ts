import { Type } from 'typebox';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import { applicant, staffWith, verifiedApplicant } from '../accounts/index.ts';
import { bookFor } from './book-for.ts';
import { bookerOf, requireOwnHall } from './booker.ts';
import { cancelBooking } from './cancel.ts';
import { claimInTurn } from './claim-in-turn.ts';
import { confirmHold } from './confirm.ts';
import {
  BookForInput,
  BookingDetail,
  BookingId,
  BookingView,
  CancelOutcome,
  ClaimInput,
  MyBookings,
  RescheduleInput,
  WaitInput,
  WaitingRoomView,
  WaitingView,
} from './contract.ts';
import { reschedule } from './reschedule.ts';
import { listMyBookings, viewBookingAtDesk, viewBookingDetail } from './view-booking.ts';
import { joinLine, leaveLine } from './wait.ts';

const byId = Type.Object({ id: BookingId });
/** Who answers the telephone and stands at reception. */
export const reception = staffWith('acceptance', 'sectionHead');

/**
 * A citizen's and an organisation's own bookings. How often one person may claim is counted in memory (attempts.ts), as a counter in
 * the database would cost more than the claim.
 */
export const bookingRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/appointments',
    summary: { zh: '预约', en: 'Book an appointment' },
    access: verifiedApplicant,
    body: ClaimInput,
    answers: { 201: BookingView, 202: WaitingRoomView },
    async handle({ p, actor, body, address }) {
      const answer = await claimInTurn(p, actor, body, address);
      return { status: 'waitingRoom' in answer ? 202 : 201, body: answer };
    },
  }),
  route({
    method: 'get',
    path: '/api/appointments',
    summary: { zh: '我的预约', en: 'My appointments' },
    access: applicant,
    answers: { 200: MyBookings },
    handle: async ({ p, actor }) => ({ status: 200, body: await listMyBookings(p, actor) }),
  }),
  route({
    method: 'post',
    path: '/api/appointments/for-others',
    summary: { zh: '代为预约（电话、窗口）', en: 'Book for somebody on the phone or at the counter' },
    access: reception,
    body: BookForInput,
    answers: { 201: BookingView },
    rateLimit: { points: 60, windowSeconds: 60, by: 'account' },
    handle: async ({ p, actor, body }) => ({ status: 201, body: await bookFor(p, actor, body) }),
  }),
  route({
    method: 'post',
    path: '/api/appointments/waiting',
    summary: { zh: '排队候补', en: 'Wait in line for a full window' },
    access: verifiedApplicant,
    body: WaitInput,
    answers: { 201: WaitingView },
    handle: async ({ p, actor, body }) => ({ status: 201, body: await joinLine(p, actor, body) }),
  }),
  route({
    method: 'delete',
    path: '/api/appointments/waiting/:id',
    summary: { zh: '不再候补', en: 'Leave the line' },
    access: applicant,
    params: byId,
    answers: { 204: null },
    async handle({ p, actor, params }) {
      await leaveLine(p, actor, params.id);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/api/appointments/:id',
    summary: { zh: '一个预约和要带什么', en: 'One appointment, and what to bring' },
    access: applicant,
    params: byId,
    answers: { 200: BookingDetail },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: await viewBookingDetail(p, actor, params.id),
    }),
  }),
  route({
    method: 'post',
    path: '/api/appointments/:id/cancel',
    summary: { zh: '取消预约', en: 'Cancel an appointment' },
    access: applicant,
    params: byId,
    answers: { 200: CancelOutcome },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: await cancelBooking(p, {
        id: params.id,
        actorId: actor.accountId,
        person: bookerOf(p, actor).person,
      }),
    }),
  }),
  route({
    method: 'post',
    path: '/api/appointments/:id/cancel-for',
    summary: { zh: '代为取消', en: 'Cancel for somebody who asks at the hall' },
    access: reception,
    params: byId,
    body: Type.Object({
      /** Claimable at once, instead of after a random time. */
      freeAtOnce: Type.Optional(Type.Boolean()),
      /** The office's doing, such as a desk that broke down: it counts against nobody. */
      byOffice: Type.Optional(Type.Boolean()),
    }),
    answers: { 200: CancelOutcome },
    async handle({ p, actor, params, body }) {
      const { hall } = await viewBookingAtDesk(p, params.id);
      requireOwnHall(actor, hall.id);
      const order = { id: params.id, actorId: actor.accountId, person: null, clerk: actor, ...body };
      return { status: 200, body: await cancelBooking(p, order) };
    },
  }),
  route({
    method: 'post',
    path: '/api/appointments/:id/reschedule',
    summary: { zh: '改签', en: 'Move an appointment to another window' },
    access: verifiedApplicant,
    params: byId,
    body: RescheduleInput,
    answers: { 200: BookingView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await reschedule(p, actor, params.id, body),
    }),
  }),
  route({
    method: 'post',
    path: '/api/appointments/:id/confirm',
    summary: { zh: '确认留给我的号', en: 'Take a seat that is held for me' },
    access: verifiedApplicant,
    params: byId,
    answers: { 200: BookingView },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: await confirmHold(p, actor, params.id),
    }),
  }),
];
