import type { Sentence } from '../../../platform/errors.ts';
import type { ResultKind } from '../contract/views.ts';
import type { Purpose, QueryKind, RefusalReason } from '../vocabulary.ts';

/** Words that stand on results of queries: whoever checks one without the office reads the same. Pure. */

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
  manager: say(
    '依法管理、处分他人不动产的主体查询（监护人、清算组等）',
    'Query by whoever manages the property of others by law (guardian, liquidator and the like)',
  ),
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
  management: say('管理、处分所代管的财产', 'Managing property for somebody else'),
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
