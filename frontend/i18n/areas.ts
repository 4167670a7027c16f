/**
 * Every area of messages: zh-CN is the typed master, English must have the same keys. An area is loaded with the
 * pages that name it (`messages` in their route), in the reader's language only. `app` is always there.
 */
export const areas = {
  app: { 'zh-CN': () => import('./zh-CN/app.ts'), en: () => import('./en/app.ts') },
  home: { 'zh-CN': () => import('./zh-CN/home.ts'), en: () => import('./en/home.ts') },
  services: { 'zh-CN': () => import('./zh-CN/services.ts'), en: () => import('./en/services.ts') },
  accounts: { 'zh-CN': () => import('./zh-CN/accounts.ts'), en: () => import('./en/accounts.ts') },
  verify: { 'zh-CN': () => import('./zh-CN/verify.ts'), en: () => import('./en/verify.ts') },
  property: { 'zh-CN': () => import('./zh-CN/property.ts'), en: () => import('./en/property.ts') },
  query: { 'zh-CN': () => import('./zh-CN/query.ts'), en: () => import('./en/query.ts') },
  notifications: {
    'zh-CN': () => import('./zh-CN/notifications.ts'),
    en: () => import('./en/notifications.ts'),
  },
  ledger: { 'zh-CN': () => import('./zh-CN/ledger.ts'), en: () => import('./en/ledger.ts') },
  help: { 'zh-CN': () => import('./zh-CN/help.ts'), en: () => import('./en/help.ts') },
  applications: {
    'zh-CN': () => import('./zh-CN/applications.ts'),
    en: () => import('./en/applications.ts'),
  },
  cases: { 'zh-CN': () => import('./zh-CN/cases.ts'), en: () => import('./en/cases.ts') },
  desk: { 'zh-CN': () => import('./zh-CN/desk.ts'), en: () => import('./en/desk.ts') },
  supervision: { 'zh-CN': () => import('./zh-CN/supervision.ts'), en: () => import('./en/supervision.ts') },
  appointments: {
    'zh-CN': () => import('./zh-CN/appointments.ts'),
    en: () => import('./en/appointments.ts'),
  },
  halls: { 'zh-CN': () => import('./zh-CN/halls.ts'), en: () => import('./en/halls.ts') },
  statistics: { 'zh-CN': () => import('./zh-CN/statistics.ts'), en: () => import('./en/statistics.ts') },
  addresses: { 'zh-CN': () => import('./zh-CN/addresses.ts'), en: () => import('./en/addresses.ts') },
  admin: { 'zh-CN': () => import('./zh-CN/admin.ts'), en: () => import('./en/admin.ts') },
} as const;

export type Area = keyof typeof areas;

type Master<A extends Area> = Awaited<ReturnType<(typeof areas)[A]['zh-CN']>>['default'];

/** `area.key` of every message. */
export type MessageKey = { [A in Area]: `${A}.${keyof Master<A> & string}` }[Area];

type TextOf<K extends MessageKey> = K extends `${infer A}.${infer Key}`
  ? A extends Area
    ? Key extends keyof Master<A>
      ? Master<A>[Key]
      : never
    : never
  : never;

type NamesIn<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;

/** The parameters that the Chinese sentence names: `'还剩 {n} 项'` needs `{ n }`. */
export type MessageArguments<K extends MessageKey> = [NamesIn<TextOf<K>>] extends [never]
  ? []
  : [params: Record<NamesIn<TextOf<K>>, string | number>];
