import { cleanup, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CertificateView } from '../../../backend/modules/certificates/contract.ts';
import CertificatesPage from '../../../frontend/features/verify/CertificatesPage.svelte';
import { open, server } from '../support/page.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const LIST = 'GET /api/me/certificates';
const certificate: CertificateView = {
  id: 'c'.repeat(24),
  number: '鲁(2026)聊城市不动产权第0000012号',
  kind: 'title',
  status: 'valid',
  unitCode: '371502001001GB00001F00060044',
  address: '东昌府区湖滨路 88 号望湖苑 6 号楼 2-1102',
  subject: {
    zh: '国有建设用地使用权/房屋所有权',
    en: 'Right to use state-owned land / ownership of the building',
  },
  issuedOn: '2026-10-10',
  holders: ['孙晓岚', '李文浩'],
  caseId: 'a'.repeat(24),
  pdfUrl: `/api/certificates/${'c'.repeat(24)}/pdf`,
  verifyUrl: 'https://lc.example/verify/AbC123',
};
const page = () => open(CertificatesPage, { messages: ['verify'] });

describe('my certificates', () => {
  it('each say what they are and lead to PDF, verification and case', async () => {
    server({ [LIST]: () => ({ body: { items: [certificate], nextCursor: null } }) });
    await page();
    expect(await screen.findByText('权利人：孙晓岚、李文浩', { exact: false })).toBeTruthy();
    expect(screen.getByText('现在有效')).toBeTruthy();
    const hrefs = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
    expect(hrefs).toEqual(
      expect.arrayContaining([certificate.pdfUrl, '/verify/AbC123', `/cases/${certificate.caseId}`]),
    );
  });

  it('that are none say so, and that paper stays valid', async () => {
    server({ [LIST]: () => ({ body: { items: [], nextCursor: null } }) });
    await page();
    expect(await screen.findByText(/以前领的纸质证书仍然有效/)).toBeTruthy();
  });
});
