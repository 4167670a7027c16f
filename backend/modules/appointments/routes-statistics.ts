import { download } from '../../platform/http/download.ts';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import { XLSX_TYPE } from '../../platform/spreadsheet.ts';
import { legalDayOf } from '../../platform/time.ts';
import { hallOverseer } from '../accounts/index.ts';
import { StatisticsExportQuery, StatisticsQuery, StatisticsView } from './contract.ts';
import { exportStatistics } from './statistics/export-statistics.ts';
import { readStatistics } from './statistics/read-statistics.ts';

/** A year is counted over hundreds of thousands of entries: nobody needs that more often, and a program shall not. */
const rateLimit = { points: 60, windowSeconds: 60, by: 'account' } as const;

/** 预约统计, for who oversees the halls: figures in which nobody is named. */
export const statisticsRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/appointment-statistics',
    summary: { zh: '预约统计', en: 'How full, how many missed, how long people waited' },
    access: hallOverseer,
    query: StatisticsQuery,
    answers: { 200: StatisticsView },
    rateLimit,
    handle: async ({ p, actor, query }) => ({ status: 200, body: await readStatistics(p, actor, query) }),
  }),
  route({
    method: 'get',
    path: '/api/appointment-statistics/export',
    summary: { zh: '导出预约统计', en: 'The same figures as a file' },
    access: hallOverseer,
    query: StatisticsExportQuery,
    answers: { 200: XLSX_TYPE },
    rateLimit,
    async handle({ p, actor, query: { format, ...query }, language }) {
      const view = await readStatistics(p, actor, query);
      return download(exportStatistics(view, language), format, legalDayOf(p.time.now()));
    },
  }),
];
