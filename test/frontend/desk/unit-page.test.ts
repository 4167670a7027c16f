import { cleanup, fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { UnitView } from '../../../backend/modules/register/contract.ts';
import type { Me } from '../../../backend/modules/accounts/contract.ts';
import UnitPage from '../../../frontend/features/desk/pages/UnitPage.svelte';
import { open, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const CODE = '371502001001GB00001F00010001';
const SUIT = {
  institution: '东昌府区人民法院',
  docNo: '(2026)鲁1502民初88号',
  docOn: '2026-10-08',
  handedInOn: '2026-10-09',
  reason: '收到通知书原件',
};
const objection = (more: Partial<UnitView['encumbrances'][number]> = {}) =>
  ({
    id: 'objection-1',
    kind: 'objection',
    status: 'current',
    rank: 1,
    holders: [],
    amountFen: null,
    transferRestricted: null,
    court: null,
    docNo: null,
    certificateNo: null,
    registeredOn: '2026-10-01',
    from: '2026-10-01',
    until: '2026-10-16',
    inForce: true,
    suit: null,
    closedOn: null,
    ...more,
  }) as UnitView['encumbrances'][number];
const unitWith = (...encumbrances: UnitView['encumbrances']) =>
  ({
    code: CODE,
    address: '湖滨路88号',
    natural: { areaM2: '98.62', houseUse: '住宅' },
    rights: [],
    encumbrances,
    pending: [],
  }) as unknown as UnitView;

async function shown(unit: UnitView, ...roles: Me['roles']) {
  const sent = server({
    [`GET /api/register/units/${CODE}`]: () => ({ body: unit }),
    [`POST /api/register/units/${CODE}/objections/objection-1/suit`]: () => ({
      body: unitWith(objection({ until: null, suit: SUIT })),
    }),
  });
  const { session } = await open(UnitPage, {
    messages: ['desk', 'cases'],
    props: { params: { code: CODE } },
  });
  session.me = { id: 'clerk', name: '周敏', kind: 'staff', roles } as Me;
  await screen.findByText(/湖滨路88号/);
  await tick();
  return sent;
}
const opener = () => screen.queryByRole('button', { name: '登记已起诉' });

describe('the suit over an objection on the page of its unit', () => {
  it('is entered by who accepts, and then seen', async () => {
    const sent = await shown(unitWith(objection()), 'acceptance');
    await fireEvent.click(opener()!);
    for (const [label, value] of [
      ['受理的法院或仲裁机构', SUIT.institution],
      ['受理通知书文号', SUIT.docNo],
      ['受理通知书日期', SUIT.docOn],
      ['提交日期', SUIT.handedInOn],
      ['登记理由', SUIT.reason],
    ] as const) {
      await fireEvent.input(screen.getByLabelText(label), { target: { value } });
    }
    await fireEvent.click(screen.getByRole('button', { name: '登记', hidden: true }));
    expect(await screen.findByText(/民初88号（.*）；不因期满失效/)).toBeTruthy();
    expect(sent.find(({ method }) => method === 'POST')?.body).toEqual(SUIT);
    expect(opener()).toBeNull();
  });

  it.each<[string, Parameters<typeof objection>[0], Me['roles'][number]]>([
    ['to another post', {}, 'archivist'],
    ['for one that is cancelled', { status: 'historic', inForce: false }, 'acceptance'],
    ['for another burden', { kind: 'preNotice' }, 'acceptance'],
  ])('is not offered %s', async (_, more, role) => {
    await shown(unitWith(objection(more)), role);
    expect(opener()).toBeNull();
  });
});
