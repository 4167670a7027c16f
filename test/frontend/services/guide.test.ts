import { describe, expect, it } from 'vitest';
import type { BusinessTypeDetail, Material } from '../../../backend/modules/catalogue/contract.ts';
import { asDeployed, burdenOf } from '../../../frontend/features/services/guide.ts';

const SERVICES = ['ownRegister', 'taxProofs'] as const;

/** A type with one material for each of two services, as a deployment with these connections answers it. */
function typeWith(connectedServices: readonly (typeof SERVICES)[number][]): BusinessTypeDetail {
  const materials = SERVICES.map(
    (service) => ({ code: service, source: 'taxOffice', exemption: { service } }) as unknown as Material,
  );
  return { materials, connectedServices } as unknown as BusinessTypeDetail;
}

describe('what the guide says has to be brought', () => {
  it.each([
    [[], ['give', 'give']],
    [['ownRegister'], ['shared', 'give']],
    [
      ['ownRegister', 'taxProofs'],
      ['shared', 'shared'],
    ],
  ] as const)('with %j connected: %j', (connected, burdens) => {
    expect(asDeployed(typeWith(connected)).materials.map(burdenOf)).toEqual(burdens);
  });
});
