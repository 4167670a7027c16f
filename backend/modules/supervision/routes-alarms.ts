import { route, type AnyRoute } from '../../platform/http/route.ts';
import { staffWith } from '../accounts/index.ts';
import { AlarmPage, AlarmQuery, LatenessHistogram, LatenessQuery } from './contract.ts';
import { listAlarms } from './list-alarms.ts';
import { measureLateness } from './measure-lateness.ts';

/** Over all halls: a head of section is told of each alarm of their own. */
const SEES_ALL = staffWith('leader', 'supervisor');

export const alarmRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/supervision/alarms',
    summary: { zh: '时限预警', en: 'Alarms of time limits' },
    access: SEES_ALL,
    query: AlarmQuery,
    answers: { 200: AlarmPage },
    handle: async ({ p, actor, query }) => ({ status: 200, body: await listAlarms(p, actor, query) }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/alarms/lateness',
    summary: { zh: '预警迟发多久', en: 'How late alarms were raised' },
    access: SEES_ALL,
    query: LatenessQuery,
    answers: { 200: LatenessHistogram },
    handle: async ({ p, query }) => ({ status: 200, body: await measureLateness(p, query) }),
  }),
];
