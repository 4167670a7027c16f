import type { Platform } from '../../platform/platform.ts';
import { recordAccess } from '../audit/index.ts';
import { accounts, type AccountDocument } from './account.model.ts';
import type { MemberList, OrganisationList, OrganisationStatus, StaffList } from './contract.ts';
import { organisations, type OrganisationDocument } from './organisation.model.ts';
import { afterCursor, PAGE_SIZE, pageOf } from './page.ts';
import { presentMember, presentOrganisation, presentStaff } from './present.ts';
import { decryptIdNumber, decryptPhone } from './reads.ts';

export interface Page {
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Newest first. */
export async function listStaff(p: Platform, { cursor, limit = PAGE_SIZE }: Page): Promise<StaffList> {
  const found = await findAccounts(p, { kind: 'staff' }, cursor, limit);
  return pageOf(found, limit, (account) => presentStaff(account, numbersOf(p, account)));
}

export async function listMembers(
  p: Platform,
  organisationId: string,
  { cursor, limit = PAGE_SIZE }: Page,
  /** The administrator of the office who looks; an organisation's own sees its own people. */
  readerId: string | null = null,
): Promise<MemberList> {
  const found = await findAccounts(p, { kind: 'organisation', organisationId }, cursor, limit);
  if (readerId !== null) {
    await recordAccess(p, {
      actorId: readerId,
      subjectPersonIndexes: found.slice(0, limit).map(({ idIndex }) => idIndex),
      what: ['membership'],
      target: { kind: 'organisation', id: organisationId },
      why: 'administration',
      basis: '个保法13',
    });
  }
  return pageOf(found, limit, (account) => presentMember(account, numbersOf(p, account)));
}

export async function listOrganisations(
  p: Platform,
  { cursor, limit = PAGE_SIZE, status }: Page & { status?: OrganisationStatus | undefined },
): Promise<OrganisationList> {
  const found = await organisations(p)
    .find({ ...(status === undefined ? {} : { status }), ...afterCursor(cursor) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<OrganisationDocument[]>();
  return pageOf(found, limit, presentOrganisation);
}

export function numbersOf(p: Platform, account: AccountDocument): { idNumber: string; phone: string } {
  return { idNumber: decryptIdNumber(p, account), phone: decryptPhone(p, account) };
}

function findAccounts(
  p: Platform,
  scope: { kind: 'staff' } | { kind: 'organisation'; organisationId: string },
  cursor: string | undefined,
  limit: number,
): Promise<AccountDocument[]> {
  return accounts(p)
    .find({ ...scope, ...afterCursor(cursor) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<AccountDocument[]>();
}
