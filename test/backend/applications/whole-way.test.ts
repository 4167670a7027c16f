import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findUnit, liveRight } from '../../../backend/modules/register/index.ts';
import {
  accepted,
  act,
  ok,
  openOffice,
  recorded,
  submittedRename,
  submittedSale,
  submittedSeizure,
  type Office,
} from './scenario.ts';

describe('a case on its whole way', () => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it('takes a sale from draft to the archive', async () => {
    const home = await office.home();
    const receipt = await submittedSale(office, home);
    expect(receipt.no).toMatch(/^20261009\d{5}$/);
    const view = await accepted(office, receipt.id);
    expect(view.status).toBe('accepted');
    expect(view.clocks.promised.dueOn).toBe('2026-10-13');
    const done = await recorded(office, receipt.id);
    expect(done.status).toBe('registered');
    await office.api.settle();
    const unit = await findUnit(office.api.p, home.code);
    expect(liveRight(unit!)?.holders.map(({ name }) => name)).toEqual(['孙晓岚']);
    const seen = await ok(office.buyer.client.get(`/api/applications/${receipt.no}`));
    expect(['registered', 'issued']).toContain(seen.status);
    if (seen.status === 'registered') return;
    const archived = await ok(act(office.clerks.archivist, receipt.id, 'archive'));
    expect(archived.status).toBe('archived');
  });

  it('renames a holder with one applicant and two people in the office', async () => {
    const home = await office.home();
    const receipt = await submittedRename(office, home);
    await accepted(office, receipt.id);
    await recorded(office, receipt.id);
    const unit = await findUnit(office.api.p, home.code);
    expect(liveRight(unit!)?.holders.map(({ name }) => name)).toEqual(['赵明源']);
  });

  it('seizes a home on the order of a court', async () => {
    const home = await office.home();
    const receipt = await submittedSeizure(office, home);
    await accepted(office, receipt.id);
    const done = await recorded(office, receipt.id);
    expect(done.status).toBe('registered');
    const unit = await findUnit(office.api.p, home.code);
    expect(unit!.encumbrances).toMatchObject([{ kind: 'seizure', status: 'current' }]);
  });
});
