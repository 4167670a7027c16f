/**
 * What a row of 谁查过我 says, in words. Pure. Closed words come from whoever recorded the look; one that is not known here is told
 * in general terms, never as a code (a test reads every `recordAccess` and demands words of it).
 */
import type { Sentence } from '../../../platform/errors.ts';
import type { ElectronicPurpose } from '../../certificates/index.ts';
import type { DelayGround } from '../contract/looks.ts';
import type { Purpose } from '../vocabulary.ts';
import { PURPOSE_WORDS } from '../wording.ts';

const WHY: Readonly<Record<string, Sentence>> = {
  handling: { zh: '正在办理您的业务', en: 'Working on your case' },
  queryHandling: {
    zh: '正在办理他人对这处不动产的查询',
    en: 'Working on a query that somebody else made of this property',
  },
  reading: { zh: '查阅办件', en: 'Reading a case' },
  registerLook: { zh: '在工作台查阅登记簿', en: 'Consulting the register at the desk' },
  certificateLook: { zh: '在工作台查看证书', en: 'Consulting a certificate at the desk' },
  searching: { zh: '按证件号或手机号查找办件', en: 'Finding a case by ID or phone number' },
  verify: { zh: '核验证书真伪', en: 'Verifying a certificate' },
  verifyResult: { zh: '核验一份查询结果的真假', en: 'Verifying the result of a query' },
  identityCheck: { zh: '在窗口核对您的身份', en: 'Checking your identity at the counter' },
  administration: { zh: '管理单位成员账号', en: 'Administering the accounts of an organisation' },
  appeal: { zh: '处理爽约申诉', en: 'Deciding an appeal against a no-show' },
  authorised: { zh: '凭权利人给的授权查看', en: 'By the permission that an owner gave' },
  complaint: { zh: '处理您反映的问题', en: 'Looking into your complaint' },
  // In entries of before a system had to say what for.
  electronicCertificate: {
    zh: '其他单位的业务系统下载电子证照',
    en: 'Another authority’s system downloaded the electronic certificate',
  },
  delay: { zh: '办理有关机关的暂缓告知手续', en: 'Entering a delay of notice that an organ asked for' },
};

const WHAT: Readonly<Record<string, Sentence>> = {
  case: { zh: '办件内容', en: 'the case' },
  materials: { zh: '申请材料', en: 'the materials filed' },
  document: { zh: '办件文书', en: 'a document of the case' },
  caseList: { zh: '办件清单', en: 'a list of cases' },
  unit: { zh: '不动产登记信息', en: 'the registration of the property' },
  certificate: { zh: '证书内容', en: 'the certificate' },
  certificateStatus: { zh: '证书是否有效', en: 'whether the certificate is valid' },
  identity: { zh: '姓名和证件号', en: 'name and ID number' },
  membership: { zh: '单位成员的姓名和手机号（隐去中间几位）', en: 'name and masked phone of a member' },
  appeal: { zh: '申诉内容', en: 'the appeal' },
  complaint: { zh: '反映的内容', en: 'the complaint' },
  query: { zh: '查询申请', en: 'the request of a query' },
  queryResult: {
    zh: '查询结果是不是真的、登记簿后来有没有变化（不含姓名）',
    en: 'whether the result is genuine and the register has changed since, without names',
  },
  status: {
    zh: '自然状况和有无抵押、查封（不含姓名）',
    en: 'natural status and restrictions, without names',
  },
};

/** What another authority's system said it needed the certificate for. */
const SYSTEM_PURPOSES = {
  loan: { zh: '办理贷款', en: 'a loan' },
  housingFund: { zh: '办理住房公积金', en: 'the housing fund' },
  tax: { zh: '办理税务', en: 'tax' },
  school: { zh: '办理入学', en: 'school admission' },
  household: { zh: '办理户籍', en: 'household registration' },
  business: { zh: '办理营业执照等经营事项', en: 'a business licence and the like' },
  utilities: { zh: '水电气暖等过户', en: 'transfer of water, power, gas and heating' },
  socialAid: { zh: '办理社会救助、住房保障', en: 'social aid or housing support' },
} as const satisfies Record<ElectronicPurpose, Sentence>;

const isSystemPurpose = (word: string): word is ElectronicPurpose => Object.hasOwn(SYSTEM_PURPOSES, word);

function systemWords(why: string): Sentence | null {
  const purpose = why.startsWith('system.') ? why.slice('system.'.length) : '';
  if (!isSystemPurpose(purpose)) return null;
  const { zh, en } = SYSTEM_PURPOSES[purpose];
  return {
    zh: `其他单位的业务系统核对或下载证照：${zh}`,
    en: `Another authority’s system checked or downloaded the certificate, for ${en}`,
  };
}

const OTHER_WHY: Sentence = { zh: '办理登记业务', en: 'Registration work' };
const OTHER_WHAT: Sentence = { zh: '登记信息', en: 'registration data' };

const isPurpose = (why: string): why is Purpose => Object.hasOwn(PURPOSE_WORDS, why);

/** Whoever prepares a suit or an arbitration is not to be announced to the other side by the register. */
const UNSAID: readonly string[] = ['lawsuit', 'arbitration'] satisfies Purpose[];

