import {
  loadOrganisation,
  loadPerson,
  type LoadedPerson,
  type OrganisationKind,
  type StaffRole,
} from '../../backend/modules/accounts/index.ts';
import type { Platform } from '../../backend/platform/platform.ts';

/**
 * Accounts to try every role with. People, numbers and organisations are made up: the numbers are valid by their check
 * digit, begin with 3715, and belong to nobody. Everyone has the same password; staff also need the code of an
 * authenticator that was given the secret printed beside their name.
 */
export const DEMO_PASSWORD = 'Dongchang-Lake-26';

export interface DemoSignIn {
  role: { zh: string; en: string };
  name: string;
  login: string;
  password: string;
  totpSecret?: string;
}

interface DemoCitizen {
  role: { zh: string; en: string };
  name: string;
  idNumber: string;
  phone: string;
  nameVerified?: boolean;
}

interface DemoStaff {
  role: { zh: string; en: string };
  name: string;
  idNumber: string;
  phone: string;
  loginName: string;
  roles: readonly StaffRole[];
  totpSecret: string;
}

interface DemoOrganisation {
  kind: OrganisationKind;
  name: string;
  creditCode: string;
  member: {
    role: { zh: string; en: string };
    name: string;
    idNumber: string;
    phone: string;
    loginName: string;
  };
}

/** The hall where the demo staff work: `seeds/reference/offices`. */
const OFFICE = 'liaocheng-centre';

export const DEMO_CITIZENS = {
  seller: {
    role: { zh: '市民（卖方）', en: 'Citizen (seller)' },
    name: '赵明远',
    idNumber: '371502199003070019',
    phone: '13800000101',
  },
  buyer: {
    role: { zh: '市民（买方）', en: 'Citizen (buyer)' },
    name: '孙晓岚',
    idNumber: '371502199208150020',
    phone: '13800000102',
  },
  buyersSpouse: {
    role: { zh: '市民（共同买方）', en: 'Citizen (joint buyer)' },
    name: '李明浩',
    idNumber: '371581199104220034',
    phone: '13800000103',
  },
  borrower: {
    role: { zh: '市民（抵押人）', en: 'Citizen (mortgagor)' },
    name: '张志强',
    idNumber: '371522198706050015',
    phone: '13800000104',
  },
  renamed: {
    role: { zh: '市民（更名）', en: 'Citizen (change of name)' },
    name: '陈雪',
    idNumber: '371525198507300025',
    phone: '13800000105',
  },
  debtor: {
    role: { zh: '市民（房屋被查封）', en: 'Citizen (home seized by a court)' },
    name: '刘建国',
    idNumber: '371524197802110039',
    phone: '13800000106',
  },
  elder: {
    role: { zh: '市民（长辈）', en: 'Citizen (elder)' },
    name: '王秀英',
    idNumber: '371521195609180045',
    phone: '13800000107',
  },
  unverified: {
    role: { zh: '市民（未核验实名）', en: 'Citizen (name not verified yet)' },
    name: '马骏',
    idNumber: '371526198801020012',
    phone: '13800000108',
    nameVerified: false,
  },
} as const satisfies Record<string, DemoCitizen>;

export const DEMO_ORGANISATIONS = {
  bank: {
    kind: 'bank',
    name: '聊城湖滨银行股份有限公司',
    creditCode: '91371500MA3C10001A',
    member: {
      role: { zh: '银行（抵押专员）', en: 'Bank (mortgage officer)' },
      name: '宋丽华',
      idNumber: '371521199010030081',
      phone: '13800000201',
      loginName: 'bank.song',
    },
  },
  developer: {
    kind: 'developer',
    name: '聊城东昌置业有限公司',
    creditCode: '91371500MA3C200038',
    member: {
      role: { zh: '开发企业（经办人）', en: 'Developer (agent)' },
      name: '董明',
      idNumber: '371502198407190119',
      phone: '13800000202',
      loginName: 'developer.dong',
    },
  },
  court: {
    kind: 'court',
    name: '聊城市东昌府区人民法院（演示）',
    creditCode: '113715000043710027',
    member: {
      role: { zh: '法院（执行人员）', en: 'Court (enforcement officer)' },
      name: '高远',
      idNumber: '371502197904280137',
      phone: '13800000203',
      loginName: 'court.gao',
    },
  },
  organ: {
    kind: 'organ',
    name: '聊城市公安局（演示）',
    creditCode: '11371500004371108F',
    member: {
      role: { zh: '其他国家机关（公安办案人员）', en: 'Other state organ (police officer)' },
      name: '姜海涛',
      idNumber: '371502198506140176',
      phone: '13800000204',
      loginName: 'police.jiang',
    },
  },
} as const satisfies Record<string, DemoOrganisation>;

