/** The import rules of design.md §3: who may import whom. `npm run check` runs them; a planted violation tests them. */

/** Modules, lowest first: each may import those before it and none after. */
const ORDER = [
  'catalogue',
  'clock',
  'audit',
  'accounts',
  'files',
  'notifications',
  'register',
  'ledger',
  'applications',
  'certificates',
  'appointments',
  'query',
  'supervision',
];

/** File kinds that hold rules and nothing else: values in, values out. */
const PURE = 'vocabulary|transitions|policy|present|contract|deadline|disclosure|conflicts';

/** What reaches the database, the disk, the network or the clock. */
const IMPURE_CORE =
  '^(node:)?(fs|fs/promises|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|timers|timers/promises|perf_hooks|process|os|readline)$';
const IMPURE_PLATFORM =
  '^backend/platform/(config|log|outside|mail|clamd|text-message|create-platform|database/|jobs/|http/(?!route\\.ts$)|crypto/(?!suite\\.ts$))';

const modulePath = (names) => `^backend/modules/(${names.join('|')})/`;

const orderRules = ORDER.slice(0, -1).map((name, index) => ({
  name: `order-${name}`,
  comment: `${name} may import only what stands before it; reactions upwards go through backend/subscriptions.ts`,
  severity: 'error',
  from: { path: modulePath([name]) },
  to: { path: modulePath(ORDER.slice(index + 1)) },
}));

module.exports = {
  forbidden: [
    {
      name: 'platform-knows-no-module',
      comment: 'no domain word may appear in the platform',
      severity: 'error',
      from: { path: '^backend/platform/' },
      to: { path: '^backend/(modules/|modules\\.ts|app\\.ts|server|subscriptions\\.ts)' },
    },
    {
      name: 'modules-know-no-app',
      comment: 'only app.ts, server.ts and subscriptions.ts see all',
      severity: 'error',
      from: { path: '^backend/modules/' },
      to: { path: '^backend/(modules\\.ts|app\\.ts|server|subscriptions|start)' },
    },
    {
      name: 'modules-through-their-face',
      comment:
        'between modules only index.ts is imported, contract.ts for its shapes, and what runs anywhere',
      severity: 'error',
      from: { path: '^backend/(?:modules/([^/]+)/|[^/]+\\.ts$|server/|subscriptions/)' },
      to: {
        path: '^backend/modules/([^/]+)/',
        pathNot: ['^backend/modules/$1/', '^backend/modules/[^/]+/(index|contract|offline/[^/]+)\\.ts$'],
      },
    },
    ...orderRules,
    {
      name: 'no-cycles',
      comment: 'a cycle of values makes the order of loading decide what is defined',
      severity: 'error',
      from: { path: '^(backend|frontend|seeds)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-files-reach-no-database',
      comment: `${PURE.replaceAll('|', ', ')} are pure: no mongoose, no clock, no I/O`,
      severity: 'error',
      from: { path: `^backend/modules/.*/(${PURE})\\.ts$` },
      to: {
        path: [
          '(^|/)node_modules/(mongoose|mongodb|koa|@koa|pino|nodemailer)(/|$)',
          IMPURE_CORE,
          IMPURE_PLATFORM,
          '\\.model\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'contracts-run-in-a-browser',
      comment: 'contract.ts is read by the frontend: shapes only',
      severity: 'error',
      from: { path: '^backend/modules/[^/]+/contract[./]' },
      to: {
        pathNot: ['(^|/)node_modules/typebox/', '^backend/modules/[^/]+/(contract|vocabulary)[./]'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'offline-runs-anywhere',
      comment:
        'offline/ is shared by server, portal, standalone page and commands: no package but deflate, hash and keys by argument',
      severity: 'error',
      from: { path: '^backend/modules/([^/]+/offline/|ledger/(merkle|note|checkpoint|tiles)\\.ts$)' },
      to: {
        pathNot: [
          '^backend/modules/([^/]+/offline/|ledger/(merkle|note|checkpoint|tiles)\\.ts$)',
          '(^|/)node_modules/fflate/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'reads-write-nothing',
      comment: 'reads.ts never writes, so it embeds no event',
      severity: 'error',
      from: { path: '^backend/modules/.*/reads\\.ts$' },
      to: {
        path: '^backend/platform/database/(outbox|numbers|lease|group-commit)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'frontend-takes-shapes-only',
      comment: 'of the backend the frontend imports contract.ts, and only its types; and what runs anywhere',
      severity: 'error',
      from: { path: '^frontend/' },
      to: { path: '^backend/', pathNot: '^backend/modules/[^/]+/(contract|offline/[^/]+)\\.ts$' },
    },
    {
      name: 'frontend-carries-no-schema',
      comment: 'a schema builder in the first load costs 20 KB: import type',
      severity: 'error',
      from: { path: '^frontend/' },
      to: {
        path: ['^backend/', '(^|/)node_modules/typebox/'],
        pathNot: '^backend/modules/[^/]+/offline/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'ui/ has no domain word and no fetch',
      severity: 'error',
      from: { path: '^frontend/ui/' },
      to: { path: '^(frontend/(features/|app/api)|backend/)' },
    },
    {
      name: 'backend-knows-no-frontend',
      severity: 'error',
      from: { path: '^(backend|seeds)/' },
      to: { path: '^frontend/' },
    },
    {
      name: 'nobody-imports-seeds',
      comment: 'only the program itself loads them, before it serves',
      severity: 'error',
      from: { path: '^(backend|frontend)/', pathNot: '^backend/server(/|\\.ts$)' },
      to: { path: '^seeds/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'seeds-through-public-faces',
      severity: 'error',
      from: { path: '^seeds/' },
      to: { path: '^backend/modules/', pathNot: '^backend/modules/[^/]+/(index|contract)\\.ts$' },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      from: { path: '^(backend|seeds)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vitest|node:|virtual:)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.build|data|coverage)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.svelte', '.svelte.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'svelte', 'default', 'types'],
    },
    skipAnalysisNotInRules: true,
  },
};
