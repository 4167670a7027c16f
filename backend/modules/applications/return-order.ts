import type { ReturnGround } from '../catalogue/index.ts';
import type { ApplicationDocument } from './application.model.ts';
import type { CaseType } from './case-type.ts';
import { row, type DocumentContent } from './documents.ts';
import { errors } from './errors.ts';
import { RETURN_WORDS } from './wording.ts';

/**
 * 协助执行: an order of a court is no application (细则19, 90–93; 法发〔2004〕5号 art. 3). It can only be sent back, on the grounds
 * that the catalogue gives for its type, by a letter to the court; what a citizen may be turned away for is not open.
 */

const isReturnGround = (reason: string): reason is ReturnGround => Object.hasOwn(RETURN_WORDS, reason);

/**
 * The ground on which an order is sent back; null for an application, whose reasons are its own.
 * @throws AppError `applications.ground_not_open` at `/reason`
 */
export function returnGroundOf(
  { applicants }: Pick<CaseType, 'applicants'>,
  reason: string,
): ReturnGround | null {
  const { returns } = applicants;
  if (returns === undefined && !isReturnGround(reason)) return null;
  if (isReturnGround(reason) && returns?.includes(reason)) return reason;
  return errors.fail('applications.ground_not_open', {}, [
    { pointer: '/reason', code: 'applications.ground_not_open' },
  ]);
}

/** 协助执行复函, word for word: the act writes it, and the dialog shows it before. Pure. */
export function returnContent(
  { no }: Pick<ApplicationDocument, 'no'>,
  type: Pick<CaseType, 'name'>,
  { ground, facts }: { ground: ReturnGround; facts: string },
): DocumentContent {
  const [words, basis] = RETURN_WORDS[ground];
  return {
    rows: [
      row('办件编号', 'Case number', no ?? ''),
      row('嘱托事项', 'What was ordered', type.name),
      row('暂不能协助办理的原因', 'Why it cannot be carried out yet', words),
      row('情况', 'Facts', facts),
      row('依据', 'Legal basis', basis),
    ],
    paragraphs: [
      {
        zh: '请贵机关核对后补齐手续或者更正文书，随时可以再次嘱托。需要当面沟通的，请与本机构联系。',
        en: 'Please complete or correct the papers; the order may be sent again at any time. Contact this office to talk it over.',
      },
    ],
  };
}
