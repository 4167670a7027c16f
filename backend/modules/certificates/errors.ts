import { defineErrors } from '../../platform/errors.ts';

export const errors = defineErrors({
  'certificates.notFound': {
    status: 404,
    zh: '没有找到这本证书，或者您不是它的权利人。请在“我的证书”里选择。',
    en: 'No such certificate, or it is not yours. Choose one from "My certificates".',
  },
  'certificates.needsManualPrinting': {
    status: 409,
    zh: '证书上有系统字库没有的字（{characters}），不能自动生成。证书已经登记生效，请到登记大厅领取人工制作的证书。',
    en: 'The certificate holds a character that our fonts lack ({characters}), so it is not printed automatically. It is registered and in force; collect a hand-made copy at the hall.',
  },
  'certificates.signatureBroken': {
    status: 500,
    zh: '这本证书的签名核对不上，已停止输出并通知管理员。请稍后再试或打 12345。',
    en: 'The signature of this certificate does not verify; it is withheld and the office has been told. Try later or call 12345.',
  },
});
