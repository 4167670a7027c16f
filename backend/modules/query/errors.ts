import { defineErrors } from '../../platform/errors.ts';

export const errors = defineErrors({
  'query.notFound': {
    status: 404,
    zh: '没有找到这份查询，或者它不是您提出的。请在“我的查询”里选择。',
    en: 'No such query, or it is not yours. Choose one from "My queries".',
  },
  'query.unitNotFound': {
    status: 404,
    zh: '没有找到这处不动产，或者登记簿上没有您的权利。请核对证号或单元号；要查别人的不动产，请在“查什么”里选别的一项。',
    en: 'No such property, or the register names no right of yours on it. Check the number; to ask about a property of others, choose another kind of query.',
  },
  'query.noSuchUnit': {
    status: 404,
    zh: '登记簿里没有这处不动产。请对照证书或合同，把证号或单元号再核对一遍；外地的房屋请到当地查询。',
    en: 'The register has no such property. Compare the number with the certificate or contract once more; property elsewhere is queried there.',
  },
  'query.targetInvalid': {
    status: 422,
    zh: '请填不动产权证书号（如 鲁(2026)聊城市不动产权第0000001号）或 28 位不动产单元号，照证书抄写就行。',
    en: 'Give the certificate number (such as 鲁(2026)聊城市不动产权第0000001号) or the unit code of 28 characters, as on the certificate.',
  },
  'query.kindNotYours': {
    status: 403,
    zh: '这一类查询不对您的账号开放。法院等国家机关请用本单位的账号，个人请选其他查询。',
    en: 'This kind of query is not open to your account. State organs use the account of their organisation; choose another kind.',
  },
  'query.purposeNeeded': {
    status: 422,
    zh: '请选一个查询的用途。',
    en: 'Choose what the query is for.',
  },
  'query.purposeNotFitting': {
    status: 422,
    zh: '这一类查询不能用这个目的。请换一个目的，或者换一类查询。',
    en: 'This purpose does not go with this kind of query. Choose another purpose, or another kind.',
  },
  'query.purposeTextNeeded': {
    status: 422,
    zh: '请用一句话写明要做什么用，至少 4 个字。',
    en: 'Say in a sentence what it is for, at least 4 characters.',
  },
  'query.promiseNeeded': {
    status: 422,
    zh: '请先勾选承诺：查到的内容只用于所写的目的，未经权利人同意不泄露给别人。',
    en: 'First promise that what you learn is used for the stated purpose only and told to nobody without the consent of the right holder.',
  },
  'query.evidenceMissing': {
    status: 422,
    zh: '还缺：{what}。请拍照或上传后再提交。',
    en: 'Still missing: {what}. Photograph or upload it, then send again.',
  },
  'query.evidenceNotYours': {
    status: 422,
    zh: '有一份材料不是为这次查询上传的，请重新上传。',
    en: 'One of the files was not uploaded for this query; upload it again.',
  },
  'query.nameNeeded': {
    status: 422,
    zh: '请填要核对的权利人姓名或名称。',
    en: 'Give the name of the owner to be verified.',
  },
  'query.targetOrPerson': {
    status: 422,
    zh: '请填房子的证号或单元号；不知道是哪处房子的，请填去世的人的姓名和身份证号。两样填一样就行。',
    en: 'Give the certificate number or unit code of the property, or else the name and ID number of the person who died: one of the two.',
  },
  'query.personIsYou': {
    status: 422,
    zh: '这里填的是您自己的证件号码。查自己名下的房产，请选“我名下的全部房产”；替别人查的，请填对方的证件号码。',
    en: 'This is your own number. For property of your own choose “All property in my name”; otherwise give the number of the other person.',
  },
  'query.clientNeeded': {
    status: 422,
    zh: '请填委托人的姓名或名称，和律师事务所证明上写的一样。',
    en: 'Give the name of your client, as in the letter of the law firm.',
  },
  'query.orderNotFitting': {
    status: 422,
    zh: '法院的调查令只用于打官司或仲裁。请把用途改成打官司或仲裁，或者不交调查令，按普通律师查询提交。',
    en: 'A court’s inquiry order is for a lawsuit or an arbitration. Change the purpose to one of these, or ask without the order.',
  },
  'query.personNeeded': {
    status: 422,
    zh: '请把被查询人的姓名和证件号码再核对一遍：身份证号是 18 位，单位填统一社会信用代码。',
    en: 'Check the name and the ID number of the person asked about once more: 18 digits of the ID card, of an organisation its unified social credit code.',
  },
  'query.letterNoNeeded': {
    status: 422,
    zh: '请填公函或案件的文号，2 到 60 个字，照公函抄写就行。例：聊公经侦〔2026〕18号。',
    en: 'Give the number of the letter or of the case, 2 to 60 characters, as on the letter, such as 聊公经侦〔2026〕18号.',
  },
  'query.keyReused': {
    status: 409,
    zh: '这次提交的编号已经用过，但内容不一样。请刷新页面后重新提交。',
    en: 'This id was used before with other content. Reload the page and send again.',
  },
  'query.changedMeanwhile': {
    status: 409,
    zh: '这份查询刚刚有了变化。请刷新页面看最新情况。',
    en: 'This query changed a moment ago. Reload the page to see its latest state.',
  },
  'query.notWaiting': {
    status: 409,
    zh: '这份查询已经办结，不能再办。请刷新页面看结果。',
    en: 'This query has been decided already. Reload the page to see the result.',
  },
  'query.recused': {
    status: 403,
    zh: '这份查询和您本人有关，请由其他同事办理。',
    en: 'This query concerns you yourself; a colleague has to decide it.',
  },
  'query.otherHall': {
    status: 403,
    zh: '这份查询由不动产所在地的登记大厅办理。要转办的，请联系那边的同事或本单位领导。',
    en: 'This query is decided by the hall of the place of the property. To hand it over, speak to a colleague there or to a leader.',
  },
  'query.notChecked': {
    status: 422,
    zh: '请先核对身份、材料和目的，三项都勾选以后再同意。',
    en: 'First check identity, papers and purpose, and tick all three.',
  },
  'query.tooManyUnits': {
    status: 409,
    zh: '名下的不动产超过 {limit} 处，网上一次列不完。请到登记大厅办理。',
    en: 'More than {limit} properties are registered under this name; they are listed at the service hall.',
  },
  'query.cursorWrong': {
    status: 400,
    zh: '这一页的位置不对，请从第一页重新看起。',
    en: 'This page position is not valid; start again from the first page.',
  },
  'query.noticeTerm': {
    status: 422,
    zh: '暂缓告知要在今天之后、{days} 天之内结束；还需要的，到期前再延长。',
    en: 'The term ends after today and within {days} days; extend it before it ends if more is needed.',
  },
  'query.noticeOver': {
    status: 409,
    zh: '当事人已经得知这次查询，不能再改。',
    en: 'Those concerned have been told of this query; nothing can be changed.',
  },
  'query.noResult': {
    status: 409,
    zh: '这份查询还没有结果文书。',
    en: 'This query has no result document yet.',
  },
  'query.resultErased': {
    status: 410,
    zh: '这份结果已过保存期，按规定删除了。您手里的文书仍然可以核验；要现在的情况，请重新查询。',
    en: 'This result is past the time for which it is kept and was erased. A copy that you have can still be verified; to know how things stand now, ask again.',
  },
  'query.signatureBroken': {
    status: 500,
    zh: '这份文书的签名核对不上，已停止输出并通知管理员。请稍后再试或打 12345。',
    en: 'The signature of this document does not verify; it is withheld and the office has been told. Try later or call 12345.',
  },
});
