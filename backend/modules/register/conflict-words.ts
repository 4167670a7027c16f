import type { Sentence } from '../../platform/errors.ts';
import type { Condition, ExistingState, RequestKind } from './contract.ts';
import type { Note } from './conflict-table.ts';

/** The words of a conflict. `{court}` and the like are filled from the register; `public` names nobody. */

export const REQUEST_WORDS = {
  transfer: { zh: '转移登记', en: 'a transfer' },
  mortgageFirst: { zh: '抵押登记', en: 'a mortgage' },
  mortgageDischarge: { zh: '抵押注销', en: 'a discharge of mortgage' },
  rename: { zh: '更名', en: 'a change of name' },
  areaUseChange: { zh: '面积、用途变更', en: 'a change of area or use' },
  cancelOwnership: { zh: '注销登记', en: 'a cancellation' },
  preNotice: { zh: '预告登记', en: 'a pre-notice' },
  objection: { zh: '异议登记', en: 'an objection' },
  correction: { zh: '更正登记', en: 'a correction' },
  seizure: { zh: '查封登记', en: 'a seizure' },
  seizureRelease: { zh: '解除查封登记', en: 'a release from seizure' },
  seizureRenewal: { zh: '续行查封登记', en: 'a renewal of the seizure' },
  reissue: { zh: '换证、补证', en: 'a new certificate' },
  query: { zh: '查询', en: 'a query' },
} as const satisfies Record<RequestKind, Sentence>;

interface StateWords {
  full: Sentence;
  public: Sentence;
  /** What to do when the answer is no. */
  advice: Sentence;
}

const NO_ADVICE: Sentence = {
  zh: '有疑问请打 12345 转不动产登记专席。',
  en: 'Call 12345 if this seems wrong.',
};

function same(zh: string, en: string, advice: Sentence = NO_ADVICE): StateWords {
  return { full: { zh, en }, public: { zh, en }, advice };
}

export const STATE_WORDS = {
  seizure: {
    full: {
      zh: '这个单元已被{court}查封（{docNo}，至 {until}）',
      en: 'this property is seized by {court} ({docNo}, until {until})',
    },
    public: { zh: '这个单元正被查封', en: 'this property is under seizure' },
    advice: { zh: '请先向查封机关申请解封。', en: 'Ask the authority that seized it for a release first.' },
  },
  objection: same('这个单元上有异议登记（{term}）', 'an objection is registered ({term})'),
  preNotice: {
    full: { zh: '这个单元已为{holder}办理预告登记', en: 'a pre-notice is registered for {holder}' },
    public: { zh: '这个单元上有预告登记', en: 'a pre-notice is registered' },
    advice: { zh: '请先由预告登记权利人申请注销。', en: 'Its holder must apply for cancellation first.' },
  },
  mortgageFree: {
    full: { zh: '这个单元已抵押给{holder}', en: 'this property is mortgaged to {holder}' },
    public: { zh: '这个单元已抵押', en: 'this property is mortgaged' },
    advice: NO_ADVICE,
  },
  mortgageRestricted: {
    full: {
      zh: '这个单元已抵押给{holder}，并登记了禁止或限制转让的约定',
      en: 'this property is mortgaged to {holder}, with a registered bar on transfer',
    },
    public: {
      zh: '这个单元已抵押，并登记了禁止或限制转让的约定',
      en: 'this property is mortgaged, with a registered bar on transfer',
    },
    advice: NO_ADVICE,
  },
  mortgageBefore2021: {
    full: {
      zh: '这个单元在 2021年1月1日前已抵押给{holder}',
      en: 'this property was mortgaged to {holder} before 1 January 2021',
    },
    public: {
      zh: '这个单元在 2021年1月1日前已抵押',
      en: 'this property was mortgaged before 1 January 2021',
    },
    advice: NO_ADVICE,
  },
  residence: same('这个单元上有居住权', 'a right of residence is registered'),
  easement: same('这个单元上有地役权', 'an easement is registered'),
  constructionMortgage: same(
    '这个单元所在的在建建筑物已整体抵押',
    'the building under construction is mortgaged as a whole',
  ),
  correctionPending: {
    full: {
      zh: '这个单元的更正登记正在办理（{caseNo}{due}）',
      en: 'a correction of the register is under way ({caseNo}{due})',
    },
    public: { zh: '这个单元的更正登记正在办理', en: 'a correction of the register is under way' },
    advice: NO_ADVICE,
  },
  earlierCase: {
    full: {
      zh: '另一件业务已先受理（{caseNo}{due}）',
      en: 'another case was accepted earlier ({caseNo}{due})',
    },
    public: { zh: '另一件业务已先受理', en: 'another case was accepted earlier' },
    advice: NO_ADVICE,
  },
  orderServed: {
    full: {
      zh: '查封机关的文书已经送达，正在登记（{caseNo}）',
      en: 'an order of the seizing authority has been served and is being recorded ({caseNo})',
    },
    public: {
      zh: '查封机关的文书已经送达，正在登记',
      en: 'an order of the seizing authority has been served and is being recorded',
    },
    advice: NO_ADVICE,
  },
  notFirstRegistered: same('这个单元还没有办理首次登记', 'this property has not had its first registration', {
    zh: '请先由建设单位办理首次登记。',
    en: 'The developer must apply for first registration beforehand.',
  }),
  historic: same('这个单元的登记已经注销', 'the registration of this property was cancelled', {
    zh: '请核对不动产单元号是不是旧号。',
    en: 'Check whether this is an old unit code.',
  }),
} as const satisfies Record<ExistingState, StateWords>;

