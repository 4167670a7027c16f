import { describe, expect, it } from 'vitest';
import type { Me } from '../../../backend/modules/accounts/contract.ts';
import { placeFor, safeNext } from '../../../frontend/features/accounts/arrive.ts';

describe('where a sign-in leads', () => {
  it.each([
    ['/cases/2026092900137', '/cases/2026092900137'],
    ['/desk?light=red', '/desk?light=red'],
    ['//evil.example/x', null],
    ['/\\evil.example', null],
    ['https://evil.example', null],
    ['javascript:alert(1)', null],
    ['/sign-in?next=/cases', null],
    ['', null],
    [null, null],
  ])('%s is %s', (next, place) => {
    expect(safeNext(next)).toBe(place);
  });

  it('takes staff to the desk and others to the front page', () => {
    expect(placeFor({ kind: 'staff', roles: ['administrator', 'registrar'] } as unknown as Me, null)).toBe(
      '/desk',
    );
    expect(placeFor({ kind: 'staff', roles: ['administrator'] } as unknown as Me, null)).toBe('/admin/staff');
    expect(placeFor({ kind: 'staff', roles: ['supervisor'] } as unknown as Me, null)).toBe('/supervision');
    // Figures are for supervisors alone: heads and leaders decide at the desk.
    expect(placeFor({ kind: 'staff', roles: ['sectionHead', 'leader'] } as unknown as Me, null)).toBe(
      '/desk',
    );
    expect(placeFor({ kind: 'citizen' } as Me, null)).toBe('/');
    expect(placeFor({ kind: 'staff' } as Me, '/desk/cases/1')).toBe('/desk/cases/1');
  });
});
