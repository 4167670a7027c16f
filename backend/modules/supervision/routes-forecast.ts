import { route, type AnyRoute } from '../../platform/http/route.ts';
import { overseer, supervisor } from '../accounts/index.ts';
import { Forecast, ForecastQuery, WhatIf, WhatIfQuery } from './contract.ts';
import { readForecast } from './forecast/read-forecast.ts';
import { within } from './scope.ts';
import { readWhatIf } from './what-if.ts';

export const forecastRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/supervision/forecast',
    summary: { zh: '超期预测', en: 'Open cases that are likely to break their promise' },
    access: overseer,
    query: ForecastQuery,
    answers: { 200: Forecast },
    handle: async ({ p, actor, query }) => ({
      status: 200,
      body: await readForecast(p, actor, within(actor, query)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/supervision/what-if',
    summary: { zh: '假如改时限', en: 'How the last year would have fared under another promise' },
    access: supervisor,
    query: WhatIfQuery,
    answers: { 200: WhatIf },
    handle: async ({ p, query }) => ({ status: 200, body: await readWhatIf(p, query) }),
  }),
];
