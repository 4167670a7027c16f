import canonicalize from 'canonicalize';
import { legalDayOf } from '../../platform/time.ts';
import {
  agencyAt,
  CITY,
  findDistrict,
  parseCertificateNo,
  positionOf,
  type Encumbrance,
  type Holder,
  type Right,
  type UnitChange,
  type UnitDocument,
} from '../register/index.ts';
import type { CertificateKind } from './contract.ts';
import {
  CO_OWNERSHIP_WORDS,
  dayText,
  DEBT_TERM_WORDS,
  ENCUMBRANCE_WORDS,
  RIGHT_WORDS,
  yuanText,
} from './offline/words.ts';

export { CO_OWNERSHIP_WORDS, dayText, DEBT_TERM_WORDS, ENCUMBRANCE_WORDS, RIGHT_WORDS, yuanText };

/**
 * What a certificate says, as it was on the day of registration: the text that is signed and printed. It never changes;
 * whether it still holds is asked of the register (民法典217: the register prevails).
 */
export interface CertificateRecord {
  version: 1;
  number: string;
  kind: CertificateKind;
  agency: string;
  unitCode: string;
  address: string;
  district: string;
  /** 权利人 of a 证书; 权利人(申请人) of a 证明. */
  holders: { name: string; idKind: string; share: string | null }[];
  /** 义务人 of a 证明: the owners. Empty on a 证书. */
  obligors: string[];
  /** 共有情况 in words. */
  coOwnership: string;
  /** 权利类型, or 证明权利或事项. */
  subject: string;
  /** 权利性质 */
  nature: string;
  /** 用途 */
  use: string;
  /** 面积 */
  area: string;
  /** 使用期限 */
  term: string;
  /** 权利其他状况, or 其他; label and text. */
  other: [string, string][];
  /** 附记 */
  notes: string[];
  registeredOn: string;
  caseNo: string;
}

/** RFC 8785: the one text of a record, over which the signature goes. */
export function canonicalRecord(record: CertificateRecord): string {
  const text = canonicalize(record);
  if (text === undefined) throw new Error('a certificate record cannot be empty');
  return text;
}

/** `1/2`; null where the holder has no share of their own. */
function shareText({ share }: Holder): string | null {
  return share && `${share.numerator}/${share.denominator}`;
}

function head(unit: UnitDocument, change: Pick<UnitChange, 'caseNo'>, number: string, kind: CertificateKind) {
  const { natural } = unit;
  const inner = natural.innerAreaM2 ? `，专有建筑面积 ${natural.innerAreaM2}㎡` : '';
  const shared = natural.sharedAreaM2 ? `，分摊建筑面积 ${natural.sharedAreaM2}㎡` : '';
  return {
    version: 1 as const,
    number,
    kind,
    // Whoever numbered it issued it; what an earlier register numbered for the city stays the city's.
    agency: agencyAt(parseCertificateNo(number)?.place ?? CITY.name),
    unitCode: unit._id,
    address: unit.address,
    district: findDistrict(unit.district)?.name.zh ?? unit.district,
    nature: `${natural.landNature}/${natural.houseNature}`,
    use: `${natural.landUse}/${natural.houseUse}`,
    area: `房屋建筑面积 ${natural.areaM2}㎡${inner}${shared}`,
    notes: change.caseNo === '' ? [] : [`业务编号：${change.caseNo}`],
    caseNo: change.caseNo,
  };
}

function holdersOf(holders: readonly Holder[]): CertificateRecord['holders'] {
  return holders.map((holder) => ({ name: holder.name, idKind: holder.idKind, share: shareText(holder) }));
}

/** 不动产权证书: one for all co-owners (细则21). */
export function titleRecord(
  unit: UnitDocument,
  right: Right,
  change: Pick<UnitChange, 'caseNo'>,
  number: string,
): CertificateRecord {
  const { natural } = unit;
  const shares = right.holders.flatMap((holder) => {
    const share = shareText(holder);
    return share && right.holders.length > 1 ? [`${holder.name} ${share}`] : [];
  });
  const words = CO_OWNERSHIP_WORDS[right.coOwnership];
  const floors = natural.floorsTotal === null ? [] : [`总层数 ${natural.floorsTotal} 层`];
  const floor = natural.floor === null ? [] : [`所在层 第 ${natural.floor} 层`];
  const other: [string, string][] = [
    ['持证方式', right.holders.length > 1 ? '共同持证' : '单独持证'],
    ['房屋结构', natural.structure],
    ['楼层', [...floors, ...floor].join('，')],
    ['竣工时间', natural.completedOn ?? ''],
  ];
  return {
    ...head(unit, change, number, 'title'),
    holders: holdersOf(right.holders),
    obligors: [],
    coOwnership: shares.length > 0 ? `${words}（${shares.join('，')}）` : words,
    subject: RIGHT_WORDS[right.kind],
    term: right.landTermUntil === null ? '—' : `国有建设用地使用权 至 ${dayText(right.landTermUntil)} 止`,
    other: other.filter(([, text]) => text !== ''),
    registeredOn: legalDayOf(right.registeredAt),
  };
}

/** 不动产登记证明: for mortgages, pre-notices, objections, easements and rights of residence (细则20). */
export function certificationRecord(
  unit: UnitDocument,
  encumbrance: Encumbrance,
  change: Pick<UnitChange, 'caseNo'>,
  number: string,
): CertificateRecord {
  const { mortgage } = encumbrance;
  const owners = ownersAt(unit, encumbrance.registeredAt);
  const other: [string, string][] = mortgage
    ? [
        ['抵押方式', mortgage.mode === 'maximum' ? '最高额抵押' : '一般抵押'],
        [mortgage.mode === 'maximum' ? '最高债权额' : '被担保主债权数额', yuanText(mortgage.amountFen)],
        [DEBT_TERM_WORDS[mortgage.mode], termText(mortgage.debtFrom, mortgage.debtUntil)],
        ['担保范围', mortgage.scope ?? '见抵押合同'],
        ['抵押顺位', `第 ${positionOf(unit, encumbrance)} 顺位`],
        ['禁止或限制转让的约定', mortgage.transferRestricted ? '有' : '无'],
      ]
    : [['期限', termText(encumbrance.from, encumbrance.until)]];
  return {
    ...head(unit, change, number, 'certification'),
    holders: holdersOf(encumbrance.holders),
    obligors: owners.map(({ name }) => name),
    coOwnership: '',
    subject: ENCUMBRANCE_WORDS[encumbrance.kind],
    term: '',
    other: other.filter(([, text]) => text !== ''),
    registeredOn: legalDayOf(encumbrance.registeredAt),
  };
}

/** Who owned the unit when the encumbrance was registered, whoever owns it by now. */
function ownersAt(unit: UnitDocument, at: Date): readonly Holder[] {
  const then = unit.rights.findLast(
    ({ registeredAt, closedAt }) => registeredAt <= at && (closedAt === null || closedAt > at),
  );
  return (then ?? unit.rights.at(-1))?.holders ?? [];
}

function termText(from: string | null, until: string | null): string {
  if (from === null && until === null) return '';
  return `${from === null ? '' : dayText(from)} 至 ${until === null ? '注销时' : dayText(until)}`;
}
