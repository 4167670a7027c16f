import type { Platform } from '../../platform/platform.ts';
import { getCalendar } from '../clock/index.ts';
import type { BusinessType } from '../catalogue/index.ts';
import type { ApplicationDocument, Bilingual } from './application.model.ts';
import { deadlineOf } from './clocks.ts';
import { openPauses } from './policy.ts';
import type { PauseReason } from './vocabulary.ts';
import { dayWords, fill } from './wording.ts';

/**
 * What a pause does depends on its reason: most stop the clock, those the catalogue names replace the promise by the
 * statutory limit and let it run (`switchToStatutory`). Whoever is told of one is told which of the two.
 */

type Rules = Pick<BusinessType, 'limits'>;

export const switchesLimit = ({ limits }: Rules, reason: PauseReason): boolean =>
  limits.switchToStatutory.includes(reason);

/** Open, and the clock stands for them. */
export const stoppingPauses = (doc: Pick<ApplicationDocument, 'pauses'>, type: Rules) =>
  openPauses(doc).filter(({ reason }) => !switchesLimit(type, reason));

/** What takes the place of the promise; `dueOn` is null while another pause leaves no due day. */
export interface LimitSwitch {
  dueOn: string | null;
}

/** Null where the reason stops the clock. The statutory day is that of before: such a pause moves it by nothing. */
export async function limitSwitchOf(
  p: Platform,
  doc: Pick<ApplicationDocument, 'clockEvents'>,
  type: Rules,
  reason: PauseReason,
): Promise<LimitSwitch | null> {
  if (!switchesLimit(type, reason)) return null;
  const deadline = deadlineOf(doc.clockEvents, type.limits, await getCalendar(p), p.time.now());
  return { dueOn: deadline?.statutory.dueOn ?? null };
}

const STANDS: Bilingual = {
  zh: '暂停期间不计入办理时间，恢复时会通知您并重新算出办结日期。',
  en: 'This time does not count. You will be told when work goes on, with the new due day.',
};
const SWITCHED: Bilingual = {
  zh: '这段时间照常计入办理时间。原来承诺的日期不再适用，改按法定期限办理。',
  en: 'This time counts. The day promised no longer applies; the legal limit does, and it runs on.',
};
const SWITCHED_TO: Bilingual = {
  zh: '这段时间照常计入办理时间。原来承诺的日期不再适用，改按法定期限办理，最迟 {day}办结。',
  en: 'This time counts. The day promised no longer applies; the legal limit does, and it runs on to {day}.',
};

/** What the notice says of the time. */
export function effectOnTime(switched: LimitSwitch | null, now: Date): Bilingual {
  if (switched === null) return STANDS;
  return switched.dueOn === null ? SWITCHED : fill(SWITCHED_TO, { day: dayWords(switched.dueOn, now) });
}
