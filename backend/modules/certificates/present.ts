import { legalDayOf } from '../../platform/time.ts';
import type { CertificateDocument } from './certificate.model.ts';
import type { CertificateView } from './contract.ts';

interface Printed {
  address: string;
  subject: string;
  holders: { name: string }[];
}

const SUBJECTS_EN: Readonly<Record<string, string>> = {
  '国有建设用地使用权/房屋（构筑物）所有权': 'Land use right and ownership of the building',
  '宅基地使用权/房屋（构筑物）所有权': 'Homestead right and ownership of the building',
  国有建设用地使用权: 'Land use right',
  抵押权: 'Mortgage',
  预告登记: 'Pre-notice',
  异议登记: 'Objection',
  居住权: 'Right of residence',
  地役权: 'Easement',
};

/** For its holder and for staff: everything that is printed. */
export function presentCertificate(certificate: CertificateDocument, verifyUrl: string): CertificateView {
  const { _id, number, kind, status, unitCode, caseId, issuedAt } = certificate;
  const { address, subject, holders } = JSON.parse(certificate.record) as Printed;
  return {
    id: _id,
    number,
    kind,
    status,
    unitCode,
    address,
    subject: { zh: subject, en: SUBJECTS_EN[subject] ?? subject },
    issuedOn: legalDayOf(issuedAt),
    holders: holders.map(({ name }) => name),
    caseId: /^[0-9a-f]{24}$/.test(caseId) ? caseId : null,
    pdfUrl: `/api/certificates/${_id}/pdf`,
    verifyUrl,
  };
}
