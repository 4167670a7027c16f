import type { Sentence } from '../../platform/errors.ts';
import type { Condition, ExistingState, RequestKind, Verdict } from './contract.ts';

/** What an allowed request still has to know. */
export const NOTES = {
  /** 抵押随之转移 */
  mortgageFollows: 'mortgageFollows',
  /** 新抵押顺位在后 */
  laterRank: 'laterRank',
  /** 轮候查封 */
  waitsAsSeizure: 'waitsAsSeizure',
  /** 预查封 */
  asPreSeizure: 'asPreSeizure',
  /** 文书已送达，先停下 */
  heldByService: 'heldByService',
  /** 按送达先后 */
  inOrderOfService: 'inOrderOfService',
  /** 预购商品房预告 */
  asPrePurchase: 'asPrePurchase',
} as const;
export type Note = (typeof NOTES)[keyof typeof NOTES];

export interface Cell {
  verdict: Verdict;
  condition?: Condition;
  note?: Note;
  /** Of earlier cases only these count for the request; without it, all of them. */
  onlyBehind?: readonly RequestKind[];
  /** Where the cell rests on another article than its row. */
  basis?: Sentence;
}

/** Law cited, by the names of domain.md; articles that were not verified there are not given. */
export const LAW = {
  cityProperty38: {
    zh: '《城市房地产管理法》第三十八条第（二）项',
    en: 'Urban Real Estate Administration Law, art. 38(2)',
  },
  civil220: { zh: '《民法典》第二百二十条', en: 'Civil Code, art. 220' },
  civil221: { zh: '《民法典》第二百二十一条', en: 'Civil Code, art. 221' },
  civil366: { zh: '《民法典》第三百六十六条至第三百七十一条', en: 'Civil Code, arts. 366–371' },
  civil399: { zh: '《民法典》第三百九十九条第（五）项', en: 'Civil Code, art. 399(5)' },
  civil406: { zh: '《民法典》第四百零六条', en: 'Civil Code, art. 406' },
  restricted: {
    zh: '《民法典》第四百零六条、担保制度解释第四十三条、自然资发〔2021〕54号',
    en: 'Civil Code, art. 406; Interpretation on Security, art. 43; Notice 2021-54 of the Ministry of Natural Resources',
  },
  notice54: {
    zh: '自然资发〔2021〕54号',
    en: 'Notice 2021-54 of the Ministry of Natural Resources',
  },
  regulation22: {
    zh: '《不动产登记暂行条例》第二十二条',
    en: 'Interim Regulation on Real Estate Registration, art. 22',
  },
  rules: { zh: '《不动产登记暂行条例实施细则》', en: 'Implementing Rules of the Interim Regulation' },
  rules24: { zh: '《不动产登记暂行条例实施细则》第二十四条', en: 'Implementing Rules, art. 24' },
  rules28: { zh: '《不动产登记暂行条例实施细则》第二十八条', en: 'Implementing Rules, art. 28' },
  rules67: { zh: '《不动产登记暂行条例实施细则》第六十七条', en: 'Implementing Rules, art. 67' },
  rules83: { zh: '《不动产登记暂行条例实施细则》第八十三条', en: 'Implementing Rules, art. 83' },
  rules84: {
    zh: '《民法典》第二百二十条、《不动产登记暂行条例实施细则》第八十四条',
    en: 'Civil Code, art. 220; Implementing Rules, art. 84',
  },
  rules91: {
    zh: '最高人民法院查封规定第二十六条、《不动产登记暂行条例实施细则》第九十一条',
    en: 'Supreme Court Provisions on Seizure, art. 26; Implementing Rules, art. 91',
  },
  seizure23: { zh: '最高人民法院查封规定第二十三条', en: 'Supreme Court Provisions on Seizure, art. 23' },
  seizure: { zh: '最高人民法院查封规定', en: 'Supreme Court Provisions on Seizure' },
  shanghai31: {
    zh: '参照《上海市不动产登记若干规定》第三十一条',
    en: 'By analogy with the Shanghai Provisions on Registration, art. 31',
  },
  shenzhen15: {
    zh: '按受理编号先后办理（参照《深圳经济特区房地产登记条例》第十五条）',
    en: 'Cases are taken in order of acceptance (compare Shenzhen Registration Regulation, art. 15)',
  },
} as const satisfies Record<string, Sentence>;

const yes: Cell = { verdict: 'allow' };
const no: Cell = { verdict: 'refuse' };
const none: Cell = { verdict: 'notApplicable' };
const queue: Cell = { verdict: 'queue' };
const suspend: Cell = { verdict: 'suspend' };
const held: Cell = { verdict: 'suspend', note: 'heldByService' };

function iff(condition: Condition, basis?: Sentence): Cell {
  return basis ? { verdict: 'condition', condition, basis } : { verdict: 'condition', condition };
}
function told(note: Note, basis?: Sentence): Cell {
  return basis ? { verdict: 'allow', note, basis } : { verdict: 'allow', note };
}
function refused(basis: Sentence): Cell {
  return { verdict: 'refuse', basis };
}

/** The law that a row rests on unless a cell names its own. */
export const ROW_BASIS = {
  seizure: LAW.regulation22,
  objection: LAW.rules84,
  preNotice: LAW.civil221,
  mortgageFree: LAW.civil406,
  mortgageRestricted: LAW.restricted,
  mortgageBefore2021: LAW.notice54,
  residence: LAW.civil366,
  easement: LAW.rules28,
  constructionMortgage: LAW.rules,
  correctionPending: LAW.shanghai31,
  earlierCase: LAW.shenzhen15,
  orderServed: LAW.seizure23,
  notFirstRegistered: LAW.rules24,
  historic: LAW.regulation22,
} as const satisfies Record<ExistingState, Sentence>;

