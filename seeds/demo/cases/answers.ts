import type { DemoActor } from './people.ts';
import type { DemoHome } from './homes.ts';

/** What the people of the demo cases fill in. Numbers of contracts and proofs follow from the case's own number. */

type Answers = Record<string, unknown>;

const serialOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(5, '0')}`;
const STATEMENTS = { statementTrue: true, statementElectronicSignature: true };

export interface AnswerSource {
  home: DemoHome;
  seller: DemoActor;
  buyer: DemoActor;
  bank: DemoActor;
  court: DemoActor;
  n: number;
  /** Legal day on which the papers were made. */
  on: string;
}

export const ANSWERS = {
  ZY02: ({ home, seller, buyer, n, on }: AnswerSource): Answers => ({
    unitCode: home.code,
    certificateNo: home.certificateNo,
    sellers: [seller.row],
    buyers: [buyer.row],
    coOwnership: '0',
    contractNo: serialOf('LC-2026-0', n),
    contractSignedOn: on,
    priceYuan: `${68 + ((n * 7) % 110)}0000.00`,
    paymentKind: n % 2 === 0 ? 'lumpSum' : 'instalments',
    taxStatus: 'paid',
    taxProofNo: serialOf('3371520261008', n),
    inquiryOwnWill: true,
    inquiryNoDispute: true,
    inquiryCoOwnersAgree: true,
    inquiryMortgageKnown: true,
    ...STATEMENTS,
  }),
  DY01: ({ home, seller, bank, n, on }: AnswerSource): Answers => ({
    unitCode: home.code,
    certificateNo: home.certificateNo,
    mortgagors: [seller.row],
    mortgagees: [bank.row],
    debtor: seller.row.name,
    contractNo: serialOf('HBYH-DY-2026-', n),
    contractSignedOn: on,
    amountYuan: `${40 + ((n * 5) % 60)}0000.00`,
    debtFrom: on,
    debtUntil: `${Number(on.slice(0, 4)) + 20}${on.slice(4)}`.replace('-02-29', '-02-28'),
    scope: '主债权及利息、违约金、实现抵押权的费用',
    transferRestricted: false,
    inquiryOwnWill: true,
    inquiryCoOwnersAgree: true,
    inquiryNoDispute: true,
    ...STATEMENTS,
  }),
  DY06: ({ home, bank, on }: AnswerSource): Answers => ({
    unitCode: home.code,
    certificateNo: home.mortgageNo ?? '',
    mortgagees: [bank.row],
    cause: 'debtPaid',
    causeOn: on,
    inquiryOwnWill: true,
    ...STATEMENTS,
  }),
  BG01: ({ home, seller, n, on }: AnswerSource): Answers => ({
    unitCode: home.code,
    certificateNo: home.certificateNo,
    holders: [seller.row],
    changeKind: 'name',
    newName: `${String(seller.row.name).slice(0, 1)}新${String.fromCodePoint(0x5b81 + (n % 20))}`,
    changedOn: on,
    proofNo: serialOf('LGA-2026-', n),
    inquirySamePerson: true,
    ...STATEMENTS,
  }),
  CF01: ({ home, seller, court, n, on }: AnswerSource): Answers => ({
    unitCode: home.code,
    executedName: seller.row.name,
    courts: [court.row],
    officers: [
      { name: court.row.representative, cardNo: 'FY-1502-012', phone: court.row.phone },
      { name: '秦岳', cardNo: 'FY-1502-047', phone: court.row.phone },
    ],
    rulingNo: `(2026)鲁1502执裁${600 + n}号`,
    docNo: `(2026)鲁1502执${2600 + n}号`,
    docOn: on,
    seizureKind: '1',
    preSeizure: false,
    termMonths: 36,
  }),
} as const;

export type DemoType = keyof typeof ANSWERS;

/** Materials that no department shares here and that have to be uploaded. */
export const UPLOADS: Readonly<Record<DemoType, readonly { code: string; title: string }[]>> = {
  ZY02: [
    { code: 'M05', title: '存量房买卖合同（示例）' },
    { code: 'M06', title: '契税完税凭证（示例）' },
  ],
  DY01: [{ code: 'M13', title: '借款合同和抵押合同（示例）' }],
  DY06: [{ code: 'M14', title: '贷款结清证明（示例）' }],
  BG01: [{ code: 'M21', title: '姓名变更证明（示例）' }],
  CF01: [
    { code: 'M31', title: '执行人员工作证、执行公务证（示例）' },
    { code: 'M18', title: '执行裁定书、协助执行通知书（示例）' },
  ],
};
