import { certificateKeys, certificates } from '../../../backend/modules/certificates/certificate.model.ts';
import { issueForCase, issueOnRegistered } from '../../../backend/modules/certificates/issue.ts';
import { logCertificates } from '../../../backend/modules/certificates/log-certificates.ts';
import { reconcileOnChange } from '../../../backend/modules/certificates/reconcile-unit.ts';
import { appendChanges } from '../../../backend/modules/ledger/append-changes.ts';
import { ledgerModule } from '../../../backend/modules/ledger/index.ts';
import { importUnits } from '../../../backend/modules/register/import-units.ts';
import { recordChange } from '../../../backend/modules/register/record-change.ts';
import { reserveCertificateNo } from '../../../backend/modules/register/reserve-certificate-no.ts';
import { units } from '../../../backend/modules/register/unit.model.ts';
import type { EffectOrder, PartyOrder } from '../../../backend/modules/register/effects/effect.ts';
import type { RequestKind } from '../../../backend/modules/register/contract.ts';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import type { DeclaredModel } from '../../../backend/platform/database/model.ts';
import type { DeliveredEvent } from '../../../backend/platform/database/outbox.ts';
import { platformModels } from '../../../backend/platform/models.ts';
import { startPlatform, type TestPlatform, type TestPlatformOptions } from '../../support/platform.ts';
import { bank, codeOf, NOW, recordOrder, TERMS, unitImport, ZHAO } from '../register/units.ts';

const models = [units, certificates, certificateKeys] as unknown as DeclaredModel<never>[];

export interface World extends TestPlatform {
  /** Everything delivered so far. */
  readonly events: DeliveredEvent[];
  /** A unit of its own; owners as given. */
  freshUnit(owners?: PartyOrder[]): Promise<string>;
  /** Records a case with a reserved number and returns it; certificates are not issued yet. */
  record(unitCode: string, request: RequestKind, make: (no: string) => EffectOrder): Promise<Recorded>;
  sell(unitCode: string, from: PartyOrder[], to: PartyOrder[]): Promise<Recorded>;
  mortgage(unitCode: string, owners: PartyOrder[]): Promise<Recorded>;
}

export interface Recorded {
  caseId: string;
  number: string;
}

let next = 0;

/** Register and certificates on the real engine, wired as subscriptions.ts wires them. */
export async function startWorld(options: TestPlatformOptions = {}): Promise<World> {
  const platform = await startPlatform(options);
  const { p, relay } = platform;
  await migrate(p, [ledgerModule, { name: 'certificates', models }], platformModels);
  const events: DeliveredEvent[] = [];
  const collect = (_: unknown, batch: readonly DeliveredEvent[]) =>
    Promise.resolve(void events.push(...batch));
  relay.start(p, models, [
    appendChanges,
    issueOnRegistered,
    reconcileOnChange,
    logCertificates,
    { name: 'test', types: ['*'], handle: collect },
  ]);

  const record: World['record'] = async (unitCode, request, make) => {
    const order = recordOrder({ unitCode, request, effects: [] });
    const kind = request === 'mortgageFirst' ? 'certification' : 'title';
    const number = await reserveCertificateNo(p, kind, NOW, {
      holder: `${order.caseId}:${unitCode}`,
      district: unitCode.slice(0, 6),
    });
    const result = await recordChange(p, { ...order, effects: [make(number)] });
    if (result.outcome !== 'recorded') throw new Error(JSON.stringify(result));
    return { caseId: order.caseId, number };
  };
  const givers = (parties: PartyOrder[]) => parties.map(({ idNumber }) => ({ idNumber, share: null }));
  return {
    ...platform,
    events,
    record,
    async freshUnit(owners = [ZHAO]) {
      next += 1;
      await importUnits(p, [unitImport(codeOf(next), owners)]);
      return codeOf(next);
    },
    sell: (unitCode, from, to) =>
      record(unitCode, 'transfer', (certificateNo) => ({
        kind: 'ownership.transfer',
        from: givers(from),
        to,
        coOwnership: to.length === 1 ? 0 : 1,
        certificateNo,
      })),
    mortgage: (unitCode, owners) =>
      record(unitCode, 'mortgageFirst', (certificateNo) => ({
        kind: 'mortgage.create',
        mortgagors: givers(owners),
        holders: [bank()],
        terms: TERMS,
        certificateNo,
      })),
  };
}

export { issueForCase };
