import { defineErrors } from '../../platform/errors.ts';

export const errors = defineErrors({
  'ledger.no_such_part': {
    status: 404,
    zh: '日志里没有这一部分，或者还没有签名发布。请先读最新的检查点。',
    en: 'The log has no such part, or it is not signed yet. Read the latest checkpoint first.',
  },
  'ledger.nothing_signed': {
    status: 404,
    zh: '日志还没有内容。',
    en: 'The log is still empty.',
  },
  'ledger.broken': {
    status: 503,
    zh: '登记簿日志与签过的检查点不符，已停止签发新的检查点。请保留现场，运行 npm run ledger -- verify 并报告。',
    en: 'The register’s log is not what was signed, and nothing is signed any more. Keep it as it is, run npm run ledger -- verify, and report it.',
  },
});
