import type { Sentence } from '../../platform/errors.ts';
import { instantWords } from '../applications/index.ts';
import { DISTRICT_CODES, findDistrict } from '../register/index.ts';
import type { ResultKind } from './contract/views.ts';
import type { Evidence, Purpose, QueryKind, RefusalReason } from './vocabulary.ts';

/** Words of queries that documents and messages share. Pure; the pages have their own under frontend/i18n. */

const say = (zh: string, en: string): Sentence => ({ zh, en });

export const RESULT_WORDS = {
  queryResult: say('不动产登记资料查询结果证明', 'Certificate of the result of a query'),
  noProperty: say('无房证明（不动产登记查询结果）', 'Certificate of no registered property'),
  refusal: say('不予查询告知书', 'Notice that the query is refused'),
} as const satisfies Record<ResultKind, Sentence>;

export const KIND_WORDS = {
  own: say('本人名下全部不动产', 'All property of one’s own'),
  ownUnit: say('本人名下的一处不动产', 'One property of one’s own'),
  heir: say('继承人、受遗赠人查询', 'Query by an heir or legatee'),
  interested: say('利害关系人查询', 'Query by an interested party'),
  lawyer: say('律师查询', 'Query by a lawyer'),
  organUnit: say('国家机关查询（按不动产）', 'Query by a state organ, of a property'),
  organPerson: say('国家机关查询（按人）', 'Query by a state organ, of a person'),
  status: say('自然状况和限制状况查询', 'Query of natural status and restrictions'),
} as const satisfies Record<QueryKind, Sentence>;

export const PURPOSE_WORDS = {
  ownRecords: say('了解自己名下的登记情况', 'Knowing one’s own records'),
  loan: say('申请贷款', 'Applying for a loan'),
  sale: say('出售房屋', 'Selling a home'),
  purchase: say('购买房屋', 'Buying a home'),
  lease: say('租赁房屋', 'Renting a home'),
  mortgage: say('设立抵押', 'Setting a mortgage'),
  gift: say('赠与或互换', 'Gift or exchange'),
  inheritance: say('继承或受遗赠', 'Inheritance or legacy'),
  lawsuit: say('提起诉讼或应诉', 'A lawsuit'),
  arbitration: say('申请仲裁或参加仲裁', 'An arbitration'),
  school: say('子女入学', 'Enrolling a child at school'),
  housingBenefit: say('申请住房保障或公积金', 'Housing benefit or provident fund'),
  investigation: say('调查案件', 'Investigating a case'),
  enforcement: say('执行案件', 'Enforcing a judgment'),
  audit: say('审计、监察', 'Audit or supervision'),
  tax: say('税务征收管理', 'Taxation'),
  other: say('其他', 'Other'),
} as const satisfies Record<Purpose, Sentence>;

export const EVIDENCE_WORDS = {
  contract: say(
    '合同（买卖、互换、赠与、租赁或抵押）',
    'contract (of sale, exchange, gift, lease or mortgage)',
  ),
  courtNotice: say('受理案件通知书或仲裁受理通知书', 'notice that the suit or arbitration was accepted'),
  lawyerCard: say('律师证', 'lawyer’s card'),
  lawFirmLetter: say('律师事务所出具的证明', 'letter of the law firm'),
  inheritanceProof: say(
    '继承或受遗赠的证明（如死亡证明和亲属关系证明、遗嘱、公证书）',
    'proof of the inheritance (certificates of death and kinship, will, notarial deed)',
  ),
  officialLetter: say('公函或协助查询通知书', 'official letter or notice of assistance'),
  officialCard: say('工作证或执行公务证', 'official’s card'),
} as const satisfies Record<Evidence, Sentence>;

export const REFUSAL_WORDS = {
  notOurArea: say('查询的不动产不属于本机构管辖', 'the property is not in the area of this authority'),
  wrongRequester: say('查询主体不符合规定', 'the requester is not entitled to this query'),
  unlawfulPurpose: say('查询目的不符合法律、法规规定', 'the purpose is not lawful'),
  evidenceInsufficient: say(
    '提交的材料不能证明利害关系或身份',
    'the papers do not show the interest or the identity',
  ),
  noSuchRecord: say('查询的登记资料不存在', 'there is no such record'),
} as const satisfies Record<RefusalReason, Sentence>;

const REFUSED = '不动产登记资料查询暂行办法第11条、不动产登记暂行条例实施细则第99条';

/** By which articles a query is refused: its item for each reason, and the article alone where none of its items is that reason. */
export const REFUSAL_BASIS = {
  notOurArea: `${REFUSED}第1项`,
  wrongRequester: `${REFUSED}第3项`,
  unlawfulPurpose: `${REFUSED}第4项`,
  evidenceInsufficient: `${REFUSED}第2项`,
  noSuchRecord: REFUSED,
} as const satisfies Record<RefusalReason, string>;

/** `合同…或受理案件通知书…；律师证`: of each line any one. */
export function evidenceWords(lines: readonly (readonly Evidence[])[]): Sentence {
  const join = (language: 'zh' | 'en', or: string, and: string) =>
    lines.map((line) => line.map((code) => EVIDENCE_WORDS[code][language]).join(or)).join(and);
  return { zh: join('zh', '，或者', '；'), en: join('en', ' or ', '; ') };
}

/** Which registers were searched, so that nobody takes silence for more than it is (domain.md §6.3). */
export function coverageOf(kind: QueryKind, at: Date): Sentence {
  const moment = instantWords(at);
  const names = DISTRICT_CODES.map((code) => findDistrict(code)!.name);
  const zh = names.map((name) => name.zh).join('、');
  const en = names.map((name) => name.en).join(', ');
  if (kind !== 'own' && kind !== 'organPerson') {
    return say(
      `本结果只反映截至${moment.zh}聊城市不动产登记簿对所查不动产单元的记载，此后的变化请重新查询。`,
      `This states what the register of Liaocheng said of the property at ${moment.en}; ask again for later changes.`,
    );
  }
  return say(
    `查询范围：聊城市不动产登记簿（${zh}），按证件号码查询，截至${moment.zh}。只查现在登记的所有权（使用权）；预告登记、商品房买卖合同网签备案、居住权和抵押权，以及没有登记的房屋、其他城市的房屋、登记时用别的证件号码的房屋，以及配偶、子女等其他人名下的房屋，不在本结果之内。`,
    `Searched: the register of Liaocheng (${en}), by number of the identity document, at ${moment.en}, for ownership (and rights of use) registered now. Advance notices, filed contracts of sale, rights of residence and mortgages are not covered, nor are homes that are not registered, lie in other cities, were registered under another number, or belong to other people (spouse and children included).`,
  );
}

/** 条例28、民法典219、查询办法25. */
export const USE_ONLY = say(
  '查询人应当按照所写的目的使用，不得用于其他目的；未经权利人同意，不得泄露查询获得的登记资料；不得公开、非法使用他人的不动产登记资料（条例第二十八条、民法典第二百一十九条）。',
  'To be used for the stated purpose only, and told to nobody without the consent of the right holder; publishing or unlawfully using the registration data of others is forbidden (Regulation art. 28, Civil Code art. 219).',
);