/** In place of a purpose that is not told. */
export const LAWFUL: Sentence = { zh: '依法查询', en: 'a lawful query' };

/** What a person is told of a query's purpose; that it was asked is told in any case. */
export const purposeTold = (purpose: Purpose): Sentence =>
  UNSAID.includes(purpose) ? LAWFUL : PURPOSE_WORDS[purpose];

/** To the person: the act of a member of staff, or the purpose that a query named where it may be told. */
export const whyWords = (why: string): Sentence =>
  UNSAID.includes(why) ? { zh: '查询登记资料', en: 'A query' } : wholeWhyWords(why);

/** To somebody whose affair it is not: the act of a member of staff, and of a query only that it was made by law. */
export const bareWhyWords = (why: string): Sentence =>
  isPurpose(why) ? { zh: LAWFUL.zh, en: 'A lawful query' } : whyWords(why);

/** To whoever inquires into a look: with every purpose. */
export function wholeWhyWords(why: string): Sentence {
  if (!isPurpose(why)) return systemWords(why) ?? WHY[why] ?? OTHER_WHY;
  const { zh, en } = PURPOSE_WORDS[why];
  return { zh: `查询登记资料：${zh}`, en: `A query: ${en}` };
}

export const whatWords = (what: string): Sentence => WHAT[what] ?? OTHER_WHAT;
export const hasWords = (kind: 'why' | 'what', word: string): boolean =>
  Object.hasOwn(kind === 'why' ? WHY : WHAT, word) || (kind === 'why' && isPurpose(word));

const LAWS: Readonly<Record<string, Sentence>> = {
  条例: { zh: '《不动产登记暂行条例》', en: 'Interim Regulation on Real Estate Registration' },
  不动产登记暂行条例: { zh: '《不动产登记暂行条例》', en: 'Interim Regulation on Real Estate Registration' },
  民法典: { zh: '《民法典》', en: 'Civil Code' },
  个保法: { zh: '《个人信息保护法》', en: 'Personal Information Protection Law' },
  在线政务服务规定: {
    zh: '《国务院关于在线政务服务的若干规定》',
    en: 'State Council Provisions on Online Government Services',
  },
  查询办法: { zh: '《不动产登记资料查询暂行办法》', en: 'Interim Measures on Queries of Registration Data' },
  不动产登记资料查询暂行办法: {
    zh: '《不动产登记资料查询暂行办法》',
    en: 'Interim Measures on Queries of Registration Data',
  },
};

const HAN_DIGITS = '〇一二三四五六七八九';

/** 十八 → 18, 二十七 → 27; articles up to 99. */
function articleOf(text: string): string {
  const [, tens, ten, units] = /^第([一二三四五六七八九])?(十)?([一二三四五六七八九])?条$/.exec(text) ?? [];
  const digit = (han: string | undefined) => (han ? HAN_DIGITS.indexOf(han) : 0);
  return String(ten ? (digit(tens) || 1) * 10 + digit(units) : digit(tens) || digit(units));
}

interface Cited {
  law: Sentence;
  articles: string[];
}

function citationOf(part: string): Cited {
  const [, name = '', article = ''] =
    /^(\D+?)(\d+(?:第\d+款)?|第[一二三四五六七八九十]+条)?$/u.exec(part) ?? [];
  const law = LAWS[name];
  if (!law) return { law: { zh: part, en: part }, articles: [] };
  if (article === '') return { law, articles: [] };
  return {
    law,
    articles: [article.startsWith('第') ? articleOf(article) : (/^\d+/.exec(article)?.[0] ?? '')],
  };
}

const citedWords = ({ law, articles }: Cited): Sentence => {
  if (articles.length === 0) return law;
  const en = `${law.en}, ${articles.length > 1 ? 'arts.' : 'art.'} ${articles.join(', ')}`;
  return { zh: `${law.zh}第 ${articles.join('、')} 条`, en };
};

/**
 * `民法典218、条例27、28` → the laws by name with their articles; a number alone is another article of the law before it. What is not
 * known stays as it is. Queries say `第19、20条`.
 */
export function basisWords(basis: string): Sentence {
  const cited: Cited[] = [];
  for (const part of basis.replace(/第(\d+(?:、\d+)*)条/gu, '$1').split('、')) {
    const last = cited.at(-1);
    if (/^\d/.test(part) && last) last.articles.push(/^\d+/.exec(part)?.[0] ?? part);
    else cited.push(citationOf(part));
  }
  const words = cited.map(citedWords);
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join('; ') };
}

/** Why a look was not told at once (个人信息保护法18, 35; 刑事诉讼法54, 监察法18). */
export const DELAY_WORDS = {
  enforcement: { zh: '法院执行', en: 'enforcement by a court' },
  preservation: { zh: '财产保全', en: 'preservation of property' },
  crime: { zh: '侦查犯罪', en: 'investigation of a crime' },
  discipline: { zh: '监察调查', en: 'inquiry by the supervisory organ' },
  security: { zh: '国家安全', en: 'state security' },
  emergency: { zh: '紧急保护人身和财产', en: 'emergency protection of life and property' },
  duty: { zh: '国家机关依法履行职责', en: 'duties of a state organ' },
} as const satisfies Record<DelayGround, Sentence>;
