import { Type } from 'typebox';
import { route, type AnyRoute } from '../../platform/http/route.ts';
import type { Platform } from '../../platform/platform.ts';
import { legalDayOf } from '../../platform/time.ts';
import { applicant, maskIdNumber, signedIn, staffWith, worksOnCases } from '../accounts/index.ts';
import { recordAccess } from '../audit/index.ts';
import { searchAddresses } from './addresses/search-addresses.ts';
import { checkUnit } from './check-unit.ts';
import {
  AddressSearchInput,
  AddressSearchView,
  MyUnitsView,
  RecordSuit,
  UnitCheckInput,
  UnitCheckView,
  UnitCodeInput,
  UnitView,
} from './contract.ts';
import { getOwnUnit } from './own-unit.ts';
import { presentUnit, type UnitViewer } from './present.ts';
import { recordSuit } from './record-suit.ts';
import { findUnitsOfPerson, getUnit, readUnitCode } from './reads.ts';
import { holderIndexOf, openIdNumber } from './seal.ts';
import type { UnitDocument } from './unit.model.ts';

/** Presents a stored unit for the day it is. */
export function viewUnit(p: Platform, unit: UnitDocument, viewer: UnitViewer): UnitView {
  return presentUnit(unit, viewer, {
    on: legalDayOf(p.time.now()),
    maskedNumber: (unitCode, holder) => maskIdNumber(openIdNumber(p, unitCode, holder)),
  });
}

/** Everybody whose data a unit shows to staff, history included; of organisations those that own it or did. */
function peopleOf(unit: UnitDocument): string[] {
  const owners = unit.rights.flatMap(({ holders }) => holders);
  const holding = unit.encumbrances.flatMap(({ holders }) => holders);
  const people = holding.filter(({ partyKind }) => partyKind === 'person');
  return [...owners, ...people].map(({ idIndex }) => idIndex);
}

const recordLook = (p: Platform, actorId: string, unit: UnitDocument, why: string): Promise<void> =>
  recordAccess(p, {
    actorId,
    subjectPersonIndexes: peopleOf(unit),
    what: ['unit'],
    target: { kind: 'unit', id: unit._id },
    why,
    // 国家机关履行法定职责: what a party may query (条例27) is no ground for staff.
    basis: '个保法13、34',
  });

export const routes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/register/units/:code',
    summary: { zh: '查看一个不动产单元（本人或工作人员）', en: 'One unit, for its owner or for staff' },
    access: signedIn,
    params: Type.Object({ code: UnitCodeInput }),
    answers: { 200: UnitView },
    rateLimit: { points: 120, windowSeconds: 60, by: 'account' },
    async handle({ p, actor, params }) {
      const code = readUnitCode(params.code);
      if (worksOnCases(actor)) {
        const unit = await getUnit(p, code);
        await recordLook(p, actor.accountId, unit, 'registerLook');
        return { status: 200, body: viewUnit(p, unit, 'staff') };
      }
      const { unit } = await getOwnUnit(p, actor, code);
      return { status: 200, body: viewUnit(p, unit, 'owner') };
    },
  }),
  route({
    method: 'post',
    path: '/api/register/units/:code/objections/:id/suit',
    summary: { zh: '登记异议申请人已起诉', en: 'Enter that the objector has sued' },
    access: staffWith('acceptance', 'registrar'),
    params: Type.Object({ code: UnitCodeInput, id: Type.String({ minLength: 1, maxLength: 80 }) }),
    body: RecordSuit,
    answers: { 200: UnitView },
    rateLimit: { points: 30, windowSeconds: 60, by: 'account' },
    async handle({ p, actor, params, body }) {
      const target = { unitCode: readUnitCode(params.code), objectionId: params.id };
      const unit = await recordSuit(p, actor, target, body);
      await recordLook(p, actor.accountId, unit, 'handling');
      return { status: 200, body: viewUnit(p, unit, 'staff') };
    },
  }),
  route({
    method: 'get',
    path: '/api/me/units',
    summary: { zh: '我的不动产', en: 'My properties' },
    access: applicant,
    query: Type.Object({
      cursor: Type.Optional(Type.String({ maxLength: 28 })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    answers: { 200: MyUnitsView },
    async handle({ p, actor, query }) {
      const holderIndex = holderIndexOf(p, actor);
      if (holderIndex === null) return { status: 200, body: { items: [], nextCursor: null } };
      const page = await findUnitsOfPerson(p, holderIndex, {
        after: query.cursor ?? null,
        limit: query.limit ?? 50,
      });
      const items = page.items.map((unit) => viewUnit(p, unit, 'owner'));
      return { status: 200, body: { items, nextCursor: page.next } };
    },
  }),
  route({
    method: 'post',
    path: '/api/register/unit-checks',
    summary: { zh: '申请前核对不动产单元', en: 'Check a unit before applying' },
    access: signedIn,
    body: UnitCheckInput,
    answers: { 200: UnitCheckView },
    // Enough for a careful person with several properties, too little to walk along unit codes, with however many accounts.
    rateLimit: { points: 30, windowSeconds: 600, by: 'account-and-address', addressPoints: 300 },
    handle: async ({ p, actor, body }) => ({ status: 200, body: await checkUnit(p, actor, body) }),
  }),
  route({
    method: 'post',
    path: '/api/register/address-searches',
    summary: { zh: '按坐落查找不动产单元', en: 'Find a unit by its address' },
    // A POST that only reads: where somebody lives stands in no address line and in no log of one.
    access: signedIn,
    body: AddressSearchInput,
    answers: { 200: AddressSearchView },
    // A dozen searches for each home while it is typed; too few to walk through the doors of a town, with however many accounts.
    rateLimit: { points: 300, windowSeconds: 3_600, by: 'account-and-address', addressPoints: 600 },
    handle: async ({ p, actor, body }) => ({
      status: 200,
      body: await searchAddresses(p, actor.accountId, body.text),
    }),
  }),
];
