import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../frontend/features/verify/qr-file.ts';

describe('the text of a QR code', () => {
  it.each([
    ['https://lc.example/verify/AbC123', 'AbC123', 'a certificate of this portal'],
    ['https://evil.example/verify/AbC123', null, 'another site that looks alike'],
    ['https://lc.example/verify', null, 'the form itself'],
    ['https://lc.example/cases/1', null, 'another page'],
    ['鲁(2021)聊城市不动产权第0018342号', null, 'plain words'],
  ])('%s gives %s: %s', (text, token, _why) => {
    expect(tokenOf(text, 'https://lc.example')).toBe(token);
  });
});
