import type { Language } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { ApplicantActor } from '../accounts/index.ts';
import { calendarOfBooking } from './ics.ts';
import { viewBookingDetail } from './view-booking.ts';

/** The booking as a file for the own calendar, as it stands now: a cancelled one takes the entry out again. */
export async function downloadCalendar(
  p: Platform,
  actor: ApplicantActor,
  id: string,
  language: Language,
): Promise<string> {
  const view = await viewBookingDetail(p, actor, id);
  const say = ({ zh, en }: { zh: string; en: string }) => (language === 'en' ? en : zh);
  const { publicOrigin } = p.config;
  const url = `${publicOrigin}/appointments/${id}`;
  const bring = view.bring.map(({ name }) => `- ${say(name)}`).join('\n');
  const words = language === 'en' ? { no: 'No.', bring: 'Bring:' } : { no: '预约号', bring: '要带：' };
  return calendarOfBooking({
    bookingId: id,
    host: new URL(publicOrigin).hostname,
    moves: view.moves,
    cancelled: ['cancelled', 'expired', 'withdrawnByOffice'].includes(view.status),
    startAt: new Date(view.startAt),
    endAt: new Date(view.endAt),
    stampedAt: p.time.now(),
    summary: `${say(view.service.name)} · ${say(view.hall.name)}`,
    description: `${words.no} ${view.no}\n${words.bring}\n${bring}\n${url}`,
    location: `${say(view.hall.name)}, ${say(view.hall.address)}`,
    url,
  });
}