/** What blocks what: existing state × new request (domain.md §5.1). Every cell is named; a new kind does not compile without its cells. */
export const CONFLICT_TABLE = {
  seizure: {
    transfer: refused(LAW.cityProperty38),
    mortgageFirst: refused(LAW.civil399),
    mortgageDischarge: yes,
    rename: iff('courtConsent', LAW.seizure),
    areaUseChange: no,
    cancelOwnership: no,
    preNotice: no,
    objection: yes,
    correction: iff('registerErrorProof', LAW.civil220),
    seizure: told('waitsAsSeizure', LAW.rules91),
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: iff('courtConsent', LAW.seizure),
    query: yes,
  },
  objection: {
    transfer: iff('ownRiskPromise'),
    mortgageFirst: iff('ownRiskPromise'),
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: yes,
    cancelOwnership: iff('ownRiskPromise'),
    preNotice: iff('ownRiskPromise'),
    objection: iff('differentGround', LAW.rules83),
    correction: yes,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  preNotice: {
    transfer: iff('preNoticeHolderConsent'),
    mortgageFirst: iff('preNoticeHolderConsent'),
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: iff('preNoticeHolderConsent'),
    cancelOwnership: iff('preNoticeHolderConsent', LAW.rules28),
    preNotice: no,
    objection: yes,
    correction: yes,
    seizure: told('asPreSeizure', LAW.seizure),
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  mortgageFree: {
    transfer: told('mortgageFollows'),
    mortgageFirst: told('laterRank', LAW.rules67),
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: yes,
    cancelOwnership: iff('mortgageeConsent', LAW.rules28),
    preNotice: yes,
    objection: yes,
    correction: yes,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  mortgageRestricted: {
    transfer: iff('mortgageeJoins'),
    mortgageFirst: told('laterRank', LAW.rules67),
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: yes,
    cancelOwnership: iff('mortgageeConsent', LAW.rules28),
    preNotice: iff('mortgageeConsent'),
    objection: yes,
    correction: yes,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  mortgageBefore2021: {
    transfer: iff('mortgageeConsent'),
    mortgageFirst: told('laterRank', LAW.rules67),
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: yes,
    cancelOwnership: iff('mortgageeConsent', LAW.rules28),
    preNotice: iff('mortgageeConsent'),
    objection: yes,
    correction: yes,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  residence: {
    transfer: iff('residenceInformed'),
    mortgageFirst: iff('residenceInformed'),
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: iff('residenceConsent'),
    cancelOwnership: iff('residenceConsent'),
    preNotice: iff('residenceInformed'),
    objection: yes,
    correction: yes,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  easement: {
    transfer: yes,
    mortgageFirst: yes,
    mortgageDischarge: yes,
    rename: yes,
    areaUseChange: yes,
    cancelOwnership: iff('easementConsent'),
    preNotice: yes,
    objection: yes,
    correction: yes,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: yes,
    query: yes,
  },
  constructionMortgage: {
    transfer: iff('constructionRelease'),
    mortgageFirst: told('laterRank', LAW.rules67),
    mortgageDischarge: yes,
    rename: none,
    areaUseChange: none,
    cancelOwnership: iff('constructionRelease'),
    preNotice: iff('constructionRelease'),
    objection: none,
    correction: none,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: none,
    query: yes,
  },
  correctionPending: {
    transfer: suspend,
    mortgageFirst: suspend,
    mortgageDischarge: yes,
    rename: suspend,
    areaUseChange: suspend,
    cancelOwnership: suspend,
    preNotice: suspend,
    objection: yes,
    correction: none,
    seizure: yes,
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: suspend,
    query: yes,
  },
  earlierCase: {
    transfer: queue,
    mortgageFirst: { verdict: 'queue', basis: LAW.rules67 },
    // The debt is paid and the mortgage gone (民法典393): its removal takes nothing from a case before it, and must not
    // stand still for years behind a sale that a seizure suspended. It waits for a rival discharge alone; the effects
    // refuse to remove a mortgage twice.
    mortgageDischarge: { verdict: 'queue', onlyBehind: ['mortgageDischarge'] },
    rename: queue,
    areaUseChange: queue,
    cancelOwnership: queue,
    preNotice: queue,
    objection: yes,
    correction: yes,
    seizure: { verdict: 'interrupt', basis: LAW.seizure23 },
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: queue,
    query: yes,
  },
  // Held and not refused: the order may yet be turned away. What a seizure would stop, its service stops.
  orderServed: {
    transfer: held,
    mortgageFirst: held,
    mortgageDischarge: yes,
    rename: held,
    areaUseChange: held,
    cancelOwnership: held,
    preNotice: held,
    objection: yes,
    correction: held,
    seizure: { verdict: 'queue', note: 'inOrderOfService', basis: LAW.rules91 },
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: held,
    query: yes,
  },
  notFirstRegistered: {
    transfer: no,
    mortgageFirst: no,
    mortgageDischarge: none,
    rename: none,
    areaUseChange: none,
    cancelOwnership: none,
    preNotice: told('asPrePurchase'),
    objection: none,
    correction: none,
    seizure: told('asPreSeizure', LAW.seizure),
    seizureRelease: yes,
    seizureRenewal: yes,
    reissue: none,
    query: none,
  },
  historic: {
    transfer: no,
    mortgageFirst: no,
    mortgageDischarge: none,
    rename: no,
    areaUseChange: no,
    cancelOwnership: no,
    preNotice: no,
    objection: no,
    correction: iff('registerErrorProof', LAW.civil220),
    seizure: no,
    seizureRelease: no,
    seizureRenewal: no,
    reissue: no,
    query: yes,
  },
} as const satisfies Record<ExistingState, Record<RequestKind, Cell>>;
