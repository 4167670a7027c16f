import type { Sabotage } from '../support/deployment.ts';
import type { Finding, PartResult } from '../support/findings.ts';
import { dropRevisionFilter, onFreshEngine, raceRegister } from '../register-races.ts';

/** Pairs of conflicting registrations on one unit. */
export async function runRaces(races: number, sabotage: Sabotage | null): Promise<PartResult> {
  const figures = await onFreshEngine((p) => {
    if (sabotage === 'no-revision') dropRevisionFilter(p);
    return raceRegister(p, races);
  });
  const findings: Finding[] = [];
  const count = (kind: Finding['kind'], times: number, text: string) => {
    if (times > 0) findings.push({ kind, text: `${text} in ${times} of ${races} races` });
  };
  count('two-winners', figures.wrongWinners, 'not exactly one was recorded');
  count('half-registered', figures.wrongUnits, 'the unit shows anything but the winner');
  count('state-differs', figures.silentLosers, 'the loser was not told why');
  if (figures.firstWon === 0 || figures.firstWon === races)
    findings.push({ kind: 'no-exercise', text: 'the same one always won: that was no race' });
  const { reasons, seconds, ...rest } = figures;
  return {
    part: 'races of two conflicting registrations on one unit',
    figures: { ...rest, 'told why': reasons, seconds: seconds.toFixed(1) },
    findings,
  };
}
