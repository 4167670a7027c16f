import type { WorkItem } from '../../../backend/modules/applications/contract.ts';
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

function headingOf(key: GroupKey, n: number, now: string, workdays: Workdays): string {
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

/** In order of due time inside each group; the order of groups is the order in which they should be worked. */
export function workGroups(
  items: readonly WorkItem[],
  now: string,
  workdays: Workdays,
): TableGroup<WorkItem>[] {
  return ORDER.map((key) => {
    const rows = items
      .filter((item) => groupOf(item, now) === key)
      .sort((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? '') || a.no.localeCompare(b.no));
    return { key, heading: headingOf(key, rows.length, now, workdays), rows };
  });
}

/** “还剩 2 个工作日”, “超期 1 个工作日”: today is left out, as it may be the day of acceptance, which never counts. */
export function leftText(item: WorkItem, now: string, workdays: Workdays): string {
  if (item.recused) return t('desk.recused');
  if (item.dueAt === null || item.light === 'paused') return '';
  const today = legalDay(now);
  const due = legalDay(item.dueAt);
  if (item.dueAt < now) {
    const over = workdays.between(addDays(due, 1), today);
    if (due === today) return t('desk.overdueToday');
    if (over === null) return '';
    return over === 0 ? t('desk.overdueUnderDay') : t('desk.overdueDays', { n: over });
  }
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
