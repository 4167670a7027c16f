import { sentenceOf, type Sentence } from '../../platform/errors.ts';
import type { EffectRefusal, EffectRefusalReason } from './effects/effect.ts';
import type { Conflict } from './conflicts.ts';
import { LAW } from './conflict-table.ts';

/** Why an effect does not fit the register as it is now, in words for the applicant and the clerk. */
const WORDS = {
  noLiveRight: {
    zh: '这个单元没有现势的权利，不能办理。请核对不动产单元号。',
    en: 'There is no live right on this property. Check the unit code.',
  },
  notOwner: {
    zh: '申请人现在不是这个单元的权利人。房屋可能已经转移，请先查询登记簿。',
    en: 'The applicant does not own this property now. It may have been transferred; look it up first.',
  },
  shareTooSmall: {
    zh: '转出的份额比登记的份额大。请按登记的份额填写。',
    en: 'The share given is larger than the share registered. Enter the share as registered.',
  },
  jointNeedsAll: {
    zh: '这是共同共有，要全体共有人一起申请，不能只转让一部分。',
    en: 'The owners hold jointly: all of them must apply, for the whole.',
  },
  sharesDiffer: {
    zh: '受让的份额加起来与转出的份额不相等。请用分数填写，例如 1/2 和 1/2。',
    en: 'The shares received do not add up to what is given. Enter fractions, such as 1/2 and 1/2.',
  },
  holderTwice: {
    zh: '同一个人填写了两次。请合并成一条。',
    en: 'The same person is named twice. Enter one line for each person.',
  },
  mortgageNotFound: {
    zh: '登记簿上没有证明号为 {certificateNo} 的现势抵押，可能已经注销。',
    en: 'There is no live mortgage with certificate {certificateNo}; it may have been discharged.',
  },
  notMortgagee: {
    zh: '申请人不是这笔抵押的全部抵押权人。请核对登记证明号，由登记簿上的抵押权人申请。',
    en: 'The applicants are not the holders of this mortgage. Check the certificate number; its own mortgagees must apply.',
  },
  seizureNotFound: {
    zh: '登记簿上没有文号为 {docNo} 的查封，可能已经解除或到期。',
    en: 'There is no live seizure under {docNo}; it may have been lifted or have expired.',
  },
  seizureTwice: {
    zh: '文号为 {docNo} 的查封已经登记过。',
    en: 'The seizure under {docNo} is registered already.',
  },
  seizureLapsed: {
    zh: '文号为 {docNo} 的查封已于 {until} 到期失效，不能续封。续封要在期限届满前办理；仍需查封的，请另行嘱托查封登记，按送达先后重新排队。',
    en: 'The seizure under {docNo} ended with {until} and cannot be renewed. A renewal has to come before the term ends; entrust a new seizure, which takes its place by order of service.',
  },
  seizureWaits: {
    zh: '文号为 {docNo} 的查封还在轮候，没有生效。它的期限从生效那天起算，现在不用续封。',
    en: 'The seizure under {docNo} still waits and is not in force. Its term begins on the day it takes effect, so there is nothing to renew yet.',
  },
  renewedAlready: {
    zh: '文号为 {docNo} 的查封已经续到 {until}，续的期限从 {from} 的次日才开始。请在那以后、到期以前再办下一次续封。',
    en: 'The seizure under {docNo} is renewed until {until} already, and that term begins only after {from}. Renew it again after that day and before it ends.',
  },
  termTooLong: {
    zh: '查封期限要在 1 到 {limitMonths} 个月之间。',
    en: 'The term of a seizure is from 1 to {limitMonths} months.',
  },
  executedNotOwner: {
    zh: '{name}不是登记簿上的权利人，也没有有效的预告登记，不能以其为被执行人查封。文书送达以前已经转移登记的，房屋属于受让人。请核对被执行人和不动产单元号。',
    en: '{name} is neither the holder in the register nor holds a pre-notice in force, so the property cannot be seized from them. What was transferred before the order was served belongs to the acquirer. Check the name and the unit code.',
  },
  executedIsExpectant: {
    zh: '{name}还不是登记簿上的权利人，只有预告登记。请办理预查封：“是预查封吗”选“是”。',
    en: '{name} is not the holder in the register yet and only has a pre-notice. Enter a preliminary seizure instead.',
  },
  executedIsOwner: {
    zh: '{name}已经是登记簿上的权利人。请办理查封：“是预查封吗”选“否”。',
    en: '{name} is the holder in the register already. Enter a seizure, not a preliminary one.',
  },
  executedNotExpectant: {
    zh: '房屋登记在别人名下，{name}也没有有效的预告登记，不能预查封。文书送达以前已经转移登记的，房屋属于受让人。请核对被执行人和不动产单元号。',
    en: 'The property is registered to somebody else and {name} holds no pre-notice in force, so no preliminary seizure is possible. What was transferred before the order was served belongs to the acquirer. Check the name and the unit code.',
  },
  giverMissing: {
    zh: '没有写明由谁转出或抵押。请补填现在的权利人。',
    en: 'It is not said who transfers or mortgages. Name the present holder.',
  },
  coOwnerMissing: {
    zh: '还有共有人没有一起申请。请让全体共有人都作为抵押人。',
    en: 'A co-owner is missing. All co-owners must apply as mortgagors.',
  },
  receiverMissing: {
    zh: '没有写明登记给谁。请补填权利人。',
    en: 'It is not said to whom it is registered. Name the holder.',
  },
} as const satisfies Record<EffectRefusalReason, Sentence>;

/** A refusal of an effect in the shape of a conflict, so that a loser of a race is told why like anybody else. */
export function conflictOfRefusal({ reason, params }: EffectRefusal): Conflict {
  const words = WORDS[reason];
  const sentence = { zh: sentenceOf(words, 'zh-CN', params), en: sentenceOf(words, 'en', params) };
  return {
    code: `register.effect.${reason}`,
    state: null,
    verdict: 'refuse',
    condition: null,
    met: false,
    sentence,
    publicSentence: sentence,
    basis: LAW.regulation22,
    encumbranceId: null,
    pendingCaseId: null,
  };
}