export const DEMO_STAFF = {
  acceptance: {
    role: { zh: '受理', en: 'Acceptance' },
    name: '周敏',
    idNumber: '371502198605120066',
    phone: '13800000301',
    loginName: 'zhoumin',
    roles: ['acceptance'],
    totpSecret: 'MRSW23ZNMFRWGZLQORQW4Y3FFV2GK43U',
  },
  firstReview: {
    role: { zh: '初审', en: 'First review' },
    name: '郭立新',
    idNumber: '371502198309240055',
    phone: '13800000302',
    loginName: 'guolixin',
    roles: ['firstReview'],
    totpSecret: 'MRSW23ZNMZUXE43UFVZGK5TJMV3S2NBV',
  },
  secondReview: {
    role: { zh: '复审', en: 'Second review' },
    name: '陈思齐',
    idNumber: '371502198911080074',
    phone: '13800000303',
    loginName: 'chensiqi',
    roles: ['secondReview'],
    totpSecret: 'MRSW23ZNONSWG33OMQWXEZLWNFSXOLJX',
  },
  registrar: {
    role: { zh: '核定、登簿', en: 'Registrar' },
    name: '许国栋',
    idNumber: '371502198003160095',
    phone: '13800000304',
    loginName: 'xuguodong',
    roles: ['registrar'],
    totpSecret: 'MRSW23ZNOJSWO2LTORZGC4RNOJSWG33S',
  },
  issuance: {
    role: { zh: '缮证、发证、归档', en: 'Issuance and archive' },
    name: '吕文静',
    idNumber: '37150219870905012X',
    phone: '13800000305',
    loginName: 'lvwenjing',
    roles: ['issuance', 'archivist'],
    totpSecret: 'MRSW23ZNNFZXG5LBNZRWKLLDMVZHI2LG',
  },
  sectionHead: {
    role: { zh: '科长', en: 'Head of section' },
    name: '田守礼',
    idNumber: '371502197804210051',
    phone: '13800000308',
    loginName: 'tianshouli',
    roles: ['sectionHead'],
    totpSecret: 'MRSW23ZNORUWC3TTNBXXK3DJFVUGKYLE',
  },
  leader: {
    role: { zh: '分管领导', en: 'Leader' },
    name: '贺明远',
    idNumber: '371502197509120096',
    phone: '13800000309',
    loginName: 'hemingyuan',
    roles: ['leader'],
    totpSecret: 'MRSW23ZNNBSW22LOM55XKYLOFVWGKYLE',
  },
  supervisor: {
    role: { zh: '监督', en: 'Supervisor' },
    name: '韩雪梅',
    idNumber: '371502199302260103',
    phone: '13800000306',
    loginName: 'hanxuemei',
    roles: ['supervisor'],
    totpSecret: 'MRSW23ZNON2XAZLSOZUXG33SFVRWY33D',
  },
  administrator: {
    role: { zh: '管理员', en: 'Administrator' },
    name: '方启明',
    idNumber: '371502198107210157',
    phone: '13800000307',
    loginName: 'fangqiming',
    roles: ['administrator'],
    totpSecret: 'MRSW23ZNMFSG22LONFZXI4TBORXXELJZ',
  },
} as const satisfies Record<string, DemoStaff>;

/** What to print at start: one line for each account. */
export const DEMO_SIGN_INS: readonly DemoSignIn[] = [
  ...Object.values(DEMO_CITIZENS).map(({ role, name, phone }) => signInOf(role, name, phone)),
  ...Object.values(DEMO_ORGANISATIONS).map(({ member }) =>
    signInOf(member.role, member.name, member.loginName),
  ),
  ...Object.values(DEMO_STAFF).map(({ role, name, loginName, totpSecret }) => ({
    ...signInOf(role, name, loginName),
    totpSecret,
  })),
];

function signInOf(role: DemoSignIn['role'], name: string, login: string): DemoSignIn {
  return { role, name, login, password: DEMO_PASSWORD };
}

/**
 * Loads the accounts above; those that exist are left as they are. Throws in production.
 * @returns what to print, one line for each account.
 */
export async function loadDemoAccounts(p: Platform): Promise<readonly DemoSignIn[]> {
  if (p.config.production) throw new Error('demo accounts are refused in production');
  const organisations = Object.values<DemoOrganisation>(DEMO_ORGANISATIONS);
  const members = organisations.map(async ({ member, ...organisation }): Promise<LoadedPerson> => {
    const { _id: organisationId } = await loadOrganisation(p, organisation);
    const { role: _role, ...given } = member;
    const account = { password: DEMO_PASSWORD, nameVerified: true };
    return { kind: 'organisation', organisationId, organisationAdministrator: true, ...account, ...given };
  });
  const people: LoadedPerson[] = [
    ...Object.values<DemoCitizen>(DEMO_CITIZENS).map(({ role: _role, ...given }) => ({
      kind: 'citizen' as const,
      password: DEMO_PASSWORD,
      ...given,
    })),
    ...(await Promise.all(members)),
    ...Object.values<DemoStaff>(DEMO_STAFF).map(({ role: _role, ...given }) => ({
      kind: 'staff' as const,
      officeId: OFFICE,
      password: DEMO_PASSWORD,
      ...given,
    })),
  ];
  await Promise.all(people.map((person) => loadPerson(p, person)));
  return DEMO_SIGN_INS;
}
