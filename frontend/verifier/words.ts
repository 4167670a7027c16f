import type { FileVerdict, Pages, Weight } from '../../backend/modules/certificates/offline/bundle.ts';
import type { Verdict } from '../../backend/modules/certificates/offline/verify.ts';

/** Chinese and English side by side: this file has no switch of languages. */
export type Words = readonly [zh: string, en: string];
type All = Verdict | FileVerdict;

export const VERDICTS = {
  genuine: ['签发时是真的', 'Genuine when issued'],
  contentOnly: ['只有下面列的内容是真的，这份 PDF 不能信', 'Only what is listed is genuine, not this PDF'],
  signedOnly: ['有签名，但不能算核验通过', 'Signed, but not verified'],
  notGenuine: ['被改动过，或者不是真的', 'Changed, or not genuine'],
  cannotTell: ['判断不了，不能当作真的', 'This cannot be judged, and may not be taken for genuine'],
} as const satisfies Record<Weight, Words>;

export const WHY = {
  altered: ['内容读到一半就对不上了。请勿据此交易。', 'It stops agreeing halfway. Do not rely on it.'],
  notInLog: [
    '上面写的，和登记日志里存的对不上。请勿据此交易。',
    'It is not what stands in the log. Do not rely on it.',
  ],
  badSignature: ['签名对不上。请勿据此交易。', 'The signature does not hold. Do not rely on it.'],
  badStanding: [
    '附带的状态说明不是登记机构作的。请勿据此交易。',
    'The statement with it is not the office’s. Do not rely on it.',
  ],
  recordDiffers: [
    '文件里写的，和随附的证明对不上。请勿据此交易。',
    'The file differs from its proof. Do not rely on it.',
  ],
  fileAltered: [
    '这份文件和登记机构写出来的不一样。请勿据此交易。',
    'The file is not as the office wrote it. Do not rely on it.',
  ],
  truncated: ['没有读全，请从头到尾完整复制。', 'Part of it is missing: copy it whole.'],
  foreign: ['这不是证书上的证明。', 'This is no proof of a certificate.'],
  newerFormat: [
    '这份证明用的是更新的写法，请下载新的核验程序。',
    'It is of a newer form: download the verifier again.',
  ],
  unknownKey: [
    '不是用下面列出的公钥签的：可能是别处的证，也可能是仿造的。',
    'Not signed by the keys below: of another place, or an imitation.',
  ],
  noKeys: [
    '还没有登记机构的公钥。请从网站下载本程序，或在下面填公钥。',
    'There are no keys yet: download this file from the site, or enter keys below.',
  ],
  noProof: [
    '这份文件里读不到证明。请用原来下载的 PDF，或用手机扫纸上的码、把文字粘贴到这里。',
    'No proof can be read from this file. Use the PDF as downloaded, or scan the code by phone and paste its text here.',
  ],
  oldBrowser: [
    '这个浏览器太旧，核不了签名。请换 2025 年以后的浏览器。',
    'This browser is too old to check signatures: use one of 2025 or later.',
  ],
  unknownDocument: [
    '有登记机构的签名，但不是证书，也不是查询结果，不能当证书用。',
    'Signed by the office, but neither a certificate nor the result of a query: do not take it for one.',
  ],
  noCertificate: [
    '这是查询登记资料的文书，不是不动产权证书。',
    'This is a paper about a query, not a certificate of title.',
  ],
  signedOnly: [
    '文件里缺登记日志的证明，可能被人取掉，看不出现在还作不作数。请用证号和姓名到核验页再核。',
    'The proof by the log is missing, perhaps taken out, so nothing shows whether it still stands. Check it online by number and name.',
  ],
} as const satisfies Record<
  Extract<All, { why: string }>['why'] | 'noCertificate' | 'noKeys' | 'oldBrowser' | 'signedOnly',
  Words
>;

export const PAGES = {
  whole: ['这份 PDF 和登记机构写出来的一个字节都不差。', 'This PDF is byte for byte what the office wrote.'],
  unknown: [
    '只核了下面列出的各项，没有核文件的版面。以下面的为准。',
    'Only the lines below were checked, not the pages. The lines below count.',
  ],
  unsigned: [
    '这份 PDF 少了登记机构的文件签名，版面可能被改过。不要看 PDF 上印的，只看下面列的。',
    'The line of the office that covers the pages is missing: they may have been changed. Go by the lines below, not by the PDF.',
  ],
} as const satisfies Record<Pages, Words>;

export const MOMENT: Words = [
  '只说明这一刻登记簿上的记载，以后有没有变要重新查：',
  'States the register of that moment only; later changes need a new query.',
];

export const STANDING = {
  valid: ['打印时有效', 'In force when printed'],
  superseded: ['已有新的登记，不再作数', 'Superseded, no longer valid'],
  cancelled: ['已经注销，不再作数', 'Cancelled, no longer valid'],
  unknown: ['没有附带状态说明', 'It carries no statement of its standing'],
  later: ['之后有没有变，要联网到核验页再核。', 'Whether it has changed since is checked online.'],
} as const satisfies Record<string, Words>;

/** By the field's name in the proof; fields without one say nothing to people. */
export const LABELS: Readonly<Record<string, string>> = {
  number: '证号',
  holders: '权利人',
  obligors: '义务人',
  coOwnership: '共有情况',
  address: '坐落',
  unitCode: '不动产单元号',
  subject: '权利类型',
  nature: '权利性质',
  use: '用途',
  area: '面积',
  term: '使用期限',
  other: '其他状况',
  notes: '附记',
  agency: '登记机构',
  registeredOn: '登记日期',
};
