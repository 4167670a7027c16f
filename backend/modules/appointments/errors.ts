import { defineErrors } from '../../platform/errors.ts';

/**
 * Every refusal of a claim has its own code, its sentence and, as details, its next steps (`appointments.next_…`), so that
 * nobody is turned away without knowing why and what to do instead.
 */
export const errors = defineErrors({
  // Why a window cannot be booked.
  'appointments.full': {
    status: 409,
    zh: '这个时段刚约满了。',
    en: 'This time has just been filled.',
  },
  'appointments.already_booked': {
    status: 409,
    zh: '您办这项业务已经约了 {where}，同一项业务只能约一个。',
    en: 'You already have an appointment for this service: {where}. You can have one for each service.',
  },
  'appointments.too_many': {
    status: 409,
    zh: '您手上已有 {most} 个预约，最多就是 {most} 个。',
    en: 'You already have {most} appointments, which is the most you can have.',
  },
  'appointments.unit_taken': {
    status: 409,
    zh: '这个不动产单元已有一个预约（可能是共有人约的），不用重复约。',
    en: 'There is already an appointment for this unit, perhaps made by a co-owner. There is no need for another.',
  },
  'appointments.window_closed': {
    status: 409,
    zh: '这个时段停办了。',
    en: 'This time has been closed.',
  },
  'appointments.not_released': {
    status: 409,
    zh: '这一天还没放号，{opensAt} 开始预约。',
    en: 'This day is not open for booking yet; it opens {opensAt}.',
  },
  'appointments.past': {
    status: 409,
    zh: '这个时段已经开始，不能再约。',
    en: 'This time has begun and can no longer be booked.',
  },
  'appointments.suspended': {
    status: 403,
    zh: '您多次约了没来，网上预约暂停，{from}起可以再约。',
    en: 'Several appointments were missed, so booking is suspended. You can book again from {from}.',
  },
  'appointments.not_offered': {
    status: 409,
    zh: '这个时段不办理这项业务，或者不对您开放。',
    en: 'This service is not offered at this time, or the time is not open to you.',
  },
  'appointments.members_own_pool': {
    status: 403,
    zh: '单位账号只能约单位号，不能约公众号。',
    en: 'An organisation’s account books the times kept for organisations, not those of the public.',
  },
  // Next steps, given as details of a refusal.
  'appointments.next_other_window': {
    status: 200,
    zh: '请选别的时段：最近的是 {where}。',
    en: 'Choose another time: the next free one is {where}.',
  },
  'appointments.next_no_window': {
    status: 200,
    zh: '眼下都约满了，请等下次放号（每个工作日 {releaseAt}），或换一个大厅。',
    en: 'Everything is full now. New times open every working day at {releaseAt}; or choose another hall.',
  },
  'appointments.next_waiting_list': {
    status: 200,
    zh: '也可以排队候补：有人退号就先留给您。',
    en: 'Or wait in line: a place that is given up is offered to you first.',
  },
  'appointments.next_see_booking': {
    status: 200,
    zh: '可以改签或取消原来的预约。',
    en: 'You can move or cancel the appointment you have.',
  },
  'appointments.next_apply_online': {
    status: 200,
    zh: '不影响您办事：可以网上申请，也可以直接到大厅取现场号。',
    en: 'You can still apply online, or come to the hall and take a walk-in ticket.',
  },
  'appointments.next_appeal': {
    status: 200,
    zh: '有正当理由的，可以在“我的预约”里申诉。',
    en: 'If there was good reason, appeal under "My appointments".',
  },
  'appointments.next_keep_booking': {
    status: 200,
    zh: '已经约好的这一个还在，请按时来。',
    en: 'The appointment you have is still there; please come as booked.',
  },
  'appointments.next_come_as_booked': {
    status: 200,
    zh: '原来的预约还在，能来的请按时来。',
    en: 'Your appointment is still there; if you can, come as booked.',
  },
  'appointments.next_cancel_late': {
    status: 200,
    zh: '来不了的请取消，把号让给别人；现在取消会记一次爽约，有正当理由的可以申诉。',
    en: 'If you cannot come, cancel, so that somebody else can; this counts once as missed, and you can appeal if there was good reason.',
  },
  'appointments.next_come_back': {
    status: 200,
    zh: '到 {opensAt} 再来，不用提前等。',
    en: 'Come back then, {opensAt}; there is no need to wait before.',
  },
  'appointments.next_other_service': {
    status: 200,
    zh: '请先选业务，再从它的空闲时段里选。',
    en: 'Choose the service first, then one of its free times.',
  },
  'appointments.next_organisation_pool': {
    status: 200,
    zh: '请在这项业务的单位号里选时段。',
    en: 'Choose one of this service’s times for organisations.',
  },
  'appointments.next_book_as_person': {
    status: 200,
    zh: '办自己的事，请用本人的个人账号预约（须已在窗口核验身份）。',
    en: 'For business of your own, book with your personal account, once your identity was checked at a counter.',
  },
  // Everything else.
  'appointments.hall_unknown': {
    status: 404,
    zh: '没有这个大厅，或者它不接受网上预约。',
    en: 'There is no such hall, or it takes no appointments.',
  },
  'appointments.service_unknown': {
    status: 404,
    zh: '这个大厅不办理这项业务，请重新选。',
    en: 'This hall does not take this service; choose again.',
  },
  'appointments.window_unknown': {
    status: 404,
    zh: '没有这个时段，请从列表里重新选。',
    en: 'There is no such time; choose one from the list.',
  },
  'appointments.not_found': {
    status: 404,
    zh: '没有这个预约，或者不是您的。',
    en: 'There is no such appointment, or it is not yours.',
  },
  'appointments.id_reused': {
    status: 422,
    zh: '这个预约标识已经用过，请刷新页面再约。',
    en: 'This booking id has been used before; reload the page and book again.',
  },
  'appointments.id_given_up': {
    status: 409,
    zh: '这个预约已经取消或失效。还要来办的，请重新预约。',
    en: 'This appointment was cancelled or has lapsed. If you still want to come, book again.',
  },
  'appointments.too_many_cases': {
    status: 422,
    zh: '一次最多约 {most} 件。',
    en: 'At most {most} cases can be booked for one visit.',
  },
  'appointments.person_invalid': {
    status: 422,
    zh: '身份证号不对，请对照证件再填。',
    en: 'This is not a valid ID number; compare it with the card.',
  },
  'appointments.busy': {
    status: 503,
    zh: '现在约的人很多，没能办成，请再点一次。不会重复占号。',
    en: 'Many people are booking right now and this did not go through. Press again; you will not be booked twice.',
  },
  'appointments.period_wrong': {
    status: 422,
    zh: '日期不对：开始不晚于结束，最多 {most} 天。',
    en: 'Check the days: the first not after the last, and at most {most} days.',
  },
  'appointments.too_fast': {
    status: 429,
    zh: '点得太快了，请 {seconds} 秒后再试。',
    en: 'That was too fast; try again in {seconds} s.',
  },
  'appointments.address_busy': {
    status: 429,
    zh: '您现在用的网络上，约号的人太多了。请等 {seconds} 秒再约，或者换成手机流量再试。',
    en: 'Too many people book over the network you are on. Wait {seconds} s, or try over mobile data.',
  },
  'appointments.already_gone': {
    status: 409,
    zh: '这个预约已经取消或过去，不能再改。',
    en: 'This appointment was given up or is over and can no longer be changed.',
  },
  'appointments.begun': {
    status: 409,
    zh: '预约的时段已经开始，不能再取消或改签。',
    en: 'The appointment has begun and can no longer be cancelled or moved.',
  },
  'appointments.move_too_late': {
    status: 409,
    zh: '改签要在 {until} 前办，现在已过时间。',
    en: 'The appointment could be moved until {until}; that time has passed.',
  },
  'appointments.move_called_off': {
    status: 409,
    zh: '这次改签没有办成，原来的预约还在，请重新改签。',
    en: 'This move did not go through; your appointment is where it was. Move it again.',
  },
  'appointments.same_window': {
    status: 409,
    zh: '已经约的就是这个时段，不用改签。',
    en: 'This is the time you already have.',
  },
  'appointments.hold_ended': {
    status: 409,
    zh: '给您留的号已经过时，请重新约或重新排队。',
    en: 'The place that was held for you has lapsed; please book or wait in line again.',
  },
  'appointments.not_waitable': {
    status: 409,
    zh: '这个时段不用排队：有空号，或者不能再约。',
    en: 'There is no line for this time: places are free, or it can no longer be booked.',
  },
  'appointments.already_waiting': {
    status: 409,
    zh: '您办这项业务已经在排队候补，一次只能排一个。',
    en: 'You are already waiting in line for this service; you can wait in one line at a time.',
  },
  'appointments.line_full': {
    status: 409,
    zh: '排队候补的人已满，请选别的时段。',
    en: 'The line for this time is full; choose another.',
  },
  'appointments.check_in_early': {
    status: 409,
    zh: '还没到取号时间，{from} 起可以取号。',
    en: 'It is too early to check in; come from {from} on.',
  },
  'appointments.check_in_late': {
    status: 409,
    zh: '已过取号时间，请到取号机取现场号。',
    en: 'The time to check in has passed; please take a walk-in ticket.',
  },
  'appointments.code_wrong': {
    status: 404,
    zh: '这个二维码不是本大厅的预约，或者已经失效。',
    en: 'This code is no appointment of this hall, or it no longer holds.',
  },
  'appointments.no_wrong': {
    status: 404,
    zh: '今天没有这个预约号，请核对后再输，或者改用二维码、身份证。',
    en: 'There is no appointment of this number here today. Compare it and try again, or use the QR code or ID card.',
  },
  'appointments.not_booked_today': {
    status: 404,
    zh: '这个身份证今天在本大厅没有预约。可以取现场号，或者请工作人员帮忙。',
    en: 'There is no appointment here today under this ID card. Take a walk-in ticket, or ask the staff.',
  },
  'appointments.kiosk_off': {
    status: 403,
    zh: '这台机器还没有启用，或者已经停用，请找工作人员。',
    en: 'This machine is not enabled. Please ask the staff.',
  },
  'appointments.pairing_wrong': {
    status: 404,
    zh: '配对码不对，或者已经过了 10 分钟。请到导办台重新取一个。',
    en: 'The pairing code is wrong or older than ten minutes. Get a new one at reception.',
  },
  'appointments.kiosk_unknown': {
    status: 404,
    zh: '没有这台自助取号机，请看最新的列表。',
    en: 'There is no such machine; look at the list again.',
  },
  'appointments.tickets_gone': {
    status: 409,
    zh: '今天的现场号已发完，请网上预约，或看看别的大厅。老年人、残疾人、孕妇和军人不受限制，请带证件到导办台取号。',
    en: 'Today’s walk-in tickets are gone; book online or try another hall. Older people, people with disabilities, expectant mothers and soldiers are not limited: please show the document at reception.',
  },
  'appointments.hall_closed_now': {
    status: 409,
    zh: '大厅今天不办公，不能取号。',
    en: 'The hall is closed today; no tickets are given.',
  },
  'appointments.ticket_unknown': {
    status: 404,
    zh: '没有这个排队号，请核对号票上的号。',
    en: 'There is no such ticket; please check the number on it.',
  },
  'appointments.ticket_not_here': {
    status: 409,
    zh: '这个号不在您的窗口，请看最新的队列。',
    en: 'This ticket is not at your desk; look at the queue again.',
  },
  'appointments.desk_unknown': {
    status: 422,
    zh: '大厅没有这个窗口号。',
    en: 'The hall has no desk of this number.',
  },
  'appointments.own_booking': {
    status: 403,
    zh: '这是您自己的预约，请同事来办。',
    en: 'This is your own appointment; a colleague has to do it.',
  },
  'appointments.other_hall': {
    status: 403,
    zh: '您只能办本大厅的预约和排队号。',
    en: 'You can handle the appointments and tickets of your own hall only.',
  },
  'appointments.nothing_to_appeal': {
    status: 409,
    zh: '这个预约没有爽约记录，或者已经申诉过。',
    en: 'There is no no-show on record for this appointment, or it was appealed before.',
  },
  'appointments.draw_unknown': {
    status: 404,
    zh: '这个大厅当天不摇号，或者摇号还没公布。',
    en: 'There is no draw for this hall and day, or it is not announced yet.',
  },
  'appointments.draw_closed': {
    status: 409,
    zh: '摇号登记还没开始或者已经截止。',
    en: 'This draw does not take entries yet, or takes none any more.',
  },
  'appointments.already_in_draw': {
    status: 409,
    zh: '您已经登记了这次摇号，多登记也不会多一分机会。',
    en: 'You have entered this draw already; entering again adds no chance.',
  },
  'appointments.schedule_changed': {
    status: 409,
    zh: '排班刚被别人改过，请看过最新的再改。',
    en: 'Somebody has just published another schedule; read it first.',
  },
  'appointments.schedule_wrong': {
    status: 422,
    zh: '排班有误：{problem}。',
    en: 'The schedule is not consistent: {problem}.',
  },
});
