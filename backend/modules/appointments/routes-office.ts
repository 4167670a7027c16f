import { Type } from 'typebox';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import { administrator, applicant, staffWith } from '../accounts/index.ts';
import { CalendarYear } from '../applications/contract.ts';
import { appealNoShow, decideAppeal, listAppeals } from './appeals.ts';
import {
  AppealDecision,
  AppealInput,
  AppealList,
  AppealView,
  BookingId,
  BookingView,
  CalendarBookings,
  HallId,
  HallSchedule,
  HallService,
  PreviewSchedule,
  PublishSchedule,
  ScheduleImpact,
  ScheduleOutcome,
} from './contract.ts';
import { downloadCalendar } from './download-calendar.ts';
import { previewSchedule, publishSchedule } from './edit-schedule.ts';
import { errors } from './errors.ts';
import { getSchedules } from './get-schedule.ts';
import { previewCalendarBookings } from './preview-calendar.ts';
import { viewBooking } from './view-booking.ts';

const byId = Type.Object({ id: BookingId });
const hallParams = Type.Object({ id: HallId });
const decides = staffWith('sectionHead', 'leader');

/** Around the bookings: calendar files, appeals, and the halls' schedules. */
export const officeRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/appointments/:id/calendar.ics',
    summary: { zh: '预约的日历文件', en: 'The appointment for one’s own calendar' },
    access: applicant,
    params: byId,
    answers: { 200: 'text/calendar' },
    async handle({ p, actor, params, language }) {
      const text = await downloadCalendar(p, actor, params.id, language);
      return {
        status: 200,
        stream: Buffer.from(text),
        type: 'text/calendar; charset=utf-8',
        headers: { 'Content-Disposition': 'attachment; filename="appointment.ics"' },
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/appointments/:id/appeal',
    summary: { zh: '爽约申诉', en: 'Appeal a no-show' },
    access: applicant,
    params: byId,
    body: AppealInput,
    answers: { 200: BookingView },
    async handle({ p, actor, params, body }) {
      await appealNoShow(p, actor, params.id, body.text);
      return { status: 200, body: await viewBooking(p, actor, params.id) };
    },
  }),
  route({
    method: 'get',
    path: '/api/appointment-appeals',
    summary: { zh: '待处理的爽约申诉', en: 'Appeals that wait' },
    access: decides,
    answers: { 200: AppealList },
    handle: async ({ p, actor }) => ({ status: 200, body: { items: await listAppeals(p, actor) } }),
  }),
  route({
    method: 'post',
    path: '/api/appointment-appeals/:id/decide',
    summary: { zh: '处理爽约申诉', en: 'Decide an appeal' },
    access: decides,
    params: byId,
    body: AppealDecision,
    answers: { 200: AppealView },
    handle: async ({ p, actor, params, body }) => ({
      status: 200,
      body: await decideAppeal(p, actor, params.id, body),
    }),
  }),
  route({
    method: 'get',
    path: '/api/offices/:id/schedules',
    summary: { zh: '大厅排班的各个版本', en: 'Versions of a hall’s schedule' },
    access: administrator,
    params: hallParams,
    answers: { 200: Type.Object({ items: Type.Array(HallSchedule), services: Type.Array(HallService) }) },
    async handle({ p, params }) {
      const { byHall, services } = await getSchedules(p);
      const items = byHall.get(params.id) ?? errors.fail('appointments.hall_unknown');
      return { status: 200, body: { items: [...items].reverse(), services: [...services.values()] } };
    },
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/schedules/preview',
    summary: { zh: '新排班会影响哪些预约', en: 'What a new schedule would touch' },
    access: administrator,
    params: hallParams,
    body: PreviewSchedule,
    answers: { 200: ScheduleImpact },
    handle: async ({ p, params, body }) => ({
      status: 200,
      body: await previewSchedule(p, params.id, body.schedule),
    }),
  }),
  route({
    method: 'post',
    path: '/api/admin/calendars/preview-bookings',
    summary: {
      zh: '看一个年份会影响哪些预约（不保存）',
      en: 'Which bookings a year would touch; writes nothing',
    },
    access: administrator,
    body: CalendarYear,
    answers: { 200: CalendarBookings },
    handle: async ({ p, body }) => ({ status: 200, body: await previewCalendarBookings(p, body) }),
  }),
  route({
    method: 'post',
    path: '/api/offices/:id/schedules',
    summary: { zh: '发布新排班', en: 'Publish a new schedule' },
    access: administrator,
    params: hallParams,
    body: PublishSchedule,
    answers: { 201: ScheduleOutcome },
    handle: async ({ p, actor, params, body }) => ({
      status: 201,
      body: await publishSchedule(p, actor, params.id, body),
    }),
  }),
];
