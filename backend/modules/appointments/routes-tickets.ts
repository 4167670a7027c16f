import { Type } from 'typebox';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { applicant, staffWith } from '../accounts/index.ts';
import { requireOwnHall } from './booker.ts';
import { checkInAtHall, checkInOwn } from './check-in.ts';
import { confirmAtReception } from './confirm-priority.ts';
import {
  BookingId,
  CheckInInput,
  ConfirmPriorityInput,
  DeskInput,
  DeskTicket,
  HallCheckInInput,
  HallId,
  ScreenView,
  TicketList,
  TicketView,
  TransferInput,
  WalkInInput,
} from './contract.ts';
import * as desk from './desk.ts';
import { listTickets } from './list-tickets.ts';
import { reception } from './routes-booking.ts';
import { readScreen } from './screen.ts';
import { getTicket, issueTicket } from './tickets.ts';
import { viewTicket } from './view-ticket.ts';

const hallParams = Type.Object({ id: HallId });
const ticketParams = Type.Object({ id: BookingId });
/** Who serves at a desk. */
const deskStaff = staffWith('acceptance', 'issuance', 'sectionHead');

type DeskAct = 'recall' | 'finish' | 'park' | 'miss';

const deskAct = (act: DeskAct, path: string, zh: string, en: string): AnyRoute =>
  route({
    method: 'post',
    path: `/api/tickets/:id/${path}`,
    summary: { zh, en },
    access: deskStaff,
    params: ticketParams,
    body: DeskInput,
    answers: { 200: TicketView },
    async handle({ p, actor, params, body }) {
      const { hall } = await getTicket(p, params.id);
      const ticket = await desk[act](p, actor, { hall, desk: body.desk, id: params.id });
      return { status: 200, body: await viewTicket(p, ticket) };
    },
  });

const deskView = async (p: Platform, { ticket, waiting }: desk.DeskAnswer) => ({
  ticket: ticket && (await viewTicket(p, ticket)),
  waiting,
});

/** On the day: check-in, tickets, desks and the hall's screen. */
export const ticketRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/appointments/:id/check-in',
    summary: {
      zh: '到大厅取号（本人手机）',
      en: 'Check in on one’s own phone; a priority counts once a clerk has confirmed it',
    },
    access: applicant,
    params: ticketParams,
    body: CheckInInput,
    answers: { 200: TicketView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await checkInOwn(p, actor, params.id, body.priority ?? 'none'),
    }),
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/check-in',
    summary: {
      zh: '导办台取号：扫码、刷身份证或报预约号',
      en: 'Check in at reception, by code, ID card or number',
    },
    access: reception,
    params: hallParams,
    body: HallCheckInInput,
    answers: { 200: TicketView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await checkInAtHall(p, actor, { hall: params.id, ...body }),
    }),
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/tickets',
    summary: { zh: '取现场号', en: 'A ticket for who comes without an appointment' },
    access: reception,
    params: hallParams,
    body: WalkInInput,
    answers: { 201: TicketView },
    async handle({ p, actor, params, body }) {
      requireOwnHall(actor, params.id);
      const { id, service, priority = 'none' } = body;
      const ticket = await issueTicket(p, { id, hall: params.id, service, priority, booked: null });
      return { status: 201, body: await viewTicket(p, ticket) };
    },
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/priority',
    summary: {
      zh: '看过证件，确认优先',
      en: 'Confirm the priority of a ticket whose document was looked at',
    },
    access: reception,
    params: hallParams,
    body: ConfirmPriorityInput,
    answers: { 200: TicketView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await confirmAtReception(p, actor, { hall: params.id, ...body }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/offices/:id/tickets',
    summary: {
      zh: '今天排队的号，和本窗口正在办的号',
      en: 'Tickets of today that are not finished, and the one at a desk',
    },
    access: deskStaff,
    params: hallParams,
    query: Type.Object({ desk: Type.Optional(DeskInput.properties.desk) }),
    answers: { 200: TicketList },
    async handle({ p, actor, params, query }) {
      requireOwnHall(actor, params.id);
      return { status: 200, body: await listTickets(p, params.id, query.desk ?? null) };
    },
  }),
  route({
    method: 'get',
    path: '/api/offices/:id/screen',
    summary: { zh: '大厅叫号屏', en: 'The hall’s screen: called, waiting, next' },
    access: anyone,
    params: hallParams,
    answers: { 200: ScreenView },
    publicCacheSeconds: 1,
    handle: async ({ p, params }) => ({ status: 200, body: await readScreen(p, params.id), reusable: true }),
  }),
  route({
    method: 'get',
    path: '/api/tickets/:id',
    // Whoever has the ticket has its id, which nobody guesses; it says a number and a place, no name.
    summary: { zh: '一个排队号：前面几位、约等多久', en: 'A ticket: how many before it, and about how long' },
    access: anyone,
    params: ticketParams,
    answers: { 200: TicketView },
    rateLimit: { points: 120, windowSeconds: 60, by: 'address' },
    handle: async ({ p, params }) => ({
      status: 200,
      body: await viewTicket(p, await getTicket(p, params.id)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/call-next',
    summary: { zh: '叫下一位', en: 'Call the next ticket to a desk' },
    access: deskStaff,
    params: hallParams,
    body: DeskInput,
    answers: { 200: DeskTicket },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await deskView(p, await desk.callNext(p, actor, { hall: params.id, desk: body.desk })),
    }),
  }),
  deskAct('recall', 'recall', '重呼', 'Call again'),
  deskAct('finish', 'finish', '办结', 'Finish'),
  deskAct('park', 'park', '挂起', 'Park: comes back into the line later'),
  deskAct('miss', 'missed', '过号', 'Called and not there'),
  route({
    method: 'post',
    path: '/api/tickets/:id/transfer',
    summary: { zh: '转到别的业务', en: 'Transfer to another service' },
    access: deskStaff,
    params: ticketParams,
    body: Type.Object({ ...DeskInput.properties, ...TransferInput.properties }),
    answers: { 200: TicketView },
    async handle({ p, actor, params, body }) {
      const { hall } = await getTicket(p, params.id);
      const ticket = await desk.transfer(p, actor, { hall, id: params.id, ...body });
      return { status: 200, body: await viewTicket(p, ticket) };
    },
  }),
  route({
    method: 'post',
    path: '/api/tickets/:id/resume',
    summary: { zh: '恢复排队', en: 'Back into the line' },
    access: deskStaff,
    params: ticketParams,
    answers: { 200: TicketView },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: await viewTicket(p, await desk.resume(p, actor, params.id)),
    }),
  }),
];
