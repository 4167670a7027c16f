import { anyone, route, type AnyRoute, type RateLimit } from '../../platform/http/route.ts';
import {
  ConsistencyQuery,
  InclusionQuery,
  LedgerHealth,
  LedgerView,
  ProofView,
  TileParams,
} from './contract.ts';
import {
  readCheckpointNote,
  readConsistency,
  readHealth,
  readInclusion,
  readLedger,
  readPublishedTile,
} from './publish.ts';

/** Whoever follows the log reads many tiles in a row: a million entries are some eight thousand, a quarter of an hour at this. */
const LIMIT: RateLimit = { points: 600, windowSeconds: 60, by: 'address', inMemory: true };

export const ledgerRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/ledger/checkpoint',
    summary: {
      zh: '登记簿日志的最新检查点（签名）',
      en: 'The latest checkpoint of the register’s log, signed (C2SP tlog-checkpoint)',
    },
    access: anyone,
    answers: { 200: 'text/plain' },
    rateLimit: LIMIT,
    async handle({ p }) {
      const stream = Buffer.from(await readCheckpointNote(p));
      return {
        status: 200,
        stream,
        type: 'text/plain; charset=utf-8',
        headers: { 'Cache-Control': 'no-cache' },
      };
    },
  }),
  route({
    method: 'get',
    path: '/ledger/tile/:level/*place',
    summary: {
      zh: '登记簿日志的一块（哈希或条目）',
      en: 'One tile of the log: hashes of a level, or entries (C2SP tlog-tiles)',
    },
    access: anyone,
    params: TileParams,
    answers: { 200: 'application/octet-stream' },
    rateLimit: LIMIT,
    async handle({ p, params: { level, place } }) {
      const { bytes, full } = await readPublishedTile(p, level, place);
      const cache = full ? 'public, max-age=31536000, immutable' : 'public, max-age=60';
      return { status: 200, stream: bytes, headers: { 'Cache-Control': cache } };
    },
  }),
  route({
    method: 'get',
    path: '/api/ledger',
    summary: { zh: '登记簿日志现在的状态', en: 'The register’s log as it was last signed' },
    access: anyone,
    answers: { 200: LedgerView },
    rateLimit: LIMIT,
    handle: async ({ p }) => ({ status: 200, body: await readLedger(p) }),
  }),
  route({
    method: 'get',
    path: '/api/health/ledger',
    summary: { zh: '登记簿日志是否完整', en: 'Whether the register’s log is whole, as far as was looked' },
    access: anyone,
    answers: { 200: LedgerHealth },
    rateLimit: LIMIT,
    handle: async ({ p }) => ({ status: 200, body: await readHealth(p) }),
  }),
  route({
    method: 'get',
    path: '/api/ledger/consistency',
    summary: { zh: '证明日志只增不改', en: 'Proof that a later log begins with an earlier one' },
    access: anyone,
    query: ConsistencyQuery,
    answers: { 200: ProofView },
    rateLimit: LIMIT,
    handle: async ({ p, query }) => ({ status: 200, body: { proof: await readConsistency(p, query) } }),
  }),
  route({
    method: 'get',
    path: '/api/ledger/inclusion',
    summary: { zh: '证明一条记录在日志里', en: 'Proof that an entry is in the log' },
    access: anyone,
    query: InclusionQuery,
    answers: { 200: ProofView },
    rateLimit: LIMIT,
    handle: async ({ p, query }) => ({ status: 200, body: { proof: await readInclusion(p, query) } }),
  }),
];
