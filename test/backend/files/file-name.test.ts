import { describe, expect, it } from 'vitest';
import { attachmentHeader, displayNameOf, typeClaimedBy } from '../../../backend/modules/files/file-name.ts';

describe('displayNameOf', () => {
  it.each([
    ['an ordinary name', '购房合同.pdf', '购房合同.pdf'],
    ['a path', '../../etc/passwd.pdf', 'passwd.pdf'],
    ['a Windows path', 'C:\\fakepath\\合同.pdf', '合同.pdf'],
    ['a NUL and controls', 'a\0b\n\r.pdf', 'ab.pdf'],
    ['an override of direction, which made exe look like pdf', 'photo\u202Efdp.exe', 'photofdp.pdf'],
    ['a device of Windows', 'CON.pdf', '_CON.pdf'],
    ['no stem', '.pdf', '材料.pdf'],
    ['only dots and blanks', ' .. .pdf', '材料.pdf'],
    ['an emoji, which stays', '房子🏠.pdf', '房子🏠.pdf'],
    ['a rare character outside the first plane, which stays', '𠮷某.pdf', '𠮷某.pdf'],
    ['a compatibility ideograph, whose code point stays', '\uF9D8.pdf', '\uF9D8.pdf'],
    ['marks that file systems refuse', 'a<b>c:"d|e?f*.pdf', 'a_b_c__d_e_f_.pdf'],
    ['another extension', '合同.PDF', '合同.pdf'],
  ])('%s', (_case, sent, shown) => expect(displayNameOf(sent, 'application/pdf')).toBe(shown));

  it('cuts 300 characters to 80, without splitting one', () => {
    expect([...displayNameOf('🏠'.repeat(300) + '.pdf', 'application/pdf')]).toHaveLength(84);
  });
});

it('typeClaimedBy tells no extension from an extension that is not taken', () => {
  expect(typeClaimedBy('a')).toBeUndefined();
  expect(typeClaimedBy('a.exe')).toBeNull();
  expect(typeClaimedBy('A.JPEG')).toBe('image/jpeg');
});

it('attachmentHeader names the file for old and new clients (RFC 6266)', () => {
  expect(attachmentHeader(`合同 "1" (a)'.pdf`)).toBe(
    `attachment; filename="__ _1_ (a)'.pdf"; filename*=UTF-8''%E5%90%88%E5%90%8C%20%221%22%20%28a%29%27.pdf`,
  );
});
