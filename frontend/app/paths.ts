/** Every address of the portal, once. Routes and links read this table; nothing spells a path by hand. */
export const paths = {
  home: '/',
  services: '/services',
  service: '/services/:code',
  serviceCheck: '/services/:code/check',
  promises: '/promises',
  offices: '/offices',
  verify: '/verify',
  verifyToken: '/verify/:token',
  verifyResult: '/verify/result/:token',
  query: '/query',
  newQuery: '/query/new/:kind',
  queryResult: '/query/:id',

  newApplication: '/applications/new/:code',
  application: '/applications/:no',
  applicationStep: '/applications/:no/:section/:step',
  applicationCheck: '/applications/:no/check',
  applicationDone: '/applications/:no/done',
  consent: '/consents/:token',
  cases: '/cases',
  case: '/cases/:no',
  caseDeadline: '/cases/:no/deadline',

  appointments: '/appointments',
  newAppointment: '/appointments/new',
  appointment: '/appointments/:id',
  ticket: '/tickets/:id',
  hallScreen: '/offices/:id/screen',
  draw: '/offices/:id/draws/:date',
  kiosk: '/kiosk',

  notifications: '/notifications',
  me: '/me',
  accessLog: '/me/access-log',
  properties: '/property',
  property: '/property/:code',
  /** The token of a permission stands behind `#`, so that no server log sees it. */
  authorisedLook: '/look',
  members: '/me/members',
  certificates: '/me/certificates',
  myQueries: '/me/queries',
  signUp: '/sign-up',
  signUpOrganisation: '/sign-up/organisation',
  signIn: '/sign-in',
  secondFactor: '/sign-in/second-factor',
  /** The token of an invitation stands behind `#`, so that no server log sees it. */
  enrol: '/enrol',

  help: '/help',
  accessibility: '/accessibility',
  privacy: '/privacy',
  status: '/status',
  /** Below it is no page: `/ledger/checkpoint` and the tiles are the log itself. */
  ledger: '/ledger',

  desk: '/desk',
  deskCase: '/desk/cases/:no',
  deskUnit: '/desk/units/:code',
  deskPeople: '/desk/people',
  deskQueries: '/desk/queries',
  deskQuery: '/desk/queries/:id',
  deskReception: '/desk/reception',
  deskBooking: '/desk/booking',
  deskCounter: '/desk/counter',
  deskAppeals: '/desk/appeals',
  lookComplaints: '/desk/look-complaints',
  lookDelays: '/desk/look-delays',
  deskStatistics: '/desk/statistics',
  supervision: '/supervision',
  supervisionCases: '/supervision/cases',
  supervisionCase: '/supervision/cases/:no',
  supervisionOrders: '/supervision/orders',
  supervisionOrder: '/supervision/orders/:id',
  supervisionFindings: '/supervision/findings',
  supervisionAlarms: '/supervision/alarms',
  supervisionForecast: '/supervision/forecast',
  supervisionWhatIf: '/supervision/what-if',
  adminStaff: '/admin/staff',
  adminOrganisations: '/admin/organisations',
  adminOffices: '/admin/offices',
  adminSchedule: '/admin/offices/:id/schedule',
  adminCatalogue: '/admin/catalogue/:code',
  adminCalendars: '/admin/calendars',
  adminLimits: '/admin/limits',
} as const;

export type PathName = keyof typeof paths;

type NamesIn<P extends string> = P extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | NamesIn<Tail>
    : Rest
  : never;

/** The parameters that an address needs: `{ code: string }` for `/services/:code`. */
export type PathParams<N extends PathName> = Record<NamesIn<(typeof paths)[N]>, string>;

type ToArguments<N extends PathName> = [NamesIn<(typeof paths)[N]>] extends [never]
  ? [params?: null, query?: Record<string, string>]
  : [params: PathParams<N>, query?: Record<string, string>];

/** `to('case', { no: '2026…' })` → `/cases/2026…`; values are percent-encoded. */
export function to<N extends PathName>(name: N, ...[params, query]: ToArguments<N>): string {
  const values: Record<string, string> = params ?? {};
  const path = paths[name].replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(values[key] ?? ''));
  const search = query ? new URLSearchParams(query).toString() : '';
  return search ? `${path}?${search}` : path;
}
