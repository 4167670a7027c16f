import { describe, expect, it } from 'vitest';
import { basisWords, whyWords } from '../../../backend/modules/query/looks/words.ts';

describe('the ground of a look in words', () => {
  it.each([
    ['条例27', '《不动产登记暂行条例》第 27 条', 'Interim Regulation on Real Estate Registration, art. 27'],
    [
      '不动产登记暂行条例第十八条',
      '《不动产登记暂行条例》第 18 条',
      'Interim Regulation on Real Estate Registration, art. 18',
    ],
    ['个保法13、34', '《个人信息保护法》第 13、34 条', 'Personal Information Protection Law, arts. 13, 34'],
    [
      '民法典218、条例27第2款、28',
      '《民法典》第 218 条、《不动产登记暂行条例》第 27、28 条',
      'Civil Code, art. 218; Interim Regulation on Real Estate Registration, arts. 27, 28',
    ],
    [
      '民法典第218条、不动产登记暂行条例第27条第2款、不动产登记资料查询暂行办法第19、20条',
      '《民法典》第 218 条、《不动产登记暂行条例》第 27 条、《不动产登记资料查询暂行办法》第 19、20 条',
      'Civil Code, art. 218; Interim Regulation on Real Estate Registration, art. 27; Interim Measures on Queries of Registration Data, arts. 19, 20',
    ],
    ['其他规定', '其他规定', '其他规定'],
  ])('%s', (basis, zh, en) => {
    expect(basisWords(basis)).toEqual({ zh, en });
  });

  it('names the purpose of a query, and never shows a code', () => {
    expect(whyWords('purchase').zh).toBe('查询登记资料：购买房屋');
    expect(whyWords('somethingNew')).toEqual({ zh: '办理登记业务', en: 'Registration work' });
  });
});
