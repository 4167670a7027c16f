import type { Bilingual } from './application.model.ts';

/** Posts of the office (岗位), by role of the account. */
const ROLES: Readonly<Record<string, Bilingual>> = {
  acceptance: { zh: '受理岗', en: 'the acceptance desk' },
  firstReview: { zh: '初审岗', en: 'the first reviewer' },
  secondReview: { zh: '复审岗', en: 'the second reviewer' },
  registrar: { zh: '登簿岗', en: 'the registrar' },
  issuance: { zh: '发证岗', en: 'the issuing desk' },
  archivist: { zh: '档案岗', en: 'the archive' },
  supervisor: { zh: '监督岗', en: 'supervision' },
  sectionHead: { zh: '科长', en: 'the head of section' },
  leader: { zh: '分管领导', en: 'the leader' },
  administrator: { zh: '系统管理岗', en: 'the administrator' },
};

export const roleWords = (role: string): Bilingual => ROLES[role] ?? { zh: '其他岗位', en: 'another post' };
