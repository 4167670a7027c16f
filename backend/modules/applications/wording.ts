import { closeGaps } from '../../platform/typography.ts';
import type { ReturnGround } from '../catalogue/index.ts';
import { toDayNumber, type Calendar } from '../clock/index.ts';
import type { Bilingual } from './application.model.ts';
import type { DocumentKind, PauseReason, RefusalReason, Status } from './vocabulary.ts';

/** The words of a case, in plain language first (portal.md §7); legal names keep their exact form. */

const say = (zh: string, en: string): Bilingual => ({ zh, en });

const STATUS_WORDS = {
  draft: say('草稿', 'Draft'),
  waitingConsent: say('等对方确认', 'Waiting for the others'),
  submitted: say('已提交', 'Submitted'),
  correction: say('要您补材料', 'Corrections needed'),
  declined: say('没有受理', 'Not accepted'),
  accepted: say('已受理', 'Accepted'),
  reviewing: say('正在审核', 'Under review'),
  approved: say('审核通过', 'Approved'),
  registering: say('正在登簿', 'Being recorded'),
  registered: say('已登记', 'Registered'),
  issued: say('可领证', 'Ready to collect'),
  archived: say('已办完', 'Completed'),
  refused: say('不予登记', 'Registration refused'),
  withdrawn: say('已撤回', 'Withdrawn'),
} as const satisfies Record<Status, Bilingual>;

export const statusWord = (status: Status): Bilingual => STATUS_WORDS[status];

export interface PauseWords {
  label: Bilingual;
  /** What the applicant reads while it lasts. */
  citizen: Bilingual;
  basis: string;
  /** Set by the system or by another act, never chosen from a list. */
  automatic: boolean;
}

export const PAUSE_WORDS = {
  supplement: {
    label: say('受理后补正', 'Supplement after acceptance'),
    citizen: say(
      '等您补正材料，补上后接着计时',
      'Waiting for what you still have to add; the clock goes on then',
    ),
    // 条例17 is about acceptance. What is asked for later rests on the power to ask for further proof.
    basis: '民法典第二百一十二条第二款；浙江省不动产登记工作规则第三十六条（参照）',
    automatic: true,
  },
  siteCheck: {
    label: say('实地查看', 'Inspection on site'),
    citizen: say('工作人员正在实地查看', 'The property is being inspected'),
    basis: '不动产登记暂行条例第十九条',
    automatic: false,
  },
  notice: {
    label: say('公告', 'Public notice'),
    citizen: say('正在公告，公告期不计入办理时间', 'In public notice; this time does not count'),
    basis: '不动产登记暂行条例实施细则第十七条',
    automatic: false,
  },
  waitTax: {
    label: say('待缴税', 'Waiting for tax'),
    citizen: say('等您缴税，缴后接着办', 'Waiting for the tax to be paid; work goes on then'),
    basis: '契税法第十一条',
    automatic: false,
  },
  waitFee: {
    label: say('待缴费', 'Waiting for the fee'),
    citizen: say('等您缴登记费，缴后接着办', 'Waiting for the registration fee; work goes on then'),
    basis: '发改价格规〔2016〕2559号',
    automatic: false,
  },
  suspendedByLaw: {
    label: say('依法中止', 'Suspended by law'),
    citizen: say('办理依法停下，恢复时会告诉您', 'Work has stopped by law; you will be told when it goes on'),
    basis: '不动产登记暂行条例第十九条（权属争议的调查）；更正登记期间参照上海市不动产登记若干规定第三十一条',
    automatic: false,
  },
  inquiry: {
    label: say('核查', 'Inquiry with other offices'),
    citizen: say('正在向有关部门核实', 'Other offices are being asked'),
    basis: '不动产登记暂行条例第十九条',
    automatic: false,
  },
} as const satisfies Record<PauseReason, PauseWords>;

