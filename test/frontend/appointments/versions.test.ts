import { describe, expect, it } from 'vitest';
import { versionAfter, versionOn } from '../../../frontend/features/appointments/versions.ts';
import { scheduleOn } from '../../../backend/modules/appointments/get-schedule.ts';

const VERSIONS = [
  { version: 1, validFrom: '2026-01-01' },
  { version: 2, validFrom: '2026-11-01' },
  { version: 3, validFrom: '2026-10-10' },
  { version: 4, validFrom: '2026-11-01' },
];
const newestFirst = [...VERSIONS].reverse();

describe('the version of a hall’s schedule that is in force', () => {
  it.each([
    ['2025-12-31', 1],
    ['2026-10-09', 1],
    ['2026-10-10', 3],
    ['2026-10-31', 3],
    ['2026-11-01', 4],
  ])('on %s is %i, on the page as on the server', (day, version) => {
    expect(versionOn(newestFirst, day)?.version).toBe(version);
    expect(scheduleOn(VERSIONS as never, day)?.version).toBe(version);
  });

  it('is followed by the next that begins, and by none after the last', () => {
    expect(versionAfter(newestFirst, '2026-10-09')?.version).toBe(3);
    expect(versionAfter(newestFirst, '2026-10-10')?.version).toBe(4);
    expect(versionAfter(newestFirst, '2026-11-01')).toBeNull();
    expect(versionOn([], '2026-11-01')).toBeNull();
  });
});
