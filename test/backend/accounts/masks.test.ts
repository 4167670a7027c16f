import { describe, expect, it } from 'vitest';
import {
  maskGivenNumber,
  maskIdNumber,
  maskName,
  maskPhone,
} from '../../../backend/modules/accounts/masks.ts';

describe('masks', () => {
  it.each([
    ['', ''],
    ['张', '*'],
    ['张三', '张*'],
    ['张小三', '张*三'],
    ['欧阳小三', '欧**三'],
    ['𠮷田', '𠮷*'],
    ['买买提·吐尔逊', '买*****逊'],
  ])('name %s → %s', (name, masked) => expect(maskName(name)).toBe(masked));

  it.each([
    ['371502199003070019', '371502********0019'],
    ['91371500MA3C00011K', '913715********011K'],
    ['G123', '****'],
  ])('number %s → %s', (number, masked) => expect(maskIdNumber(number)).toBe(masked));

  it.each([
    ['E12345678', 'E*****678'],
    ['C1234567', 'C****567'],
    ['G123', '****'],
    ['371502199003070019', '371502********0019'],
  ])('number as somebody gave it %s → %s', (number, masked) => expect(maskGivenNumber(number)).toBe(masked));

  it.each([
    ['13800001234', '138****1234'],
    ['0635', '****'],
  ])('phone %s → %s', (phone, masked) => expect(maskPhone(phone)).toBe(masked));
});
