import type { Sentence } from '../../platform/errors.ts';
import { instantWords } from '../applications/index.ts';
import { DISTRICT_CODES, findDistrict } from '../register/index.ts';
import type { Evidence, RefusalReason } from './vocabulary.ts';

export { KIND_WORDS, PURPOSE_WORDS, REFUSAL_WORDS, RESULT_WORDS } from './offline/words.ts';

/** Words of queries that documents and messages share. Pure; the pages have their own under frontend/i18n. */

const say = (zh: string, en: string): Sentence => ({ zh, en });

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
  authorityProof: say(
    '有权管理、处分对方不动产的证明（如户口本、出生证明，指定监护人、财产代管人或破产管理人的文书，成立清算组的文书）',
    'proof of the authority over the property (household register, certificate of birth; appointment of the guardian, manager or bankruptcy administrator; resolution on the liquidation)',
  ),
  inquiryOrder: say('人民法院的调查令', 'inquiry order of a court'),
  officialLetter: say('公函或协助查询通知书', 'official letter or notice of assistance'),
  officialCard: say('工作证或执行公务证', 'official’s card'),
} as const satisfies Record<Evidence, Sentence>;

const REFUSED = '不动产登记资料查询暂行办法第11条、不动产登记暂行条例实施细则第99条';

/** By which articles a query is refused: its item for each reason, and the article alone where none of its items is that reason. */
export const REFUSAL_BASIS = {
  notOurArea: `${REFUSED}第1项`,
  wrongRequester: `${REFUSED}第3项`,
  unlawfulPurpose: `${REFUSED}第4项`,
  evidenceInsufficient: `${REFUSED}第2项`,
  noSuchRecord: REFUSED,
} as const satisfies Record<RefusalReason, string>;

/** An organ asks by 条例27第2款, not as one of those whom 查询暂行办法 is about: of their articles none refuses it. */
export const ORGAN_REFUSAL_BASIS = '不动产登记暂行条例实施细则第99条';

/** One authority does not apply for review of what another answered to its letter, nor sue over it. */
export const ORGAN_REMEDY = say(
  '请补正后再来函，或者与本机构联系。',
  'Please write again with what was missing, or contact this authority.',
);

/** `合同…或受理案件通知书…；律师证`: of each line any one. */
export function evidenceWords(lines: readonly (readonly Evidence[])[]): Sentence {
  const join = (language: 'zh' | 'en', or: string, and: string) =>
    lines.map((line) => line.map((code) => EVIDENCE_WORDS[code][language]).join(or)).join(and);
  return { zh: join('zh', '，或者', '；'), en: join('en', ' or ', '; ') };
}

/**
 * Which registers were searched, so that nobody takes silence for more than it is (domain.md §6.3).
 * @param all for all that somebody owns, by their number; otherwise one unit was looked at
 */
export function coverageOf(at: Date, { all }: { all: boolean }): Sentence {
  const moment = instantWords(at);
  const names = DISTRICT_CODES.map((code) => findDistrict(code)!.name);
  const zh = names.map((name) => name.zh).join('、');
  const en = names.map((name) => name.en).join(', ');
  if (!all) {
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
