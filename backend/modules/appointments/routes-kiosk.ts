import { Type } from 'typebox';
import { anyone, route, type AnyRoute } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { checkInAtKiosk } from './check-in.ts';
import {
  BookingId,
  EnableKiosk,
  HallCheckInInput,
  HallId,
  KioskMachine,
  KioskPairing,
  KioskTicket,
  KioskView,
  PairKiosk,
  WalkInInput,
} from './contract.ts';
import { errors } from './errors.ts';
import { getSchedules } from './get-schedule.ts';
import { readKioskToken, setKioskToken } from './kiosk-cookie.ts';
import type { KioskDocument } from './kiosk.model.ts';
import { enableKiosk, listKiosks, pairKiosk, revokeKiosk } from './kiosks.ts';
import { machineOf } from './known-machine.ts';
import { listHalls } from './list-halls.ts';
import { reception } from './routes-booking.ts';
import { issueTicket } from './tickets.ts';
import { viewTicket } from './view-ticket.ts';

const hallParams = Type.Object({ id: HallId });
const byId = Type.Object({ id: BookingId });

async function viewKiosk(p: Platform, { hall, name }: KioskDocument): Promise<KioskView> {
  const found = (await listHalls(p)).find(({ id }) => id === hall);
  if (!found) return errors.fail('appointments.hall_unknown');
  const { services } = await getSchedules(p);
  return {
    hall,
    hallName: found.name,
    name,
    services: found.services.map(({ code, name: label }) => ({
      code,
      name: services.get(code)?.name ?? label,
    })),
  };
}

/** 自助取号: machines of a hall, and what can be done at one. Whoever stands before it is nobody in particular: what counts is the machine. */
export const kioskRoutes: readonly AnyRoute[] = [
  route({
    method: 'post',
    path: '/api/offices/:id/kiosks',
    summary: { zh: '启用一台自助取号机：给出配对码', en: 'Enable a machine: gives a pairing code' },
    access: reception,
    params: hallParams,
    body: EnableKiosk,
    answers: { 201: KioskPairing },
    rateLimit: { points: 20, windowSeconds: 600, by: 'account' },
    handle: async ({ p, actor, params, body }) => ({
      status: 201,
      body: await enableKiosk(p, actor, { hall: params.id, name: body.name }),
    }),
  }),
  route({
    method: 'get',
    path: '/api/offices/:id/kiosks',
    summary: { zh: '本大厅的自助取号机', en: 'The hall’s machines' },
    access: reception,
    params: hallParams,
    answers: { 200: Type.Object({ items: Type.Array(KioskMachine) }) },
    handle: async ({ p, actor, params }) => ({
      status: 200,
      body: { items: await listKiosks(p, actor, params.id) },
    }),
  }),
  route({
    method: 'delete',
    path: '/api/kiosks/:id',
    summary: { zh: '停用一台自助取号机', en: 'Revoke a machine' },
    access: reception,
    params: byId,
    answers: { 204: null },
    async handle({ p, actor, params }) {
      await revokeKiosk(p, actor, params.id);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/api/kiosk/pair',
    summary: { zh: '在机器上输入配对码', en: 'Pair this machine by its code' },
    // The code is the permission: one of 10^8, for ten minutes.
    access: anyone,
    body: PairKiosk,
    answers: { 200: KioskView },
    rateLimit: { points: 10, windowSeconds: 600, by: 'address' },
    async handle({ p, ctx, body }) {
      const { kiosk, token } = await pairKiosk(p, body.code);
      setKioskToken(p, ctx, token);
      return { status: 200, body: await viewKiosk(p, kiosk) };
    },
  }),
  route({
    method: 'get',
    path: '/api/kiosk',
    summary: { zh: '这台自助取号机', en: 'This machine: its hall and services' },
    access: anyone,
    answers: { 200: KioskView },
    async handle({ p, ctx, address }) {
      const token = readKioskToken(p, ctx);
      const kiosk = await machineOf(p, { token, address }, 'look');
      setKioskToken(p, ctx, token);
      return { status: 200, body: await viewKiosk(p, kiosk) };
    },
  }),
  route({
    method: 'post',
    path: '/api/kiosk/check-in',
    summary: { zh: '自助取号：预约号、二维码或身份证', en: 'Check in by booking number, QR text or ID card' },
    access: anyone,
    body: HallCheckInInput,
    answers: { 200: KioskTicket },
    async handle({ p, ctx, body, address }) {
      const { hall } = await machineOf(p, { token: readKioskToken(p, ctx), address }, 'checkIn');
      return { status: 200, body: await checkInAtKiosk(p, { hall, ...body }) };
    },
  }),
  route({
    method: 'post',
    path: '/api/kiosk/tickets',
    summary: { zh: '自助取现场号', en: 'A walk-in ticket at the machine' },
    access: anyone,
    body: WalkInInput,
    answers: { 201: KioskTicket },
    async handle({ p, ctx, body, address }) {
      const { hall } = await machineOf(p, { token: readKioskToken(p, ctx), address }, 'ticket');
      const { id, service, priority = 'none' } = body;
      // Nobody of the hall has looked: it waits in order of arrival, and is counted, until somebody does.
      const order = { id, hall, service, priority: 'none', unconfirmed: priority, booked: null } as const;
      const ticket = await issueTicket(p, order);
      return { status: 201, body: { ticket: await viewTicket(p, ticket), name: null } };
    },
  }),
];