export const REFUSAL_WORDS = {
  unlawful: [say('违反法律、行政法规规定', 'Contrary to law'), '不动产登记暂行条例第二十二条（一）'],
  ownershipDispute: [
    say('存在尚未解决的权属争议', 'Ownership is in dispute'),
    '不动产登记暂行条例第二十二条（二）',
  ],
  termExceeded: [
    say('申请登记的不动产权利超过规定期限', 'The right exceeds its lawful term'),
    '不动产登记暂行条例第二十二条（三）',
  ],
  boundaryMismatch: [
    say('界址、空间界限、面积等与材料不一致', 'Boundaries or areas do not match'),
    '不动产登记暂行条例第十八条（一）、第二十二条',
  ],
  materialsMismatch: [
    say('申请材料与申请登记的内容不一致', 'The materials do not match what is applied for'),
    '不动产登记暂行条例第十八条（二）、第二十二条',
  ],
  conflictsWithRegister: [
    say('申请登记的事项与登记簿的记载相冲突', 'What is applied for conflicts with the register'),
    '不动产登记暂行条例第二十二条（四）',
  ],
  illegalBuilding: [say('属于违法建筑', 'The building is illegal'), '不动产登记暂行条例第二十二条（一）'],
  seized: [
    say('不动产已被依法查封', 'The property is seized by law'),
    '城市房地产管理法第三十八条（二）；民法典第三百九十九条（五）',
  ],
  deedTaxUnpaid: [say('未按规定缴纳契税', 'Deed tax is not settled'), '契税法第十一条'],
  supplementOverdue: [
    say('在规定的期限内没有补正', 'What was asked for was not added in time'),
    // 条例22(四) covers only grounds that a law or an administrative regulation sets; none sets this one.
    '民法典第二百一十二条第二款；不动产登记操作规范（试行）关于不予登记的规定（未按要求进一步补充材料）',
  ],
  otherByLaw: [
    say('法律、行政法规规定不予登记的其他情形', 'Another case in which the law bars registration'),
    '不动产登记暂行条例第二十二条（四）',
  ],
} as const satisfies Record<RefusalReason, readonly [Bilingual, string]>;

export type DeclineReason =
  | 'notOurArea'
  | 'notRegistrable'
  | 'applicantNotEntitled'
  | 'conflictWithRegister'
  | 'other'
  /** Never chosen: a correction that nobody answered by its last day. */
  | 'notCompleted';

export const DECLINE_WORDS = {
  notOurArea: [
    say('不属于本机构登记范围', 'Another office is competent'),
    '不动产登记暂行条例第十七条（四）',
  ],
  notRegistrable: [
    say('不属于不动产登记的事项', 'Not a matter of real-estate registration'),
    '不动产登记暂行条例第三条、第五条',
  ],
  applicantNotEntitled: [
    say('申请人不是依法可以申请的人', 'The applicant is not entitled to apply'),
    '不动产登记暂行条例第十四条',
  ],
  conflictWithRegister: [
    say('登记簿的记载使这项登记现在不能办理', 'The register bars this registration for now'),
    '不动产登记暂行条例第二十二条',
  ],
  other: [
    say('依法不能受理的其他情形', 'Another case in which the law bars acceptance'),
    '不动产登记暂行条例第十七条',
  ],
  notCompleted: [
    say('要补正的材料到期没有补齐', 'What had to be corrected was not complete by its last day'),
    '不动产登记暂行条例第十七条（三）',
  ],
} as const satisfies Record<DeclineReason, readonly [Bilingual, string]>;

/** 法发〔2004〕5号 art. 3: an office that assists does not examine what was ruled; these are the only grounds to send an order back. */
export const RETURN_WORDS = {
  unitUnknown: [
    say('按文书所写无法确定是哪一处不动产', 'What is to be entered cannot be told from the order'),
    '最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定第一条；不动产登记暂行条例实施细则第九十条',
  ],
  notOwner: [
    say(
      '登记簿上的权利人不是文书所列的被执行人',
      'The register names another holder than the person executed upon',
    ),
    '最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定第二条',
  ],
  seizureUnknown: [
    say('登记簿上没有文书所指的、仍有效的查封', 'The seizure meant does not stand in the register'),
    '不动产登记暂行条例实施细则第九十二条',
  ],
  papersIncomplete: [
    say(
      '裁定书、协助执行通知书或执行人员证件不齐全',
      'The ruling, the notice or the proof of the officers is not complete',
    ),
    '不动产登记暂行条例实施细则第九十条',
  ],
} as const satisfies Record<ReturnGround, readonly [Bilingual, string]>;

