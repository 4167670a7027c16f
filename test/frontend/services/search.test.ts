import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BusinessType, BusinessTypeSummary } from '../../../backend/modules/catalogue/contract.ts';
import { searchTypes } from '../../../frontend/features/services/search.ts';

const folder = join(import.meta.dirname, '../../../seeds/reference/catalogue');
const types = readdirSync(folder)
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as BusinessType | BusinessType[])
  .map((type) => ({ ...type, mode: type.applicants.mode })) satisfies BusinessTypeSummary[];
const first = (words: string) => searchTypes(types, words)[0]?.code;

describe('searching a service in one’s own words', () => {
  it.each([
    ['二手房过户', 'ZY02'],
    ['我想卖房', 'ZY02'],
    ['还清房贷', 'DY06'],
    ['房贷还清了怎么办', 'DY06'],
    ['改名字', 'BG01'],
    ['zy02', 'ZY02'],
    ['mortgage', 'DY01'],
  ])('“%s” finds %s first', (words, code) => {
    expect(first(words)).toBe(code);
  });

  it('finds nothing for what is not done here', () => {
    expect(searchTypes(types, '护照 passport')).toEqual([]);
  });

  it('shows all for no words', () => {
    expect(searchTypes(types, '  ')).toHaveLength(types.length);
  });
});
