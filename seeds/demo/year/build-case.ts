import { createHash } from 'node:crypto';
import type { ImportedAct, ImportedCase } from '../../../backend/modules/applications/index.ts';
import { legalDayOf } from '../../../backend/platform/time.ts';
import { ANSWERS, UPLOADS, type AnswerSource, type DemoType } from '../cases/answers.ts';
import type { YearParty, YearPeople } from './people.ts';
import type { PlannedAct, PlannedCase } from './simulate.ts';
import type { YearUnit } from './units.ts';

/** From the plan of a case to what is taken over: who asked for what, on which unit. */

const idOf = (seed: string, n: number): string =>
  createHash('sha256').update(`demo-year|${seed}|${n}`).digest('hex').slice(0, 24);

/** Numbers of the year begin here on each day; the portal's own begin at 1. */
const FIRST_SERIAL = 50_001;

const REASONS = {
  ZY02: { reason: 'ownershipDispute', facts: '房屋权属正在诉讼，法院已受理。' },
  DY01: { reason: 'materialsMismatch', facts: '抵押合同与借款合同的金额不一致。' },
  DY06: { reason: 'materialsMismatch', facts: '结清证明与登记的抵押权不是同一笔。' },
  BG01: { reason: 'materialsMismatch', facts: '证明上的曾用名与登记簿不一致。' },
  CF01: { reason: 'conflictsWithRegister', facts: '被执行人不是登记簿上的权利人。' },
} as const satisfies Record<DemoType, { reason: string; facts: string }>;

const NOTES = {
  waitTax: '契税凭证与税务系统不一致，等税务部门更正',
  inquiry: '向住建部门核对合同备案',
  siteCheck: '核实房屋现状',
} as const;

function actOf(act: PlannedAct, type: DemoType, staff: YearPeople['staff']): ImportedAct {
  const at = new Date(act.at);
  const by = 'clerk' in act ? staff.get(act.clerk)! : null;
  switch (act.act) {
    case 'submit':
    case 'answerCorrection':
    case 'withdraw':
      return { act: act.act, at };
    case 'review':
      return { act: 'review', at, by: by!, text: '材料齐全，与登记簿一致，同意。' };
    case 'approve':
      return { act: 'approve', at, by: by!, text: '核定通过。' };
    case 'resume':
      return { act: 'resume', at, by: by!, text: '已核实，接着办理。' };
    case 'decline': {
      const facts = '申请登记的房屋不在本市登记范围内';
      return {
        act: 'decline',
        at,
        by: by!,
        reason: 'notOurArea',
        facts,
        goTo: '济南市自然资源和规划局不动产登记中心',
      };
    }
    case 'refuse':
      return { act: 'refuse', at, by: by!, ...REASONS[type] };
    case 'requestCorrection': {
      const [material] = UPLOADS[type];
      const target = { materialCode: material?.code ?? 'M01' };
      const defects = [{ target, defect: '第 2 页太暗，看不清签字', remedy: '请在光线好的地方重拍这一页' }];
      return { act: 'requestCorrection', at, by: by!, defects, dueOn: act.dueOn };
    }
    case 'pause':
      return {
        act: 'pause',
        at,
        by: by!,
        reason: act.reason,
        note: NOTES[act.reason],
        plannedEndOn: act.plannedEndOn,
      };
    default:
      return { act: act.act, at, by: by! };
  }
}

export interface CasePlace {
  unit: YearUnit;
  /** Among the cases submitted on its day, from 0. */
  serial: number;
}

export function buildCase(
  { n, type, office, acts }: PlannedCase,
  { unit, serial }: CasePlace,
  { citizens, banks, court, staff }: YearPeople,
  seed: string,
): ImportedCase {
  const filedAt = new Date(acts[0]!.at);
  const on = legalDayOf(filedAt);
  const seller = citizens[unit.owner]!;
  const buyer = citizens[(unit.owner + 1 + (n % (citizens.length - 1))) % citizens.length]!;
  const bank = banks[unit.bank]!;
  const home = {
    code: unit.code,
    certificateNo: unit.certificateNo,
    mortgageNo: unit.mortgageNo,
    owner: seller,
  };
  const asActor = ({ row }: YearParty) => ({ row }) as unknown as AnswerSource['seller'];
  const source: AnswerSource = {
    home,
    seller: asActor(seller),
    buyer: asActor(buyer),
    bank: asActor(bank),
    court: asActor(court),
    n: n % 90_000,
    on,
  };
  const initiator = { ZY02: seller, BG01: seller, DY01: bank, DY06: bank, CF01: court }[type];
  return {
    id: idOf(seed, n),
    no: `${on.replaceAll('-', '')}${String(FIRST_SERIAL + serial).padStart(5, '0')}`,
    typeCode: type,
    initiator,
    signers: new Map([seller, buyer, bank, court].map(({ idNumber, accountId }) => [idNumber, accountId])),
    unit,
    officeId: office,
    answers: ANSWERS[type](source),
    acts: acts.map((act) => actOf(act, type, staff)),
  };
}
