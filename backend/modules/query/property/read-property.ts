import type { Platform } from '../../../platform/platform.ts';
import type { ApplicantActor } from '../../accounts/index.ts';
import { findCaseFacts } from '../../applications/index.ts';
import { findBusinessType } from '../../catalogue/index.ts';
import { findCertificatesOf, viewCertificate } from '../../certificates/index.ts';
import { getOwnUnit, liveRight, viewUnit, type UnitDocument } from '../../register/index.ts';
import { changeWords } from '../alerts/property-messages.ts';
import type { PropertyView } from '../contract/property.ts';

/** Of a unit's certificates an owner has a handful; this is far above. */
const MOST_CERTIFICATES = 100;
const MOST_HISTORY = 100;

const FIRST = { zh: '从原登记簿转入', en: 'taken over from the earlier register' };

/**
 * Since when the present owners hold it: a change of name or number makes a new right of the same people, so the one before it counts.
 * What was registered before is of others, and told only under the rules of a query (查询办法 14).
 */
function heldSince({ rights }: Pick<UnitDocument, 'rights'>): Date {
  let right = liveRight({ rights });
  while (right?.renamed) {
    const { caseId } = right;
    const before = rights.find(({ closedByCaseId }) => closedByCaseId === caseId);
    if (!before) break;
    right = before;
  }
  return right?.registeredAt ?? new Date(0);
}

async function isOwnCase(p: Platform, actor: ApplicantActor, caseId: string): Promise<boolean> {
  const facts = /^[0-9a-f]{24}$/.test(caseId) ? await findCaseFacts(p, caseId) : null;
  return facts?.followers.includes(actor.accountId) ?? false;
}

async function historyOf(
  p: Platform,
  actor: ApplicantActor,
  unit: UnitDocument,
): Promise<PropertyView['history']> {
  const since = heldSince(unit);
  const changes = unit.changes.filter(({ at }) => at >= since).slice(-MOST_HISTORY);
  const rows = await Promise.all(
    changes.map(async ({ at, kinds, caseNo, caseId }) => ({
      at: at.toISOString(),
      what: changeWords(kinds) ?? FIRST,
      caseNo: caseNo === '' ? null : caseNo,
      own: await isOwnCase(p, actor, caseId),
    })),
  );
  return rows.reverse();
}

async function underWayOn(
  p: Platform,
  actor: ApplicantActor,
  unit: UnitDocument,
): Promise<PropertyView['underWay']> {
  const rows = await Promise.all(
    unit.pending.map(async ({ businessType, acceptedAt, dueOn, caseNo, caseId }) => {
      const type = await findBusinessType(p, businessType);
      if (!type || type.applicants.mode === 'entrusted') return null;
      const own = await isOwnCase(p, actor, caseId);
      return { name: type.plainName, acceptedAt: acceptedAt.toISOString(), dueOn, caseNo, own };
    }),
  );
  return rows.filter((row) => row !== null);
}

/** Throws `register.unitNotFound`, for somebody else's unit as for none. */
export async function readProperty(p: Platform, actor: ApplicantActor, code: string): Promise<PropertyView> {
  const { unit, holderIndex } = await getOwnUnit(p, actor, code);
  const [underWay, history, { items }] = await Promise.all([
    underWayOn(p, actor, unit),
    historyOf(p, actor, unit),
    findCertificatesOf(p, holderIndex, { after: null, limit: MOST_CERTIFICATES }),
  ]);
  const certificates = items.filter(({ unitCode }) => unitCode === unit._id);
  return {
    unit: viewUnit(p, unit, 'owner'),
    underWay,
    history,
    certificates: certificates.map((one) => viewCertificate(p, one)),
  };
}
