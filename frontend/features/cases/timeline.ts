import type { CaseView } from '../../../backend/modules/applications/contract.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';
import type { TimelineItem } from '../../ui/parts.ts';
import { dayAndTime } from './wording.ts';

type Entry = CaseView['timeline'][number];

const HALTS = /pause|supplement|correction|suspend/i;
const ENDS = /decline|refuse|withdraw|lapse/i;

function stateOf(entry: Entry): TimelineItem['state'] {
  if (entry.state === 'current') return 'now';
  if (entry.state === 'coming') return 'todo';
  if (ENDS.test(entry.kind)) return 'failed';
  return HALTS.test(entry.kind) && !/resum|answer/i.test(entry.kind) ? 'halt' : 'past';
}

function linesOf(entry: Entry): string[] {
  const who = entry.who ? i18n.pick(entry.who) : '';
  const when = entry.at ? dayAndTime(entry.at) : '';
  const latest = entry.until ? t('cases.latest', { due: dayAndTime(entry.until) }) : '';
  const first = [when, who, entry.state === 'done' ? '' : latest].filter(Boolean).join('　');
  const detail = entry.detail ? i18n.pick(entry.detail) : '';
  return [first, detail].filter(Boolean);
}

/** What happened, who acts now, what comes next: oldest first, as a person tells it. */
export function timelineItems(view: Pick<CaseView, 'timeline'>): TimelineItem[] {
  return view.timeline.map((entry) => ({
    key: entry.id,
    state: stateOf(entry),
    title: i18n.pick(entry.title),
    lines: linesOf(entry),
  }));
}

export function timelineWords(): Record<TimelineItem['state'], string> {
  return {
    past: t('cases.stateDone'),
    now: t('cases.stateNow'),
    todo: t('cases.stateComing'),
    halt: t('cases.stateHalt'),
    failed: t('cases.stateFailed'),
  };
}
