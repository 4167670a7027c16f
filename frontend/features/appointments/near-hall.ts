import type { HallView } from '../../../backend/modules/appointments/contract.ts';

/** A unit's code begins with the 区划 that it lies in, which is also the hall's. */
const DISTRICT_DIGITS = 6;

/** The one district of some units; null where there is none, or more than one. */
export function districtOf(unitCodes: readonly string[]): string | null {
  const districts = new Set(unitCodes.map((code) => code.slice(0, DISTRICT_DIGITS)));
  return districts.size === 1 ? [...districts][0]! : null;
}

/** The halls of a district before the others; any of them will do, but the near one is what most people want. */
export function nearFirst<H extends Pick<HallView, 'districtCode'>>(
  halls: readonly H[],
  district: string | null,
): H[] {
  const isNear = ({ districtCode }: H) => districtCode === district;
  return [...halls.filter(isNear), ...halls.filter((hall) => !isNear(hall))];
}
