import {
  CO_OWNERSHIP_WORDS,
  DEBT_TERM_WORDS,
  dayText,
  ENCUMBRANCE_WORDS,
  RIGHT_WORDS,
  yuanText,
} from '../../certificates/offline/words.ts';
import type {
  DisclosedEncumbrance,
  DisclosedHolder,
  DisclosedRight,
  DisclosedUnit,
} from '../contract/disclosed.ts';
import type { ResultRecord } from '../result-record.ts';
import { instantText } from './instant-text.ts';
import { quoted } from './quoted.ts';
import type { QueryKind } from '../vocabulary.ts';
import { KIND_WORDS, PURPOSE_WORDS, REFUSAL_WORDS } from './words.ts';

/**
 * A result as rows of a paper, in the language of the register. Pure.
 */
export interface ResultField {
  /** Once in a result, as `unit1Address`. */
  key: string;
  label: string;
  text: string;
}

const field = (key: string, label: string, text: string): ResultField => ({ key, label, text });

export function fieldsOf(record: ResultRecord): ResultField[] {
  return [
    ...headOf(record),
    ...record.units.flatMap((unit, index) => unitFields(unit, index + 1)),
    ...endOf(record),
  ];
}

/** Words of the asker, which the office does not make its own. */
const said = (text: string): string => `查询人所写：${quoted(text)}`;

const PERSON_LABELS: Readonly<Partial<Record<QueryKind, string>>> = {
  heir: '被继承人、遗赠人',
  manager: '被查询的权利人',
};

/** The search went by the number; the name is what the asker wrote, a state organ like anybody. */
function personFields({ query, person }: ResultRecord): ResultField[] {
  if (!person) return [];
  const { name, idNumberMasked } = person;
  return [field('person', PERSON_LABELS[query] ?? '被查询人', `${said(name)}　${idNumberMasked}`)];
}

/** @param idNumber the asker's own, in full, for their own paper; otherwise it stands masked */
export function headOf(record: ResultRecord, idNumber: string | null = null): ResultField[] {
  const { asker, purpose, purposeText, claimedName, client, letterNo, target, refusal } = record;
  const who = asker.organisation === null ? asker.name : `${asker.organisation}（经办人 ${asker.name}）`;
  return [
    field('no', '文书编号', record.no),
    field('queryNo', '查询编号', record.queryNo),
    field('asker', '查询人', who),
    field('askerNumber', '证件号码', idNumber ?? asker.idNumberMasked),
    field('query', '查询类型', KIND_WORDS[record.query].zh),
    field(
      'purpose',
      '查询目的',
      PURPOSE_WORDS[purpose].zh + (purposeText === '' ? '' : `。查询人写明：${quoted(purposeText)}`),
    ),
    ...(letterNo === undefined ? [] : [field('letterNo', '公函或案件文号', said(letterNo))]),
    ...(target === null ? [] : [field('target', '查询的不动产', target)]),
    ...(client ? [field('client', '委托人', said(client))] : []),
    ...personFields(record),
    ...(claimedName === null ? [] : [field('claimedName', '要核对的权利人', said(claimedName))]),
    field('basis', refusal ? '不予查询的依据' : '查询依据', record.basis),
    field('at', refusal ? '作出时间' : '查询时点', instantText(record.at)),
    field('outcome', '查询结果', outcomeOf(record)),
  ];
}

const endOf = ({ coverage, refusal }: ResultRecord): ResultField[] => [
  ...(refusal
    ? [field('reason', '不予查询的理由', `${REFUSAL_WORDS[refusal.reason].zh}。${refusal.explanation}`)]
    : []),
  ...(coverage ? [field('coverage', '范围和时点', coverage.zh)] : []),
];

function outcomeOf({ kind, units, person, asker, relation }: ResultRecord): string {
  const count = units.length;
  if (kind === 'refusal') return '不予查询';
  if (kind === 'noProperty') return `登记簿上没有登记在${asker.organisation ?? asker.name}名下的不动产`;
  if (person)
    return count === 0
      ? '登记簿上没有用上面的证件号码登记的不动产'
      : `用上面的证件号码登记的不动产 ${count} 处，见下`;
  return relation === 'owner' || relation === 'coOwner'
    ? `登记在查询人名下的不动产 ${count} 处，见下`
    : '见下';
}

const STATUS_WORDS = { future: '未办理首次登记', active: '已登记', cancelled: '已注销' } as const;

/** Records of before say true or false, and go on being printed as they were. */
function nameMatchText(match: NonNullable<DisclosedUnit['nameMatches']>): string {
  if (match === 'all') return '与登记簿记载的全部权利人一致';
  if (match === 'some') return '是登记簿记载的权利人之一（登记的权利人不止一人）';
  return match === true ? '与登记簿记载一致' : '与登记簿记载不一致';
}

