import { reserveNumber } from '../../platform/database/numbers.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { listDistricts } from '../catalogue/index.ts';
import { CITY, findDistrict } from './city.ts';
import { formatCertificateNo } from './certificate-number.ts';
import type { CertificateKind } from './contract.ts';

/** Who numbers certificates: the place that stands in the number, and the counter behind it. */
export interface CertificateIssuer {
  place: string;
  /** Code of the counter; places that share one share its numbers. */
  series: string;
}

const OF_THE_CITY: CertificateIssuer = { place: CITY.name, series: CITY.code };

/** By the district of a unit, by today's code or an older one. */
export async function certificateIssuerOf(district: string): Promise<CertificateIssuer> {
  const code = findDistrict(district)?.code;
  return (await listDistricts()).find((one) => one.code === code)?.certificates ?? OF_THE_CITY;
}

/** By the place in a number that exists: where it is entered, so that it is never given out again. */
export async function certificateIssuerAt(place: string): Promise<CertificateIssuer> {
  const issuers = (await listDistricts()).map(({ certificates }) => certificates);
  return issuers.find((one) => one.place === place) ?? OF_THE_CITY;
}

/** Series of the yearly serial of one issuer, `title:371500:2026`; also where imported numbers are entered. */
export function certificateSeries(
  kind: CertificateKind,
  year: number,
  { series }: Pick<CertificateIssuer, 'series'> = OF_THE_CITY,
): string {
  return `${kind}:${series}:${year}`;
}

/**
 * Claims the next number of the year for a case's result, under the place that registers in the unit's district. The
 * same holder gets the same number back, so a plan that is made again after a crash names the same certificate.
 * `holder`: `<caseId>:<unitCode>:<place of the effect>`.
 */
export async function reserveCertificateNo(
  p: Platform,
  kind: CertificateKind,
  at: Date,
  { holder, district }: { holder: string; district: string },
): Promise<string> {
  const year = Number(legalDayOf(at).slice(0, 4));
  const issuer = await certificateIssuerOf(district);
  return reserveNumber(p, {
    series: certificateSeries(kind, year, issuer),
    holder,
    format: (serial) => formatCertificateNo(kind, year, serial, issuer.place),
  });
}
