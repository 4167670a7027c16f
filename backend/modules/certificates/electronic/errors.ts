import { defineErrors } from '../../../platform/errors.ts';

/** Read by the programmers and operators of other systems: each says what to do next. */
export const errors = defineErrors({
  'certificates.notOfRegistry': {
    status: 403,
    zh: '“制证”“签发”只对登记机构自己的系统开放。其他单位的系统请只选下载、核对等操作。',
    en: 'Only systems of the registry itself make and issue. Choose other operations, such as download and check.',
  },
  'certificates.notHeld': {
    status: 404,
    zh: '没有找到这本证书，或者权利人姓名对不上。请核对证号和姓名；证书还没有发放的，请等发放后再来。',
    en: 'No such certificate, or the holder’s name does not fit. Check both; if it has not been issued yet, come back when it has.',
  },
  'certificates.referenceOfPerson': {
    status: 422,
    zh: '事项编码、办件编号里填的是身份证号。权利人都能看到这两项，请改填贵单位的业务编号。',
    en: 'The matter code or case number given is an ID number. Every holder can read both; give the numbers of your own matter instead.',
  },
  'certificates.notInForce': {
    status: 409,
    zh: '这本证书登记的内容已经变更或注销，不能再制作电子证照。请用新的证号。',
    en: 'What this certificate registers has changed or ended, so no electronic certificate is made of it. Use the new number.',
  },
  'certificates.notMade': {
    status: 409,
    zh: '这本证书还没有电子证照，请先调用“制证”。',
    en: 'This certificate has no electronic form yet. Call "make" first.',
  },
  'certificates.notIssued': {
    status: 409,
    zh: '电子证照已制作，还没有签发，请先调用“签发”再下载。',
    en: 'The electronic certificate is made but not issued. Call "issue" before the download.',
  },
  'certificates.electronicCancelled': {
    status: 409,
    zh: '这份电子证照已经注销，不能再签发或下载。请用“核对”查看现在的状态。',
    en: 'This electronic certificate is cancelled: it is neither issued nor downloaded any more. Call "check" for how it stands.',
  },
  'certificates.stillInForce': {
    status: 409,
    zh: '登记簿上这项登记仍然有效，不能注销。需要停用这份电子证照的，请由登记机构的管理员办理。',
    en: 'The registration is in force, so this cannot be cancelled from outside. If the electronic form alone is to end, ask an administrator of the registry.',
  },
  'certificates.systemKey': {
    status: 401,
    zh: '密钥缺失、不对或已经停用。请在 Authorization 头里填写 Bearer 和登记机构给的密钥；停用的请联系登记机构换发。',
    en: 'The key is missing, wrong or no longer good. Send it as "Authorization: Bearer <key>"; if it has ended, ask the registry for another.',
  },
  'certificates.systemOperation': {
    status: 403,
    zh: '这个密钥没有开通这项操作。需要开通的，请联系登记机构。',
    en: 'This key is not good for this operation. Ask the registry if you need it.',
  },
  'certificates.systemNotFound': {
    status: 404,
    zh: '没有这个外部系统，请刷新列表。',
    en: 'No such system. Reload the list.',
  },
});
