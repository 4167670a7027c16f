import type { BusinessType } from '../catalogue/index.ts';
import { PAUSE_REASONS, type PauseReason } from './vocabulary.ts';
import { PAUSE_WORDS } from './wording.ts';

type Stages = Pick<BusinessType, 'fee' | 'noticeWorkdays' | 'materials'>;

/**
 * Whether a type has the stage that a reason waits for: no waiting for a fee that nobody owes (财税〔2016〕79号), for a notice
 * that is not published (细则17) or for a tax whose proof is not asked for (契税法11).
 */
const HAS_STAGE: Partial<Record<PauseReason, (type: Stages) => boolean>> = {
  waitFee: ({ fee }) => fee.rule !== 'F0',
  notice: ({ noticeWorkdays }) => noticeWorkdays > 0,
  waitTax: ({ materials }) => materials.some(({ code }) => code.split('-')[0] === 'M06'),
};

/** The reasons for which a clerk may stop the clock of a case of this version of a type. Pure. */
export const pauseReasonsOf = (type: Stages): PauseReason[] =>
  PAUSE_REASONS.filter((reason) => !PAUSE_WORDS[reason].automatic && (HAS_STAGE[reason]?.(type) ?? true));
