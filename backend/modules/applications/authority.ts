import { agencyAt, registryPlaceOf } from '../register/index.ts';
import type { ApplicationDocument, Bilingual } from './application.model.ts';

/** What of a case says where its unit lies. */
export type Located = Pick<ApplicationDocument, 'unitCodes' | 'district'>;

const placeOf = ({ unitCodes: [code], district }: Located) => registryPlaceOf(code?.slice(0, 6) ?? district);

/** 登记机构: who decides on the case and signs its papers, as on the certificates of the place (条例7). */
export const authorityOf = (doc: Located): string => agencyAt(placeOf(doc).zh);

/**
 * The remedies, said with every act that turns away: reviewed by the government of the authority's own level (行政复议法20, 24;
 * 行政复议法实施条例17: the notice names it), judged by the court of the place (行政诉讼法20, 46).
 */
export function appealRights(doc: Located): Bilingual {
  const { zh, en } = placeOf(doc);
  return {
    zh: `如不服本决定，可以自知道本决定之日起 60 日内向${zh}人民政府申请行政复议，或者自知道本决定之日起 6 个月内向不动产所在地有管辖权的人民法院提起行政诉讼。`,
    en: `If you disagree, you may apply to the People’s Government of ${en} for administrative review within 60 days of learning of this decision, or bring an action before the competent people’s court of the place of the property within 6 months.`,
  };
}

/**
 * The remedies against a notice that is about no right on the property, as a query that is refused: the court of the authority's own seat
 * (行政诉讼法18; 20 is for suits over the property itself), both terms from when one knew or should have known (行政复议法20, 行政诉讼法46).
 */
export function noticeAppealRights(doc: Located): Bilingual {
  const { zh, en } = placeOf(doc);
  return {
    zh: `如不服本告知书，可以自知道或者应当知道本告知书之日起 60 日内向${zh}人民政府申请行政复议，或者自知道或者应当知道本告知书之日起 6 个月内，向作出本告知书的登记机构所在地有管辖权的人民法院提起行政诉讼。`,
    en: `If you disagree, you may apply to the People’s Government of ${en} for administrative review within 60 days, or bring an action before the competent people’s court of the seat of the authority that made this notice within 6 months, both from the day on which you knew or should have known of it.`,
  };
}
