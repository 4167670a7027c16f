/**
 * Closed sets of queries (查询). Pure and browser-safe. 查询办法 is 不动产登记资料查询暂行办法 throughout.
 */

/** Who the requester is to the unit: the columns of the disclosure table. */
export const RELATIONS = [
  /** 权利人, alone. */
  'owner',
  /** 权利人, with others. */
  'coOwner',
  /** 继承人、受遗赠人. */
  'heir',
  /** 清算组、破产管理人、财产代管人、监护人等: manages the owner's property by law. */
  'manager',
  /** 抵押权人、预告登记权利人、居住权人等: holds a right on somebody else's property. */
  'rightHolder',
  /** 利害关系人 with a contract, a suit or an arbitration. */
  'interestedParty',
  /** Intends to buy, rent, lend or sue, and cannot show it. */
  'intending',
  /** A lawyer who acts for somebody intending. */
  'lawyer',
  /** 国家机关. */
  'stateOrgan',
  /** Let in by an owner for a purpose and a time (授权). */
  'authorised',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** What the register says of a unit, as far as it is disclosed apart: the rows of the table. */
export const FIELDS = [
  /** 自然状况: code, district, address, use, area, structure, floors, and whether the unit is registered. */
  'natural',
  /** 权利性质: how land and house were come by. Part of 权属状况 (条例8), not of 自然状况. */
  'nature',
  /** 是否共有、抵押、预告、异议、查封、居住权: yes or no. */
  'restrictions',
  /** 权利类型、使用期限、登记时间. */
  'right',
  'certificateNo',
  /** 共有方式. */
  'coOwnership',
  /** Of the requester, or of whoever authorised them, as an owner. */
  'ownName',
  'ownIdNumber',
  /** Of the other owners; of all where the requester is none. */
  'holderName',
  'holderIdNumber',
  'share',
  /** Each mortgage, seizure and so on: kind, place, dates. */
  'encumbrances',
  'encumbrancerName',
  'encumbrancerIdNumber',
  'certificationNo',
  /** 债权数额、履行期限、限制转让的约定. */
  'debt',
  /** 查封机关. */
  'court',
  /** 查封文号. */
  'orderNo',
  /** Whether a name that the requester gives is that of an owner. */
  'nameMatches',
  /** Rights that ended, with their holders. */
  'history',
] as const;
export type Field = (typeof FIELDS)[number];

/** What is asked, by the codes of domain.md §1.6 F. */
export const QUERY_KINDS = {
  /** CX01, CX02: all that one owns, or that one owns nothing. */
  own: 'own',
  /** CX01: one unit, by whoever the register names on it. */
  ownUnit: 'ownUnit',
  /** CX01 under 查询办法17: an heir or legatee of whom it names, of one unit or of all that was the deceased's. */
  heir: 'heir',
  /** CX01 under 查询办法18: whoever manages by law what belongs to the person or organisation that is named. */
  manager: 'manager',
  /** CX03. */
  interested: 'interested',
  /** CX03 under 查询办法22; with an inquiry order of a court, 查询办法23. */
  lawyer: 'lawyer',
  /** CX04, by unit. */
  organUnit: 'organUnit',
  /** CX04, by person. 以人查房 is for state organs, for oneself, and for whoever comes in an owner's place (查询办法17, 18). */
  organPerson: 'organPerson',
  /** CX05: natural status and restrictions. */
  status: 'status',
} as const;
export type QueryKind = (typeof QUERY_KINDS)[keyof typeof QUERY_KINDS];

export const QUERY_STATES = {
  /** On a clerk's list. */
  waiting: 'waiting',
  answered: 'answered',
  /** 不予查询. */
  refused: 'refused',
  /** Taken back by whoever asked. */
  withdrawn: 'withdrawn',
} as const;
export type QueryState = (typeof QUERY_STATES)[keyof typeof QUERY_STATES];

/** 查询目的, a closed word each; the requester adds a sentence of their own where it says too little. */
export const PURPOSES = [
  'ownRecords',
  'loan',
  'sale',
  'purchase',
  'lease',
  'mortgage',
  'gift',
  'inheritance',
  'management',
  'lawsuit',
  'arbitration',
  'school',
  'housingBenefit',
  'investigation',
  'enforcement',
  'audit',
  'tax',
  'other',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** 利害关系证明 and the like, by what proves it (查询办法20, 23; M30, M31). */
export const EVIDENCE = [
  /** 买卖、互换、赠与、租赁、抵押合同. */
  'contract',
  /** 受理案件通知书、仲裁受理通知书. */
  'courtNotice',
  /** 律师证. */
  'lawyerCard',
  /** 律师事务所证明. */
  'lawFirmLetter',
  /** 死亡证明, 亲属关系 or 遗嘱. */
  'inheritanceProof',
  /** 依法有权管理、处分他人不动产的材料: of a guardian, a liquidator, an administrator (查询办法18). */
  'authorityProof',
  /** 人民法院的调查令 (查询办法23). */
  'inquiryOrder',
  /** 公函、协助查询通知书. */
  'officialLetter',
  /** 工作证、执行公务证. */
  'officialCard',
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** 不予查询 (查询办法 on refusals; domain.md §6.1). */
export const REFUSAL_REASONS = [
  /** 不属于本机构管辖. */
  'notOurArea',
  /** 查询主体不符合规定. */
  'wrongRequester',
  /** 查询目的不合法. */
  'unlawfulPurpose',
  /** 材料不能证明利害关系. */
  'evidenceInsufficient',
  /** 要查的资料不存在. */
  'noSuchRecord',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