export const CONDITION_WORDS = {
  ownRiskPromise: {
    zh: '全体申请人知悉异议登记、自担风险的书面承诺',
    en: 'a written promise of all applicants that they know of the objection and go on at their own risk',
  },
  preNoticeHolderConsent: {
    zh: '由预告登记权利人本人取得权利，或者其书面同意',
    en: 'the holder of the pre-notice to be the one who acquires, or to consent in writing',
  },
  mortgageeConsent: { zh: '抵押权人的书面同意', en: 'the written consent of the mortgagee' },
  mortgageeJoins: {
    zh: '受让人、抵押人和抵押权人三方一起申请',
    en: 'a joint application by acquirer, mortgagor and mortgagee',
  },
  residenceInformed: {
    zh: '对方书面知悉居住权继续存在',
    en: 'a written note that the other side knows the right of residence stays',
  },
  residenceConsent: {
    zh: '居住权人的书面同意',
    en: 'the written consent of the holder of the right of residence',
  },
  easementConsent: { zh: '地役权人的书面同意', en: 'the written consent of the holder of the easement' },
  constructionRelease: {
    zh: '抵押权人同意，或者该套房屋的解押证明',
    en: 'the consent of the mortgagee, or the release of this unit',
  },
  courtConsent: { zh: '查封机关的书面同意', en: 'the written consent of the authority that seized it' },
  registerErrorProof: {
    zh: '证明登记簿确有错误的材料',
    en: 'proof that the register is in error',
  },
  differentGround: { zh: '与已登记的异议不同的事由', en: 'a ground other than that already registered' },
} as const satisfies Record<Condition, Sentence>;

export const NOTE_WORDS = {
  mortgageFollows: {
    zh: '可以办理{request}：抵押随房屋转移，仍由抵押权人享有。',
    en: '{request} is possible: the mortgage stays on the property.',
  },
  laterRank: {
    zh: '可以办理{request}：新的抵押排在它之后。',
    en: '{request} is possible: the new one ranks behind it.',
  },
  waitsAsSeizure: {
    zh: '可以办理{request}：作为轮候查封，等前一查封解除或到期后自动生效。',
    en: '{request} is possible: it waits, and takes effect when the earlier one ends.',
  },
  asPreSeizure: {
    zh: '可以办理{request}：登记为预查封。',
    en: '{request} is possible, as a preliminary one.',
  },
  heldByService: {
    zh: '{request}先停下，等文书登记或者退回后再办，不用您做什么。',
    en: '{request} is held until the order is recorded or turned away. You need do nothing.',
  },
  inOrderOfService: {
    zh: '{request}按送达先后办理，等先送达的登记或者退回后登簿。',
    en: '{request} is recorded in order of service, once the earlier order is recorded or turned away.',
  },
  asPrePurchase: {
    zh: '可以办理{request}：登记为预购商品房预告。',
    en: '{request} is possible, for a purchase before completion.',
  },
} as const satisfies Record<Note, Sentence>;
