/**
 * Writes the pages that must be readable before any script: home, services, promises, verification and the texts
 * about the portal. Run by the build (vite.config.ts) in Node; never part of the browser's bundle.
 */
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import type {
  BusinessType,
  BusinessTypeDetail,
  BusinessTypeSummary,
} from '../../backend/modules/catalogue/contract.ts';
import { helpRoutes } from '../features/help/routes.ts';
import { homeRoutes } from '../features/home/routes.ts';
import { servicesRoutes } from '../features/services/routes.ts';
import { verifyRoutes } from '../features/verify/routes.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import type { PageProps, PageRoute } from './page-route.ts';
import { to, type PathName } from './paths.ts';
import Prerendered from './Prerendered.svelte';
import { preloaded } from './preloaded.ts';

export interface WrittenPage {
  /** `/services/ZY02`; `/` for the front page. */
  address: string;
  /** Name in app/paths.ts, by which the build finds the page's own chunk. */
  path: PathName;
  head: string;
  body: string;
  /** Answers that it was drawn from, by their address. */
  data: Readonly<Record<string, unknown>>;
}

const WRITTEN: readonly PathName[] = [
  'home',
  'services',
  'promises',
  'verify',
  'help',
  'accessibility',
  'privacy',
];

function summaryOf(type: BusinessType): BusinessTypeSummary {
  const { code, version, name, plainName, summary, lifeEvent, keywords, registrationKind, limits, fee } =
    type;
  return {
    code,
    version,
    name,
    plainName,
    summary,
    lifeEvent,
    keywords,
    registrationKind,
    mode: type.applicants.mode,
    limits,
    fee,
  };
}

const LIST = '/api/business-types';
const DRAWN_FROM_LIST: readonly PathName[] = ['home', 'services', 'promises'];

function dataOf(path: PathName, code: string | undefined): Record<string, unknown> {
  const wanted = code ? `${LIST}/${code}` : LIST;
  return code || DRAWN_FROM_LIST.includes(path) ? { [wanted]: preloaded.get(wanted) } : {};
}

/** `types`: the business types in force, as the reference data has them at build time. */
export async function writePages(types: readonly BusinessTypeDetail[]): Promise<readonly WrittenPage[]> {
  preloaded.set(LIST, { items: types.map(summaryOf) });
  for (const type of types) preloaded.set(`${LIST}/${type.code}`, type);
  const routes = [...homeRoutes, ...servicesRoutes, ...verifyRoutes, ...helpRoutes];
  await i18n.load([...new Set(routes.flatMap((route) => route.messages))]);
  const wanted: { route: PageRoute; address: string; params: Record<string, string> }[] = [];
  for (const route of routes) {
    if (WRITTEN.includes(route.path)) wanted.push({ route, address: to(route.path as 'home'), params: {} });
    if (route.path !== 'service') continue;
    for (const { code } of types) wanted.push({ route, address: to('service', { code }), params: { code } });
  }
  const components = await Promise.all(wanted.map(async ({ route }) => (await route.page()).default));
  // In one go, without a pause in between: pages ask the API as they are drawn, and here nobody answers.
  return wanted.map(({ route, address, params }, i) => {
    const component = components[i] as unknown as Component<PageProps>;
    const { head, body } = render(Prerendered, { props: { route, component, params } });
    return { address, path: route.path, head, body, data: dataOf(route.path, params.code) };
  });
}
