import { action, byMail, everywhere, inboxOnly, info, type Template } from './template.ts';

/**
 * What owners are told of their property, whoever acts on it, and what people are told of looks at their data. `address` may be several,
 * with 、 between.
 */
export const propertyTemplates = {
  'register.changed': {
    kind: info,
    channels: everywhere,
    params: { address: 'text', change: 'text' },
    zh: {
      title: '您名下的登记有变动',
      text: '{address}：{change}。如果不是您办的，请马上联系登记中心。',
      action: '看变动',
    },
    en: {
      title: 'A registration of yours changed',
      text: '{address}: {change}. If this was not you, contact the registration centre at once.',
      action: 'See the change',
    },
  },
  'property.applied': {
    kind: info,
    channels: everywhere,
    params: { address: 'text', business: 'text' },
    zh: {
      title: '有人就您的房子提出了申请',
      text: '{address}：有人提交了“{business}”申请，正在看材料。不是您同意办的，请马上联系登记中心。',
      action: '看这套房子',
    },
    en: {
      title: 'Somebody applied on your property',
      text: '{address}: an application was filed ("{business}") and is being read. If you did not agree to it, contact the registration centre at once.',
      action: 'See the property',
    },
  },
  'property.accepted': {
    kind: info,
    channels: everywhere,
    params: { address: 'text', business: 'text' },
    zh: {
      title: '您房子上的一件申请已受理',
      text: '{address}：“{business}”申请已受理，正在审核。不是您同意办的，请马上联系登记中心。',
      action: '看这套房子',
    },
    en: {
      title: 'An application on your property was accepted',
      text: '{address}: the application ("{business}") was accepted and is under review. If you did not agree to it, contact the registration centre at once.',
      action: 'See the property',
    },
  },
  'property.applicationEnded': {
    kind: info,
    channels: byMail,
    params: { address: 'text', business: 'text', how: 'text' },
    zh: {
      title: '您房子上的一件申请结束了',
      text: '{address}：“{business}”申请{how}，登记簿没有变动。',
      action: '看这套房子',
    },
    en: {
      title: 'An application on your property ended',
      text: '{address}: the application ("{business}") {how}. The register did not change.',
      action: 'See the property',
    },
  },
  'property.underWay': {
    kind: info,
    channels: everywhere,
    params: { address: 'text', business: 'text' },
    zh: {
      title: '您的房子上有申请正在办',
      text: '{address}：正在办“{business}”。不是您同意办的，请马上联系登记中心。',
      action: '看我的不动产',
    },
    en: {
      title: 'There are applications on your property',
      text: '{address}: work is under way on "{business}". If you did not agree to it, contact the registration centre at once.',
      action: 'See my properties',
    },
  },
  'property.queried': {
    kind: info,
    channels: byMail,
    params: { address: 'text', who: 'text', purpose: 'text' },
    zh: {
      title: '有人查询了您的房子',
      text: '{who}查询了{address}，用途：{purpose}。查了什么，见“谁查过我”。',
      action: '看谁查过',
    },
    en: {
      title: 'Somebody queried your property',
      text: '{who} queried {address}, for: {purpose}. "Who looked at me" says what was shown.',
      action: 'See who looked',
    },
  },
  'property.grantGiven': {
    kind: info,
    channels: byMail,
    params: { address: 'text', owner: 'text', purpose: 'text', until: 'instant' },
    zh: {
      title: '共有人授权别人查看这套房子',
      text: '{owner}授权别人查看{address}，用途：{purpose}，{until} 前有效。您觉得不合适，也可以收回。',
      action: '看这份授权',
    },
    en: {
      title: 'A co-owner let somebody look at the property',
      text: '{owner} let somebody look at {address} until {until}, for: {purpose}. You may take it back if you disagree.',
      action: 'See the permission',
    },
  },
  'property.grantRevoked': {
    kind: info,
    channels: inboxOnly,
    params: { address: 'text', owner: 'text' },
    zh: { title: '查看授权已收回', text: '{owner}收回了一份查看{address}的授权。', action: '看授权' },
    en: {
      title: 'A permission was taken back',
      text: '{owner} took back a permission to look at {address}.',
      action: 'See the permissions',
    },
  },
  'property.grantUsed': {
    kind: info,
    channels: byMail,
    params: { address: 'text', who: 'text', purpose: 'text' },
    zh: {
      title: '有人凭授权看了您的房子',
      text: '{who}凭授权查看了{address}，用途：{purpose}。不想再让人看，可以马上收回。',
      action: '看这份授权',
    },
    en: {
      title: 'A permission to look was used',
      text: '{who} looked at {address} by a permission, for: {purpose}. You may take it back at once.',
      action: 'See the permission',
    },
  },
  'property.electronicCancelled': {
    kind: info,
    channels: everywhere,
    params: { number: 'text', reason: 'text' },
    zh: {
      title: '一份电子证照已注销',
      text: '{number}的电子证照已由登记机构注销，原因：{reason}。登记不受影响，以前下载的文件请不要再用。有疑问请到登记大厅。',
      action: '看我的证书',
    },
    en: {
      title: 'An electronic certificate was cancelled',
      text: 'The office cancelled the electronic form of {number}: {reason}. The registration itself stands. Please do not use files downloaded before.',
      action: 'See my certificates',
    },
  },
  'property.certificationEnded': {
    kind: info,
    channels: inboxOnly,
    params: { address: 'text', number: 'text', how: 'text' },
    zh: {
      title: '一份登记证明失效了',
      text: '{address}上的登记证明 {number} {how}，纸质的和电子的都请不要再用。与您知道的情况不符的，请马上联系登记中心。',
      action: '看我的证书',
    },
    en: {
      title: 'A certification is no longer valid',
      text: '{address}: certification {number} {how}; do not use it any more. If you did not expect this, contact the registration centre.',
      action: 'See my certificates',
    },
  },
  'looks.complained': {
    kind: action,
    channels: byMail,
    params: { dueOn: 'day' },
    zh: {
      title: '有人反映一次查看',
      text: '有人对一次查看提出疑问，请核实后在 {dueOn} 前答复。',
      action: '去答复',
    },
    en: {
      title: 'A look was complained of',
      text: 'Somebody questions a look at their data. Look into it and answer by {dueOn}.',
      action: 'Answer it',
    },
  },
  'looks.answered': {
    kind: info,
    channels: everywhere,
    params: { lookedAt: 'instant' },
    zh: {
      title: '您反映的查看有答复了',
      text: '您反映的 {lookedAt} 那次查看，已经核实并答复。不满意的，可以向法院起诉，也可以向网信等部门投诉、举报（个人信息保护法第五十条、第六十五条）。',
      action: '看答复',
    },
    en: {
      title: 'Your complaint was answered',
      text: 'Your complaint of the look of {lookedAt} is answered. If it does not satisfy you, sue in court or complain to the cyberspace administration (Personal Information Protection Law, arts. 50, 65).',
      action: 'Read the answer',
    },
  },
  'looks.judged': {
    kind: info,
    channels: inboxOnly,
    params: { lookedAt: 'instant', outcome: 'text' },
    zh: {
      title: '您的一次查看被反映，已有结论',
      text: '您在 {lookedAt} 的一次查看被当事人反映，核实结论：{outcome}。',
      action: '看消息',
    },
    en: {
      title: 'A look of yours was judged',
      text: 'The person concerned complained of your look of {lookedAt}. The finding: {outcome}.',
      action: 'See messages',
    },
  },
  'looks.delayAsked': {
    kind: action,
    channels: byMail,
    params: { organisation: 'text' },
    zh: {
      title: '一件暂缓告知等您决定',
      text: '{organisation}来函要求暂缓告知当事人，请核对依据后决定。',
      action: '去决定',
    },
    en: {
      title: 'A delay of notice waits for you',
      text: '{organisation} asks that a person is not told of its looks yet. Check the ground and decide.',
      action: 'Decide it',
    },
  },
  'looks.organDelayGranted': {
    kind: info,
    channels: inboxOnly,
    params: { docNo: 'text', untilOn: 'day' },
    zh: {
      title: '暂缓告知已同意',
      text: '贵单位公函 {docNo} 要求的暂缓告知已同意，{untilOn}以前（含当天）当事人不会得知贵单位的查看。还需要的，请在到期前再来函。',
      action: '看本单位的查询',
    },
    en: {
      title: 'The delay of notice was agreed to',
      text: 'As your letter {docNo} asks, the person is not told of your looks before the end of {untilOn}. If more is needed, write again before that day.',
      action: 'See your queries',
    },
  },
  'looks.organDelayRefused': {
    kind: info,
    channels: inboxOnly,
    params: { docNo: 'text', why: 'text' },
    zh: {
      title: '暂缓告知没有同意',
      text: '贵单位公函 {docNo} 要求的暂缓告知{why}。每份查询自己的告知日期不变。仍有需要的，请写明依据和理由再来函。',
      action: '看本单位的查询',
    },
    en: {
      title: 'The delay of notice was not agreed to',
      text: 'The delay that your letter {docNo} asks for {why}. The terms of your queries stay as they are. If it is still needed, write again with the reasons.',
      action: 'See your queries',
    },
  },
  'looks.organDelayEnded': {
    kind: info,
    channels: inboxOnly,
    params: { docNo: 'text', how: 'text' },
    zh: {
      title: '暂缓告知已结束',
      text: '贵单位公函 {docNo} 要求的暂缓告知{how}。没有其他暂缓的，当事人已经可以看到贵单位的查看。',
      action: '看本单位的查询',
    },
    en: {
      title: 'The delay of notice has ended',
      text: 'The delay that your letter {docNo} asks for {how}. Where nothing else delays it, the person can see your looks now.',
      action: 'See your queries',
    },
  },
  'looks.delayEnded': {
    kind: info,
    channels: everywhere,
    params: { organisation: 'text', count: 'number' },
    zh: {
      title: '依法补告：有机关查过您的登记信息',
      text: '{organisation}在依法暂缓告知期间，查看过您的登记信息 {count} 次，现在补告。不清楚的，可以反映。',
      action: '看谁查过我',
    },
    en: {
      title: 'Told late by law: an organ looked at your data',
      text: '{organisation} looked at your registration data {count} time(s) while the law allowed to tell you later. You are told now, and may complain.',
      action: 'See who looked',
    },
  },
} as const satisfies Record<string, Template>;
