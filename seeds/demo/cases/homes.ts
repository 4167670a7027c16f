import { DEMO_ORGANISATIONS } from '../accounts.ts';
import { generateRegister } from '../register/generate.ts';
import { WELL_KNOWN } from '../register/well-known.ts';

/** A unit of the demo register with one owner, as a demo case needs it. */
export interface DemoHome {
  code: string;
  certificateNo: string;
  /** 登记证明号 of its mortgage to the demo bank. */
  mortgageNo: string | null;
  owner: { name: string; idNumber: string };
}

export interface DemoHomes {
  free: DemoHome[];
  /** Mortgaged to the demo bank and to nobody else. */
  mortgaged: DemoHome[];
}

/** The first homes of the register that nothing encumbers, those of the demo accounts left for people to try. */
export function homesFor(asOf: string): DemoHomes {
  const reserved = new Set<string>(Object.values(WELL_KNOWN));
  const { creditCode } = DEMO_ORGANISATIONS.bank;
  const homes: DemoHomes = { free: [], mortgaged: [] };
  for (const unit of generateRegister(asOf)) {
    const right = unit.rights.find(({ status }) => status === 'current');
    const [holder] = right?.holders ?? [];
    const single =
      right?.holders.length === 1 && holder?.partyKind === 'person' && holder.idKind === 'residentId';
    if (!single || !right?.certificateNo || reserved.has(unit._id) || unit.status !== 'active') continue;
    // 父母代办: a minor needs a guardian and papers that are only seen at the counter.
    if (Number(asOf.slice(0, 4)) - Number(holder.idNumber.slice(6, 10)) < 19) continue;
    const home = {
      code: unit._id,
      certificateNo: right.certificateNo,
      owner: { name: holder.name, idNumber: holder.idNumber },
    };
    const live = unit.encumbrances.filter(({ status }) => status === 'current' || status === 'waiting');
    const [only] = live;
    if (live.length === 0) homes.free.push({ ...home, mortgageNo: null });
    const ours = live.length === 1 && only?.kind === 'mortgage' && only.holders[0]?.idNumber === creditCode;
    if (ours && only.certificateNo) homes.mortgaged.push({ ...home, mortgageNo: only.certificateNo });
  }
  return homes;
}
