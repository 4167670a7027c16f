import type { BusinessType, FeeBreakdown, FeeRuleKey, Text } from './contract.ts';

/**
 * 不动产登记费: by piece (按件, 民法典第二百二十三条), never by area or price. Standards: 发改价格规〔2016〕2559号; what is free or
 * reduced: 财税〔2016〕79号, 财税〔2019〕45号. Pure; amounts in fen.
 */

const HOME_FEN = 80_00;
const OTHER_FEN = 550_00;
/** 证书工本费: the first certificate is free, each further one costs this. */
const COPY_FEN = 10_00;

/** Codes of the dictionary `houseUse`: 10–13 住宅; 91 车库车位 and 92 储藏室 pay as a home does (财税〔2019〕45号). */
const HOME_USES = new Set(['10', '11', '12', '13']);
const PARKING_USES = new Set(['91', '92']);

export interface FeeFacts {
  /** `natural.houseUse` of the unit; null for land without a house, which pays as other than a home. */
  houseUse: string | null;
  /** The payer declares to be 小微企业（含个体工商户）; the clerk verifies it. */
  smallEnterprise?: boolean;
  /** Pieces (件): one unit, one right, one registration. Default 1. */
  pieces?: number;
  /** Certificates beyond the first, where co-owners each want one. Default 0. */
  extraCertificates?: number;
}

interface Charge {
  label: Text;
  unitFen: number;
}

const HOME: Charge = { label: { zh: '住宅登记费', en: 'Registration fee, home' }, unitFen: HOME_FEN };
const PARKING: Charge = {
  label: { zh: '车位、车库、储藏室登记费', en: 'Registration fee, parking or storeroom' },
  unitFen: HOME_FEN,
};
const OTHER: Charge = {
  label: { zh: '非住宅登记费', en: 'Registration fee, other than a home' },
  unitFen: OTHER_FEN,
};

function byUse(houseUse: string | null): Charge {
  if (houseUse !== null && HOME_USES.has(houseUse)) return HOME;
  return houseUse !== null && PARKING_USES.has(houseUse) ? PARKING : OTHER;
}

function halved({ label, unitFen }: Charge): Charge {
  return { label: { zh: `${label.zh}（减半）`, en: `${label.en} (half)` }, unitFen: unitFen / 2 };
}

/** One function a rule; null: no registration fee. */
const RULES = {
  F0: () => null,
  F10: () => ({ label: { zh: '证书工本费', en: 'Cost of the certificate' }, unitFen: COPY_FEN }),
  F80: () => HOME,
  F550: () => OTHER,
  'F80/F550': (facts) => byUse(facts.houseUse),
  FH: (facts) => halved(byUse(facts.houseUse)),
} satisfies Record<FeeRuleKey, (facts: FeeFacts) => Charge | null>;

const FREE: Text = { zh: '这类登记免收登记费', en: 'No fee is charged for this registration' };
const SMALL: Text = {
  zh: '小微企业（含个体工商户）免收登记费',
  en: 'Small and micro enterprises (sole traders included) pay no registration fee',
};

/** What one case costs, who pays and why it may be free. */
export function feeFor(type: Pick<BusinessType, 'fee'>, facts: FeeFacts): FeeBreakdown {
  const { rule, payer, basis } = type.fee;
  const charge = RULES[rule](facts);
  const pieces = facts.pieces ?? 1;
  const spared = facts.smallEnterprise === true && type.fee.smallEnterprise !== null;
  const lines: FeeBreakdown['lines'] = [];
  if (charge && !spared) {
    lines.push({
      key: 'registration',
      label: charge.label,
      quantity: pieces,
      unitFen: charge.unitFen,
      amountFen: charge.unitFen * pieces,
    });
  }
  const extra = facts.extraCertificates ?? 0;
  if (extra > 0) {
    const label = { zh: '加发证书工本费', en: 'Further certificates' };
    lines.push({
      key: 'extraCertificates',
      label,
      quantity: extra,
      unitFen: COPY_FEN,
      amountFen: COPY_FEN * extra,
    });
  }
  const totalFen = lines.reduce((total, { amountFen }) => total + amountFen, 0);
  return {
    rule,
    totalFen,
    payer: totalFen > 0 ? payer : null,
    lines,
    exemption: !charge ? FREE : spared ? SMALL : null,
    basis,
  };
}
