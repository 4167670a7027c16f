import { action, byMail, everywhere, inboxOnly, info, type Template } from './template.ts';

/** `caseTitle`: plain name of the business, with the number once there is one, as `二手房过户（2026100900017）`. */
export const caseTemplates = {
  'applications.consentRequested': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text', inviter: 'text' },
    zh: {
      title: '请您看过并确认一件申请',
      text: '{inviter}邀您一起办“{caseTitle}”，请看过内容再决定签不签。',
      action: '看内容并确认',
    },
    en: {
      title: 'Please read and confirm an application',
      text: '{inviter} asks you to join "{caseTitle}". Read what will be filed before you decide to sign.',
      action: 'Read and confirm',
    },
  },
  'applications.consentVoided': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '内容改过了，请重新确认',
      text: '“{caseTitle}”在您签名后改过，原来的签名不算了，请看过再签。',
      action: '看改了什么',
    },
    en: {
      title: 'The content changed, please confirm again',
      text: '"{caseTitle}" was changed after you signed, so that signature no longer counts. Read it and sign again.',
      action: 'See what changed',
    },
  },
  'applications.consentSigned': {
    kind: info,
    channels: inboxOnly,
    params: { caseTitle: 'text', signer: 'text' },
    zh: { title: '有人确认了', text: '{signer}已确认“{caseTitle}”。', action: '看这件申请' },
    en: {
      title: 'Someone confirmed',
      text: '{signer} confirmed "{caseTitle}".',
      action: 'See the application',
    },
  },
  'applications.consentDeclined': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text', signer: 'text' },
    zh: {
      title: '有人没有同意',
      text: '{signer}没有同意“{caseTitle}”，请看原因，改好后可以再发给对方。',
      action: '看原因',
    },
    en: {
      title: 'Someone did not agree',
      text: '{signer} did not agree to "{caseTitle}". Read why; you can change it and ask again.',
      action: 'Read why',
    },
  },
  'applications.submitted': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', answerOn: 'day' },
    zh: {
      title: '申请已提交',
      text: '“{caseTitle}”已提交，正在看材料，最迟 {answerOn} 答复是否受理。',
      action: '看回执',
    },
    en: {
      title: 'Application submitted',
      text: '"{caseTitle}" is submitted. The materials are being read; you hear by {answerOn} whether it is accepted.',
      action: 'See the receipt',
    },
  },
  'applications.correctionRequested': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text', count: 'number', until: 'day' },
    zh: {
      title: '要您补材料',
      text: '“{caseTitle}”还不能受理：请在 {until} 前补 {count} 样，补上后接着办，不用重填。',
      action: '看要补什么',
    },
    en: {
      title: 'Something has to be added',
      text: '"{caseTitle}" cannot be accepted yet: add {count} item(s) by {until}. Nothing has to be filled in again.',
      action: 'See what is missing',
    },
  },
  'applications.correctionByOther': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', count: 'number', until: 'day' },
    zh: {
      title: '对方要补材料，您不用操作',
      text: '“{caseTitle}”要等对方在 {until} 前补 {count} 样，补上后接着办，您不用操作。',
      action: '看进度',
    },
    en: {
      title: 'The other side has to add something',
      text: '"{caseTitle}" waits for the other side to add {count} item(s) by {until}. You need do nothing.',
      action: 'See progress',
    },
  },
  'applications.correctionAnswered': {
    kind: info,
    channels: inboxOnly,
    params: { caseTitle: 'text' },
    zh: { title: '补的材料收到了', text: '“{caseTitle}”补的材料已收到，正在接着看。', action: '看进度' },
    en: {
      title: 'Your additions arrived',
      text: 'What you added to "{caseTitle}" has arrived and is being read.',
      action: 'See progress',
    },
  },
  'applications.correctionLapsed': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '没有等到要补的材料',
      text: '“{caseTitle}”要补的材料到期没有补齐，这一次没有受理。材料备齐后可以随时重新申请。',
      action: '看告知书',
    },
    en: {
      title: 'The additions did not come in time',
      text: 'What had to be added to "{caseTitle}" did not come in time, so it was not accepted this time. You can file again whenever it is complete.',
      action: 'Read the notice',
    },
  },
  'applications.declined': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '没有受理',
      text: '“{caseTitle}”没有受理，原因和接下来怎么办写在所附文书里。',
      action: '看告知书',
    },
    en: {
      title: 'Not accepted',
      text: '"{caseTitle}" was not accepted. The notice says why and where to turn.',
      action: 'Read the notice',
    },
  },
  'applications.accepted': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', dueOn: 'instant' },
    zh: {
      title: '已受理，开始计时',
      text: '“{caseTitle}”已受理，预计 {dueOn} 前办结。',
      action: '看受理凭证',
    },
    en: {
      title: 'Accepted, the clock runs',
      text: '"{caseTitle}" is accepted and expected to be done by {dueOn}.',
      action: 'See the acceptance receipt',
    },
  },
  'applications.acceptedByLaw': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', dueOn: 'instant' },
    zh: {
      title: '依法视为受理，开始计时',
      text: '“{caseTitle}”没有在规定时间内得到答复，依法视为受理，预计 {dueOn} 前办结，您不用操作。',
      action: '看进度',
    },
    en: {
      title: 'Accepted by law, the clock runs',
      text: 'Nobody answered "{caseTitle}" in time, so by law it is accepted; expected to be done by {dueOn}. You need do nothing.',
      action: 'See progress',
    },
  },
  'applications.supplementRequested': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text', count: 'number', until: 'day' },
    zh: {
      title: '要您补材料，计时暂停',
      text: '“{caseTitle}”办理时间暂停：请在 {until} 前补 {count} 样，补上后接着计时。',
      action: '看要补什么',
    },
    en: {
      title: 'Something has to be added, the clock stands',
      text: 'The clock of "{caseTitle}" stands: add {count} item(s) by {until}, then it goes on.',
      action: 'See what is missing',
    },
  },
  'applications.taxDue': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text', reason: 'text' },
    zh: {
      title: '等您缴税或缴费',
      text: '“{caseTitle}”办理时间暂停：{reason}，缴后接着办。',
      action: '看怎么缴',
    },
    en: {
      title: 'Waiting for your payment',
      text: 'The clock of "{caseTitle}" stands: {reason}. Work goes on when it is paid.',
      action: 'See how to pay',
    },
  },
  'applications.paused': {
    kind: info,
    channels: byMail,
    params: { caseTitle: 'text', reason: 'text' },
    zh: {
      title: '办理时间暂停',
      text: '“{caseTitle}”办理时间暂停：{reason}。恢复后接着计时，会告诉您新的日期。',
      action: '看进度',
    },
    en: {
      title: 'The clock stands',
      text: 'The clock of "{caseTitle}" stands: {reason}. You are told the new date when it goes on.',
      action: 'See progress',
    },
  },
  'applications.limitSwitched': {
    kind: info,
    channels: byMail,
    params: { caseTitle: 'text', reason: 'text' },
    zh: {
      title: '改按法定期限办理',
      text: '“{caseTitle}”：{reason}。时间照常计，原来承诺的日期不再适用，改按法定期限办理，日期见进度。',
      action: '看新的日期',
    },
    en: {
      title: 'The legal limit applies now',
      text: '"{caseTitle}": {reason}. The time runs on; the day promised no longer applies, the legal limit does. See the progress for its day.',
      action: 'See the new date',
    },
  },
  'applications.suspendedByLaw': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '依法中止办理',
      text: '“{caseTitle}”的房子收到法院的查封文书，办理依法中止；恢复时会告诉您，可先联系查封法院。',
      action: '看原因',
    },
    en: {
      title: 'Suspended by law',
      text: 'An order to seize the property of "{caseTitle}" has been served, so work is suspended by law. You will be told when it goes on.',
      action: 'Read why',
    },
  },
  'applications.resumed': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '恢复办理',
      text: '“{caseTitle}”恢复办理，从现在起接着计时，新的办结日期已经算好。',
      action: '看新的日期',
    },
    en: {
      title: 'Work goes on',
      text: 'Work on "{caseTitle}" goes on and the clock runs again; the new due day is worked out.',
      action: 'See the new date',
    },
  },
  'applications.extended': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', days: 'number', oldDueOn: 'day', newDueOn: 'day' },
    zh: {
      title: '办理期限延长了',
      text: '“{caseTitle}”经批准延长 {days} 个工作日：原来 {oldDueOn}，现在 {newDueOn} 前办结。理由见告知书。',
      action: '看告知书',
    },
    en: {
      title: 'More time was approved',
      text: '"{caseTitle}" was extended by {days} working day(s): {oldDueOn} before, now done by {newDueOn}. The notice says why.',
      action: 'Read the notice',
    },
  },
  'applications.reviewed': {
    kind: info,
    channels: inboxOnly,
    params: { caseTitle: 'text', step: 'text' },
    zh: { title: '又过了一步', text: '“{caseTitle}”的{step}已通过，接着办下一步。', action: '看进度' },
    en: {
      title: 'One step further',
      text: '"{caseTitle}" has passed: {step}. The next step follows.',
      action: 'See progress',
    },
  },
  'applications.approved': {
    kind: info,
    channels: inboxOnly,
    params: { caseTitle: 'text' },
    zh: {
      title: '审核通过',
      text: '“{caseTitle}”审核通过，接下来登簿（记入登记簿，登记从此生效）。',
      action: '看进度',
    },
    en: {
      title: 'Approved',
      text: '"{caseTitle}" is approved. Next it is entered in the register, and takes effect then.',
      action: 'See progress',
    },
  },
  'applications.refused': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: {
      title: '不予登记',
      text: '“{caseTitle}”不予登记，理由和接下来怎么办写在所附文书里。',
      action: '看告知书',
    },
    en: {
      title: 'Registration refused',
      text: 'Registration of "{caseTitle}" is refused. The notice gives the reasons and how long you may appeal.',
      action: 'Read the notice',
    },
  },
  'applications.registered': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', registeredAt: 'instant' },
    zh: {
      title: '已登记',
      text: '“{caseTitle}”已于 {registeredAt} 记入登记簿，正在制证。',
      action: '看结果',
    },
    en: {
      title: 'Registered',
      text: '"{caseTitle}" was entered in the register on {registeredAt}. The certificate is being made.',
      action: 'See the result',
    },
  },
  'applications.issued': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text' },
    zh: { title: '证照已生成', text: '“{caseTitle}”的电子证照已生成，可以查看和下载。', action: '看证照' },
    en: {
      title: 'Certificate ready',
      text: 'The electronic certificate of "{caseTitle}" is ready to view and download.',
      action: 'See the certificate',
    },
  },
  'applications.withdrawalRequested': {
    kind: action,
    channels: everywhere,
    params: { caseTitle: 'text', asker: 'text' },
    zh: {
      title: '有人要撤回申请',
      text: '{asker}要撤回“{caseTitle}”，要您也同意才会撤回。',
      action: '看并决定',
    },
    en: {
      title: 'Someone wants to withdraw',
      text: '{asker} wants to withdraw "{caseTitle}". It is withdrawn only if you agree too.',
      action: 'Read and decide',
    },
  },
  'applications.withdrawalRefused': {
    kind: info,
    channels: byMail,
    params: { caseTitle: 'text' },
    zh: { title: '没有撤回', text: '有人不同意撤回“{caseTitle}”，这件申请接着办。', action: '看进度' },
    en: {
      title: 'Not withdrawn',
      text: 'Someone did not agree to withdraw "{caseTitle}"; work goes on.',
      action: 'See progress',
    },
  },
  'applications.withdrawn': {
    kind: info,
    channels: everywhere,
    params: { caseTitle: 'text', withdrawnOn: 'day' },
    zh: {
      title: '已撤回',
      text: '“{caseTitle}”已于 {withdrawnOn} 由申请人撤回，还要办可以重新申请。',
      action: '看这件申请',
    },
    en: {
      title: 'Withdrawn',
      text: '"{caseTitle}" was withdrawn by the applicants on {withdrawnOn}. You can apply again.',
      action: 'See the application',
    },
  },
} as const satisfies Record<string, Template>;
