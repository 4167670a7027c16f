import { action, everywhere, inboxOnly, info, type Template } from './template.ts';

/** Hall appointments (网上预约). `hall` and `service` are names, `startAt` when the window begins. */
export const appointmentTemplates = {
  'appointments.booked': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', no: 'text' },
    zh: {
      title: '预约成功',
      text: '您约了 {startAt} 到{hall}办“{service}”，预约号 {no}。请带身份证原件，提前到大厅取号。',
      action: '看要带什么',
    },
    en: {
      title: 'Appointment booked',
      text: '{startAt} at {hall} for "{service}", number {no}. Bring your ID card and check in before it begins.',
      action: 'See what to bring',
    },
  },
  'appointments.moved': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', no: 'text' },
    zh: {
      title: '预约时间改了',
      text: '“{service}”的预约改到 {startAt}，在{hall}，预约号 {no}。',
      action: '看新的时间',
    },
    en: {
      title: 'Appointment moved',
      text: 'The appointment for "{service}" is now {startAt} at {hall}, number {no}.',
      action: 'See the new time',
    },
  },
  'appointments.cancelled': {
    kind: info,
    channels: inboxOnly,
    params: { hall: 'text', service: 'text', startAt: 'instant' },
    zh: {
      title: '预约已取消',
      text: '{startAt} 到{hall}办“{service}”的预约已经取消。',
      action: '看我的预约',
    },
    en: {
      title: 'Appointment cancelled',
      text: 'The appointment on {startAt} at {hall} for "{service}" is cancelled.',
      action: 'See my appointments',
    },
  },
  'appointments.held': {
    kind: action,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', until: 'instant' },
    zh: {
      title: '有个号留给您，请确认',
      text: '{startAt} 到{hall}办“{service}”，号留到 {until}，请在那之前确认，过时让给下一位。',
      action: '去确认',
    },
    en: {
      title: 'A seat is held for you: please confirm',
      text: '{startAt} at {hall} for "{service}" is held until {until}. Confirm before then, or it goes to the next in line.',
      action: 'Confirm',
    },
  },
  'appointments.expired': {
    kind: info,
    channels: inboxOnly,
    params: { hall: 'text', service: 'text', startAt: 'instant' },
    zh: {
      title: '留给您的号过时了',
      text: '{startAt} 到{hall}办“{service}”的号没有等到您确认，已经让给别人。还要办的话可以重新约。',
      action: '重新预约',
    },
    en: {
      title: 'The seat that was held for you lapsed',
      text: '{startAt} at {hall} for "{service}" was not confirmed in time and went to somebody else. You can book again.',
      action: 'Book again',
    },
  },
  'appointments.withdrawn': {
    kind: action,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', reason: 'text' },
    zh: {
      title: '预约的时段停办，请另约',
      text: '{hall} {startAt} 停办（{reason}），您办“{service}”的预约只好取消，不算您爽约，请另约时间。',
      action: '另约时间',
    },
    en: {
      title: 'Your window was closed: please book another',
      text: '{hall} is closed on {startAt} ({reason}), so "{service}" is cancelled. It does not count against you; please book again.',
      action: 'Book another time',
    },
  },
  'appointments.line_closed': {
    kind: action,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', reason: 'text', next: 'text' },
    zh: {
      title: '候补的时段停办了，请另约',
      text: '您候补的 {startAt}（{hall}，“{service}”）停办了：{reason}。{next}。',
      action: '另约时间',
    },
    en: {
      title: 'The window you waited for was closed: please book another',
      text: '{startAt} at {hall} ("{service}"), for which you were in line, is closed: {reason}. {next}.',
      action: 'Book another time',
    },
  },
  'appointments.missed': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant' },
    zh: {
      title: '约了没来，记了一次',
      text: '{startAt} 到{hall}办“{service}”的预约，您没有取号，或者叫号时不在，记一次爽约；有正当理由可以申诉。网上申请和现场号不受影响。',
      action: '看记录或申诉',
    },
    en: {
      title: 'You missed an appointment',
      text: 'You did not check in for {startAt} at {hall} ("{service}"), or were not there when called: a no-show. You can appeal, and still apply online.',
      action: 'See it, or appeal',
    },
  },
  // A reminder says what giving up comes to when it is told: free until an hour still to come, a no-show by now, or free.
  'appointments.reminder_in_time': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', until: 'instant' },
    zh: {
      title: '别忘了预约',
      text: '{startAt} 到{hall}办“{service}”。来不了请在 {until} 前取消，不算爽约；之后取消或者没来，记一次爽约。',
      action: '看预约或取消',
    },
    en: {
      title: 'Your appointment is near',
      text: '{startAt} at {hall} for "{service}". If you cannot come, cancel by {until}; cancelling later, or not coming, counts as missed.',
      action: 'See or cancel it',
    },
  },
  'appointments.reminder_late': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', no: 'text' },
    zh: {
      title: '别忘了预约',
      text: '{startAt} 到{hall}办“{service}”，预约号 {no}。来不了请取消，把号让给别人；现在取消也记一次爽约，有正当理由可申诉。',
      action: '看要带什么',
    },
    en: {
      title: 'Your appointment is near',
      text: '{startAt} at {hall} for "{service}", number {no}. Cancelling now counts as missed too; please do if you cannot come.',
      action: 'See what to bring',
    },
  },
  'appointments.reminder_free': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', no: 'text' },
    zh: {
      title: '别忘了预约',
      text: '{startAt} 到{hall}办“{service}”，预约号 {no}。来不了请在开始前取消，不算爽约；没取消也没来，记一次爽约。',
      action: '看预约或取消',
    },
    en: {
      title: 'Your appointment is near',
      text: '{startAt} at {hall} for "{service}", number {no}. If you cannot come, cancel before then; not coming counts as missed.',
      action: 'See or cancel it',
    },
  },
  // Of messages sent before the three above were; nothing sends it any more.
  'appointments.reminder_due': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', service: 'text', startAt: 'instant', no: 'text' },
    zh: {
      title: '别忘了预约',
      text: '{startAt} 到{hall}办“{service}”，预约号 {no}。来不了请尽早取消，好让给别人。',
      action: '看要带什么',
    },
    en: {
      title: 'Your appointment is near',
      text: '{startAt} at {hall} for "{service}", number {no}. If you cannot come, cancel early so that somebody else can.',
      action: 'See what to bring',
    },
  },
  'appointments.draw_lost': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', on: 'day' },
    zh: {
      title: '摇号没有摇中',
      text: '{hall} {on}的号这次没有摇中；没摇完的号半小时后开放预约，也可以登记下一天。',
      action: '看摇号结果',
    },
    en: {
      title: 'Not drawn this time',
      text: 'You were not drawn for {on} at {hall}. What is left can be booked half an hour later; or enter the next day.',
      action: 'See the draw',
    },
  },
  'appointments.appeal_decided': {
    kind: info,
    channels: everywhere,
    params: { hall: 'text', startAt: 'instant', verdict: 'text' },
    zh: {
      title: '爽约申诉有结果了',
      text: '您对 {startAt}（{hall}）爽约记录的申诉：{verdict}。',
      action: '看我的预约',
    },
    en: {
      title: 'Your appeal was decided',
      text: 'Your appeal about {startAt} at {hall}: {verdict}.',
      action: 'See my appointments',
    },
  },
  'appointments.ticket_called': {
    kind: action,
    channels: inboxOnly,
    params: { hall: 'text', no: 'text', desk: 'number' },
    zh: { title: '叫到您的号了', text: '{no} 号请到{hall} {desk} 号窗口。', action: '看我的号' },
    en: {
      title: 'You are called',
      text: 'Ticket {no}: please go to desk {desk}, {hall}.',
      action: 'See my ticket',
    },
  },
} as const satisfies Record<string, Template>;
