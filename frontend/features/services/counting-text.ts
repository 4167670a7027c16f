import type { TraceRow } from '../../../backend/modules/clock/contract.ts';
import { dayText, weekdayText } from '../../i18n/format.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';

/** More pieces than this are a table, not a sentence. */
const MOST_PIECES = 6;

type Kind = 'start' | 'counted' | 'makeUp' | 'off';

interface Run {
  kind: Kind;
  rows: TraceRow[];
}

function kindOf(row: TraceRow): Kind {
  if (row.kind === 'start') return 'start';
  if (row.counted === 0) return 'off';
  return row.makeUp ? 'makeUp' : 'counted';
}

function runsOf(trace: readonly TraceRow[]): readonly Run[] {
  const runs: Run[] = [];
  for (const row of trace) {
    const kind = kindOf(row);
    const last = runs.at(-1);
    if (last?.kind === kind && kind !== 'makeUp') last.rows.push(row);
    else runs.push({ kind, rows: [row] });
  }
  return runs;
}

function pieceOf({ kind, rows }: Run): string {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return '';
  const day = dayText(first.date);
  const n = first.ordinal ?? 0;
  switch (kind) {
    case 'start':
      return t('services.countStart');
    case 'makeUp':
      return t('services.countMakeUp', { day, weekday: weekdayText(first.date), n });
    case 'counted':
      return rows.length === 1
        ? t('services.countOne', { day, n })
        : t('services.countRun', { from: day, to: dayText(last.date), n, m: last.ordinal ?? n });
    case 'off': {
      if (rows.length === 1 && !first.holiday)
        return t('services.countOffOne', { day, weekday: weekdayText(first.date) });
      const holiday = rows.find((row) => row.holiday)?.holiday;
      const name = holiday ? i18n.pick(holiday) : t('services.countWeekend');
      return t('services.countOffRun', { from: day, to: dayText(last.date), name, n: rows.length });
    }
  }
}

/** “今天不计；10月10日（周六）调休上班，算第 1 天；…”: how the promised day was counted, in one sentence; empty when long. */
export function countingText(trace: readonly TraceRow[]): string {
  const runs = runsOf(trace);
  if (runs.length === 0 || runs.length > MOST_PIECES) return '';
  const sentence = runs.map(pieceOf).join(t('services.countGlue'));
  return `${sentence}${i18n.language === 'en' ? '.' : '。'}`;
}