export function unitFields(unit: DisclosedUnit, number: number): ResultField[] {
  const put = (key: string, label: string, text: string) =>
    field(`unit${number}${key[0]!.toUpperCase()}${key.slice(1)}`, label, text);
  const { natural, right, encumbrances, history = [], courts } = unit;
  const floors = [
    ...(natural.floorsTotal === null ? [] : [`总层数 ${natural.floorsTotal} 层`]),
    ...(natural.floor === null ? [] : [`所在层 第 ${natural.floor} 层`]),
  ];
  const areas = [
    `建筑面积 ${natural.areaM2}㎡`,
    ...(natural.innerAreaM2 === null ? [] : [`专有 ${natural.innerAreaM2}㎡`]),
    ...(natural.sharedAreaM2 === null ? [] : [`分摊 ${natural.sharedAreaM2}㎡`]),
  ];
  return [
    put('code', '不动产单元号', unit.codeGrouped),
    put('address', '坐落', unit.address),
    put('status', '登记状态', STATUS_WORDS[unit.status]),
    put('use', '用途', `${natural.landUse}/${natural.houseUse}`),
    ...(natural.landNature === undefined
      ? []
      : [put('nature', '权利性质', `${natural.landNature}/${natural.houseNature}`)]),
    put('area', '面积', areas.join('，')),
    put('building', '结构和楼层', [natural.structure, ...floors].join('，')),
    ...(natural.completedOn === null ? [] : [put('completed', '竣工时间', dayText(natural.completedOn))]),
    put('restrictions', '限制状况', restrictionsOf(unit)),
    ...(unit.coOwnership === undefined || unit.coOwnership === null
      ? []
      : [put('coOwnership', '共有情况', CO_OWNERSHIP_WORDS[unit.coOwnership as 0 | 1 | 2 | 3])]),
    ...(right === undefined ? [] : [put('right', '权利', right ? rightText(right) : '现在没有登记的权利人')]),
    ...(unit.nameMatches === undefined
      ? []
      : [put('nameMatches', '权利人名称核对', nameMatchText(unit.nameMatches))]),
    ...(courts === undefined
      ? []
      : [put('courts', '查封机关', courts.length === 0 ? '没有查封' : courts.join('、'))]),
    ...(encumbrances ?? []).map((one, index) =>
      put(`encumbrance${index + 1}`, ENCUMBRANCE_WORDS[one.kind], encumbranceText(one)),
    ),
    ...history.map((one, index) => put(`history${index + 1}`, '历史权利', rightText(one))),
  ];
}

export function restrictionsOf({ flags }: Pick<DisclosedUnit, 'flags'>): string {
  const said = (label: string, value: boolean) => `${label}${value ? '有' : '无'}`;
  return [
    said('共有：', flags.coOwned),
    said('抵押：', flags.mortgaged),
    said('预告：', flags.preNotice),
    said('异议：', flags.objection),
    said('查封：', flags.seized),
    said('居住权：', flags.residence),
  ].join('；');
}

function holderText({ name, idNumberMasked, share }: DisclosedHolder): string {
  const number = idNumberMasked === undefined ? '' : `（${idNumberMasked}）`;
  // That it is the whole is said by 单独所有.
  const part =
    share && share.numerator !== share.denominator ? `，份额 ${share.numerator}/${share.denominator}` : '';
  return `${name ?? ''}${number}${part}`;
}

const holdersText = (holders: readonly DisclosedHolder[] | undefined): string[] =>
  holders && holders.length > 0 ? [holders.map(holderText).join('；')] : [];

function rightText(right: DisclosedRight): string {
  return [
    RIGHT_WORDS[right.kind],
    ...(right.holders && right.holders.length > 0 ? [`权利人 ${holdersText(right.holders).join()}`] : []),
    ...(right.certificateNo ? [right.certificateNo] : []),
    `登记于 ${dayText(right.registeredOn)}`,
    ...(right.landTermUntil === null ? [] : [`土地使用期限至 ${dayText(right.landTermUntil)}`]),
    ...(right.closedOn === null ? [] : [`终止于 ${dayText(right.closedOn)}`]),
  ].join('；');
}

function encumbranceText(one: DisclosedEncumbrance): string {
  const { debt } = one;
  const debtText = debt
    ? [
        `${debt.maximum ? '最高债权额' : '被担保主债权数额'} ${yuanText(debt.amountFen)}`,
        ...(debt.until === null
          ? []
          : [`${DEBT_TERM_WORDS[debt.maximum ? 'maximum' : 'general']}至 ${dayText(debt.until)}`]),
        `${debt.transferRestricted ? '有' : '无'}禁止或限制转让的约定`,
      ]
    : [];
  return [
    one.waiting ? `轮候，第 ${one.rank} 位` : `第 ${one.rank} 顺位`,
    ...holdersText(one.holders),
    ...(one.court ? [one.court] : []),
    ...(one.orderNo ? [one.orderNo] : []),
    ...debtText,
    ...(one.certificationNo ? [one.certificationNo] : []),
    `登记于 ${dayText(one.registeredOn)}`,
    ...(one.from === null ? [] : [`自 ${dayText(one.from)}`]),
    ...(one.until === null ? [] : [`至 ${dayText(one.until)}`]),
  ].join('；');
}
