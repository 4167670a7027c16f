import { route, type AnyRoute } from '../../platform/http/route.ts';
import { administrator } from '../accounts/index.ts';
import { publishCalendar } from '../clock/index.ts';
import { CalendarEffect, CalendarList, CalendarYear, PublishCalendar } from './contract.ts';
import { listCalendars } from './list-calendars.ts';
import { previewCalendar } from './preview-calendar.ts';

export const calendarRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/admin/calendars',
    summary: { zh: '工作日历', en: 'Working calendars' },
    access: administrator,
    answers: { 200: CalendarList },
    async handle({ p }) {
      return { status: 200, body: await listCalendars(p) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/calendars/preview',
    summary: { zh: '看一个年份会改变什么（不保存）', en: 'What a year would change; writes nothing' },
    access: administrator,
    body: CalendarYear,
    answers: { 200: CalendarEffect },
    async handle({ p, body }) {
      return { status: 200, body: await previewCalendar(p, body) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/calendars',
    summary: { zh: '发布一个年份的工作日历', en: 'Publish the working calendar of a year' },
    access: administrator,
    body: PublishCalendar,
    answers: { 201: CalendarList },
    async handle({ p, actor, body }) {
      const { basedOn, ...year } = body;
      await publishCalendar(p, year, { basedOn, actorId: actor.accountId });
      return { status: 201, body: await listCalendars(p) };
    },
  }),
];
