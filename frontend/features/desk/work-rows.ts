import type { WorkItem, WorkItemCounts } from '../../../backend/modules/applications/contract.ts';
import { dayWithWeekday, legalDay } from '../../i18n/format.ts';
import { i18n, t } from '../../i18n/i18n.svelte.ts';
import type { TableGroup } from '../../ui/parts.ts';
import { addDays } from '../cases/days.ts';
import type { Workdays } from './workdays.svelte.ts';

/** Groups of portal.md §5.19: what is late, what is due today and tomorrow, the rest, and what stands still. */

type GroupKey = 'late' | 'today' | 'tomorrow' | 'later' | 'paused' | 'none';
const ORDER: readonly GroupKey[] = ['late', 'today', 'tomorrow', 'later', 'paused', 'none'];

export function groupOf(item: WorkItem, now: string): GroupKey {
  if (item.light === 'paused') return 'paused';
  if (item.dueAt === null) return 'none';
  if (item.light === 'red' || item.light === 'black' || item.dueAt < now) return 'late';
  const today = legalDay(now);
  const due = legalDay(item.dueAt);
  if (due <= today) return 'today';
  return due === addDays(today, 1) ? 'tomorrow' : 'later';
}

/** Groups of which more rows may follow: without a due time, paused rows and idle ones come in one row of their own. */
function unread(items: readonly WorkItem[], now: string, more: boolean): readonly GroupKey[] {
  const last = items.at(-1);
  if (!more || !last) return [];
  const key = groupOf(last, now);
  return key === 'paused' || key === 'none' ? ['paused', 'none'] : [key];
}

function headingOf(key: GroupKey, n: number | string, now: string, workdays: Workdays): string {
  const tomorrow = addDays(legalDay(now), 1);
  switch (key) {
    case 'late':
      return t('desk.groupLate', { n });
    case 'today':
      return t('desk.groupToday', { n });
    case 'tomorrow':
      return t('desk.groupTomorrow', {
        day: dayWithWeekday(tomorrow, { makeUp: workdays.isMakeUp(tomorrow) }),
        n,
      });
    case 'later':
      return t('desk.groupLater', { n });
    case 'paused':
      return t('desk.groupPaused', { n });
    case 'none':
      return t('desk.groupNone', { n });
  }
}

type Lights = WorkItemCounts['lights'];

const lateOf = ({ lights }: WorkItemCounts): number => lights.black + lights.red;

/** How many rows the list has in all; unknown while something is searched for. */
export function totalOf(counts: WorkItemCounts | null, light: string, text: string): number | null {
  if (!counts || text) return null;
  if (light) return counts.lights[light as keyof Lights];
  return Object.values(counts.lights).reduce((sum, some) => sum + some, 0);
}

/** “今天先办这 40 件” of the whole view, whatever is read of it; what a search found while there is one. */
export function listTitle(
  counts: WorkItemCounts | null,
  found: { text: string; rows: number; more: boolean } | null,
): string {
  if (found?.text)
    return t(found.more ? 'desk.listTitleFoundMore' : 'desk.listTitleFound', { n: found.rows });
  if (!counts) return t('desk.documentTitle');
  const late = lateOf(counts);
  if (counts.dueToday > 0) return t('desk.listTitleSome', { n: late + counts.dueToday });
  return late > 0 ? t('desk.listTitleLate', { n: late }) : t('desk.listTitleNone');
}

/** In order of due time inside each group; the order of groups is the order in which they should be worked. */
export function workGroups(
  items: readonly WorkItem[],
  now: string,
  workdays: Workdays,
  more = false,
): TableGroup<WorkItem>[] {
  const open = unread(items, now, more);
  return ORDER.map((key) => {
    const rows = items
      .filter((item) => groupOf(item, now) === key)
      .sort((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? '') || a.no.localeCompare(b.no));
    const n = open.includes(key) ? t('desk.groupShown', { n: rows.length }) : rows.length;
    return { key, heading: headingOf(key, n, now, workdays), rows };
  });
}

/** “超期 1 个工作日”; empty beyond the calendar that was read. */
export function overdueText(dueAt: string, now: string, workdays: Workdays): string {
  const [due, today] = [legalDay(dueAt), legalDay(now)];
  if (due === today) return t('desk.overdueToday');
  const over = workdays.between(addDays(due, 1), today);
  if (over === null) return '';
  return over === 0 ? t('desk.overdueUnderDay') : t('desk.overdueDays', { n: over });
}

/** “还剩 2 个工作日”, “超期 1 个工作日”: today is left out, as it may be the day of acceptance, which never counts. */
export function leftText(item: WorkItem, now: string, workdays: Workdays): string {
  if (item.recused) return t('desk.recused');
  if (item.dueAt === null || item.light === 'paused') return '';
  const today = legalDay(now);
  const due = legalDay(item.dueAt);
  if (item.dueAt < now && due !== today)
    return item.lateDays === 0 ? t('desk.overdueUnderDay') : t('desk.overdueDays', { n: item.lateDays });
  if (item.dueAt < now) return t('desk.overdueToday');
  if (due === today) return t('desk.leftToday');
  const left = workdays.between(addDays(today, 1), due);
  return left === null ? '' : t('desk.leftDays', { n: left });
}

/** Why a case stands still and until when: “待缴税，预计 10月20日 恢复”; one line for each open pause. */
export function pauseLines(item: WorkItem): string[] {
  return item.pauses.map(({ label, plannedEndOn }) =>
    plannedEndOn === null
      ? i18n.pick(label)
      : t('desk.pausedWhy', { reason: i18n.pick(label), day: dayWithWeekday(plannedEndOn) }),
  );
}

export function waitingText(item: WorkItem, me: string | undefined): string {
  if (item.waitingFor === 'applicant') return t('desk.waitingApplicant');
  if (item.waitingFor === 'others') return t('desk.waitingOthers');
  if (item.waitingFor === 'nobody') return t('desk.waitingNobody');
  if (item.handler === null) return item.claimable ? t('desk.waitingClaim') : t('desk.waitingOtherPost');
  return item.handler.id === me ? t('desk.waitingMe') : item.handler.name;
}