export const DOCUMENT_TITLES = {
  submissionReceipt: say('网上申请回执', 'Receipt of application'),
  acceptanceReceipt: say('不动产登记受理凭证', 'Acceptance receipt'),
  correctionNotice: say('不动产登记补正告知书', 'Correction notice'),
  supplementNotice: say('不动产登记补正告知书（受理后）', 'Supplement notice'),
  declineNotice: say('不动产登记不予受理告知书', 'Notice of non-acceptance'),
  returnLetter: say('不动产登记协助执行复函', 'Reply to the court: order sent back'),
  refusalNotice: say('不动产登记不予登记告知书', 'Notice of refusal'),
  suspensionNotice: say('不动产登记中止告知书', 'Notice of suspension'),
  resumptionNotice: say('不动产登记恢复办理告知书', 'Notice of resumption'),
  withdrawalConfirmation: say('不动产登记申请撤回确认书', 'Confirmation of withdrawal'),
  assistanceReply: say('协助执行回执', 'Reply to the order for assistance'),
  resultNotice: say('不动产登记结果告知书', 'Notice of the result of registration'),
  extensionNotice: say('不动产登记延长办理期限告知书', 'Notice of extension'),
} as const satisfies Record<DocumentKind, Bilingual>;

/** Letters in document numbers: `202610090001-SL1`. */
export const DOCUMENT_LETTERS = {
  submissionReceipt: 'HZ',
  acceptanceReceipt: 'SL',
  correctionNotice: 'BZ',
  supplementNotice: 'BZ',
  declineNotice: 'BSL',
  returnLetter: 'FH',
  refusalNotice: 'BDJ',
  suspensionNotice: 'ZZ',
  resumptionNotice: 'HF',
  withdrawalConfirmation: 'CH',
  assistanceReply: 'XZ',
  resultNotice: 'JG',
  extensionNotice: 'YQ',
} as const satisfies Record<DocumentKind, string>;

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `10月9日（周五）`; the year stands only when `now` is in another one. With a calendar a Saturday or Sunday that is worked
 * says so, `10月10日（周六，调休上班）`: without it a due day on a weekend reads like a mistake.
 */
export function dayWords(day: string, now?: Date, calendar?: Pick<Calendar, 'makeUp'>): Bilingual {
  const date = new Date(`${day}T00:00:00Z`);
  const year = date.getUTCFullYear();
  const inYear = now !== undefined && new Date(now.getTime() + 8 * 3_600_000).getUTCFullYear() === year;
  const month = date.getUTCMonth();
  const weekday = date.getUTCDay();
  const worked = calendar?.makeUp.has(toDayNumber(day)) ?? false;
  const note = worked ? { zh: '，调休上班', en: ' (a working day)' } : { zh: '', en: '' };
  const zh = `${inYear ? '' : `${year}年`}${month + 1}月${date.getUTCDate()}日（${WEEKDAYS[weekday]}${note.zh}）`;
  const en = `${WEEKDAYS_EN[weekday]} ${date.getUTCDate()} ${MONTHS[month]}${inYear ? '' : ` ${year}`}${note.en}`;
  return { zh, en };
}

/** `10月9日（周五）17:00` in Asia/Shanghai. */
export function instantWords(at: Date, now?: Date, calendar?: Pick<Calendar, 'makeUp'>): Bilingual {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  const { zh, en } = dayWords(local.slice(0, 10), now, calendar);
  return { zh: zh + local.slice(11, 16), en: `${en}, ${local.slice(11, 16)}` };
}

/** `{name}` by its value in the same language. */
export function fill(source: Bilingual, values: Record<string, Bilingual | string | number>): Bilingual {
  const put = (text: string, language: 'zh' | 'en') =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'object' ? value[language] : String(value);
    });
  return { zh: closeGaps(put(source.zh, 'zh')), en: put(source.en, 'en') };
}

export const both = (text: string): Bilingual => ({ zh: text, en: text });
