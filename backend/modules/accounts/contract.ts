import { Type, type Static } from 'typebox';

/** Shapes of accounts on the wire. Browser-safe: the frontend imports the types only. */

const id = () => Type.String({ pattern: '^[0-9a-f]{24}$' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const instant = () => Type.String({ format: 'date-time' });
// Wire bounds are generous: what is wrong with a value is said by its own check, in its own words.
const text = (maxLength = 200) => Type.String({ minLength: 1, maxLength });
const password = () => Type.String({ minLength: 1, maxLength: 512 });

/** Who an account is for: 个人 / 单位 / 工作人员. */
export const ACCOUNT_KINDS = ['citizen', 'organisation', 'staff'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/**
 * 银行 / 房地产开发企业 / 人民法院 / 其他国家机关 (检察、公安、监察、税务、审计等, 条例27第2款) / 其他单位. An organ asks about what belongs to
 * its cases as a court does, and entrusts nothing.
 */
export const ORGANISATION_KINDS = ['bank', 'developer', 'court', 'organ', 'other'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/**
 * 受理 初审 复审 核定登簿 缮证发证 档案 科长 分管领导 监督 管理员 (domain.md §3.4). The head of section and the leader stand over the
 * clerks of an office: overdue cases are brought to them, level by level.
 */
export const STAFF_ROLES = [
  'acceptance',
  'firstReview',
  'secondReview',
  'registrar',
  'issuance',
  'archivist',
  'sectionHead',
  'leader',
  'supervisor',
  'administrator',
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** `enrolling`: invited, no password yet. */
export const ACCOUNT_STATUSES = ['enrolling', 'active', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** `waiting`: signed up, not yet confirmed by an administrator, may not act. */
export const ORGANISATION_STATUSES = ['waiting', 'active', 'disabled'] as const;
export type OrganisationStatus = (typeof ORGANISATION_STATUSES)[number];

/** Papers a clerk may confirm a name by: 居民身份证 / 临时居民身份证 / 户口簿 / 军官证等 / 其他. */
export const DOCUMENT_KINDS = [
  'residentCard',
  'temporaryCard',
  'householdRegister',
  'militaryCard',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

// ---- sign-up ----

export const SignUpBody = Type.Object({
  /** Exact code points are kept; 1 to 100 of them. */
  name: text(),
  idNumber: text(60),
  phone: text(60),
  password: password(),
  /** The privacy notice in force is recorded with the account. */
  acceptsPrivacyNotice: Type.Boolean(),
});
export type SignUpBody = Static<typeof SignUpBody>;

export const SignUpAnswer = Type.Object({ id: id(), name: Type.String() });
export type SignUpAnswer = Static<typeof SignUpAnswer>;

export const OrganisationSignUpBody = Type.Object({
  kind: Type.Enum(['bank', 'developer', 'organ', 'other']),
  name: text(),
  creditCode: text(60),
  /** The first member, who may invite others. */
  administrator: Type.Object({
    loginName: text(60),
    name: text(),
    idNumber: text(60),
    phone: text(60),
    password: password(),
  }),
  acceptsPrivacyNotice: Type.Boolean(),
});
export type OrganisationSignUpBody = Static<typeof OrganisationSignUpBody>;

export const OrganisationSignUpAnswer = Type.Object({ organisationId: id(), accountId: id() });
export type OrganisationSignUpAnswer = Static<typeof OrganisationSignUpAnswer>;

// ---- sign-in and sessions ----

export const SignInBody = Type.Object({
  /** Phone number, ID number, or login name (staff and members of organisations). */
  login: text(100),
  password: password(),
});
export type SignInBody = Static<typeof SignInBody>;

/** `secondFactor`: the session can do nothing yet but POST /api/sessions/second-factor. */
export const SignInAnswer = Type.Object({ next: Type.Enum(['complete', 'secondFactor']) });
export type SignInAnswer = Static<typeof SignInAnswer>;

/** GET /api/sessions/current, for strangers too: never 401. */
export const SignInState = Type.Object({ signIn: Type.Enum(['none', 'secondFactor', 'complete']) });
export type SignInState = Static<typeof SignInState>;

export const SecondFactorBody = Type.Object({ code: text(20) });
export type SecondFactorBody = Static<typeof SecondFactorBody>;

/** Whichever the account signs with, see `Me.factor`. */
export const ConfirmBody = Type.Object({
  password: Type.Optional(password()),
  totp: Type.Optional(text(20)),
});
export type ConfirmBody = Static<typeof ConfirmBody>;

export const SessionItem = Type.Object({
  id: id(),
  current: Type.Boolean(),
  startedAt: instant(),
  lastSeenAt: instant(),
  /** Browser and system in a few words, e.g. `Chrome · Windows`; null when unknown. */
  device: nullable(Type.String()),
});
export type SessionItem = Static<typeof SessionItem>;

export const SessionList = Type.Object({
  items: Type.Array(SessionItem),
  nextCursor: nullable(Type.String()),
});
export type SessionList = Static<typeof SessionList>;

export const IdParams = Type.Object({ id: id() });

// ---- me ----

export const OrganisationBrief = Type.Object({
  id: id(),
  kind: Type.Enum([...ORGANISATION_KINDS]),
  name: Type.String(),
  /** False until an administrator confirmed it; then it may act. */
  confirmed: Type.Boolean(),
  /** Whether this member may invite and disable others. */
  administrator: Type.Boolean(),
});
export type OrganisationBrief = Static<typeof OrganisationBrief>;

export const NEEDS = ['nameVerification', 'organisationConfirmation'] as const;
export type NeedKey = (typeof NEEDS)[number];

export const Me = Type.Object({
  id: id(),
  kind: Type.Enum([...ACCOUNT_KINDS]),
  name: Type.String(),
  /** `371502********0019`; never in full. */
  maskedIdNumber: nullable(Type.String()),
  /** `138****1234`. */
  maskedPhone: nullable(Type.String()),
  loginName: nullable(Type.String()),
  nameVerified: Type.Boolean(),
  organisation: nullable(OrganisationBrief),
  roles: Type.Array(Type.Enum([...STAFF_ROLES])),
  officeId: nullable(Type.String()),
  /** How consent is signed: with the password, or with a code of the authenticator. */
  factor: Type.Enum(['password', 'totp']),
  /** What keeps this account from acting, with a sentence that says where to go. */
  needs: Type.Array(Type.Object({ key: Type.Enum([...NEEDS]), message: Type.String() })),
});
export type Me = Static<typeof Me>;

export const ChangePasswordBody = Type.Object({ currentPassword: password(), newPassword: password() });
export type ChangePasswordBody = Static<typeof ChangePasswordBody>;

/** With whichever factor the account signs with, see `Me.factor`. */
export const ChangePhoneBody = Type.Object({
  phone: text(60),
  password: Type.Optional(password()),
  totp: Type.Optional(text(20)),
});
export type ChangePhoneBody = Static<typeof ChangePhoneBody>;

/** Shown by the citizen at the counter: proves that this account is theirs. */
export const CounterCode = Type.Object({ code: Type.String(), expiresAt: instant() });
export type CounterCode = Static<typeof CounterCode>;

// ---- enrolment (invited staff and members) and recovery (a code handed over at the counter) ----

export const TicketBody = Type.Object({ token: text(100) });
export type TicketBody = Static<typeof TicketBody>;

export const TicketAnswer = Type.Object({
  purpose: Type.Enum(['enrolment', 'recovery']),
  name: Type.String(),
  loginName: nullable(Type.String()),
  expiresAt: instant(),
  /** To add to an authenticator: the text for typing in, and the otpauth:// address for a QR. Null: no second factor. */
  totp: nullable(Type.Object({ secret: Type.String(), uri: Type.String() })),
});
export type TicketAnswer = Static<typeof TicketAnswer>;

export const EnrolBody = Type.Object({
  token: text(100),
  password: password(),
  /** Needed when the ticket carries a second factor: proves that the authenticator has it. */
  totpCode: Type.Optional(text(20)),
});
export type EnrolBody = Static<typeof EnrolBody>;

/** A one-time invitation. `link` carries the token behind `#`, so that no server log sees it. */
export const Invitation = Type.Object({ token: Type.String(), link: Type.String(), expiresAt: instant() });
export type Invitation = Static<typeof Invitation>;

// ---- organisations: members ----

export const Member = Type.Object({
  id: id(),
  name: Type.String(),
  loginName: Type.String(),
  maskedPhone: nullable(Type.String()),
  administrator: Type.Boolean(),
  status: Type.Enum([...ACCOUNT_STATUSES]),
  revision: Type.Integer(),
});
export type Member = Static<typeof Member>;

export const MemberList = Type.Object({ items: Type.Array(Member), nextCursor: nullable(Type.String()) });
export type MemberList = Static<typeof MemberList>;

export const InviteMemberBody = Type.Object({
  loginName: text(60),
  name: text(),
  idNumber: text(60),
  phone: text(60),
  administrator: Type.Boolean(),
});
export type InviteMemberBody = Static<typeof InviteMemberBody>;

export const MemberInvited = Type.Object({ member: Member, invitation: Invitation });
export type MemberInvited = Static<typeof MemberInvited>;

// ---- administrator: organisations ----

export const Organisation = Type.Object({
  id: id(),
  kind: Type.Enum([...ORGANISATION_KINDS]),
  name: Type.String(),
  creditCode: Type.String(),
  status: Type.Enum([...ORGANISATION_STATUSES]),
  createdAt: instant(),
  confirmedAt: nullable(instant()),
  revision: Type.Integer(),
});
export type Organisation = Static<typeof Organisation>;

export const OrganisationList = Type.Object({
  items: Type.Array(Organisation),
  nextCursor: nullable(Type.String()),
});
export type OrganisationList = Static<typeof OrganisationList>;

/** Created by an administrator, confirmed at once: the only way for a court. */
export const CreateOrganisationBody = Type.Object({
  kind: Type.Enum([...ORGANISATION_KINDS]),
  name: text(),
  creditCode: text(60),
});
export type CreateOrganisationBody = Static<typeof CreateOrganisationBody>;

/** `revision` as last read: two administrators never overwrite each other silently. */
export const RevisionBody = Type.Object({ revision: Type.Integer({ minimum: 0 }) });
export type RevisionBody = Static<typeof RevisionBody>;

/** Why, for the record: ending access needs a reason. */
export const ReasonBody = Type.Object({ revision: Type.Integer({ minimum: 0 }), reason: text(500) });
export type ReasonBody = Static<typeof ReasonBody>;

// ---- administrator: staff ----

export const StaffAccount = Type.Object({
  id: id(),
  loginName: Type.String(),
  name: Type.String(),
  maskedIdNumber: Type.String(),
  maskedPhone: Type.String(),
  roles: Type.Array(Type.Enum([...STAFF_ROLES])),
  officeId: nullable(Type.String()),
  status: Type.Enum([...ACCOUNT_STATUSES]),
  factorEnrolled: Type.Boolean(),
  createdAt: instant(),
  lastSignedInAt: nullable(instant()),
  revision: Type.Integer(),
});
export type StaffAccount = Static<typeof StaffAccount>;

export const StaffList = Type.Object({
  items: Type.Array(StaffAccount),
  nextCursor: nullable(Type.String()),
});
export type StaffList = Static<typeof StaffList>;

export const CreateStaffBody = Type.Object({
  /** 4 to 32 of a-z 0-9 . _ -, beginning with a letter. */
  loginName: text(60),
  name: text(),
  /** Needed so that nobody handles a case in which they are a party. */
  idNumber: text(60),
  phone: text(60),
  roles: Type.Array(Type.Enum([...STAFF_ROLES]), { minItems: 1, uniqueItems: true }),
  officeId: nullable(text(60)),
});
export type CreateStaffBody = Static<typeof CreateStaffBody>;

export const StaffCreated = Type.Object({ staff: StaffAccount, invitation: Invitation });
export type StaffCreated = Static<typeof StaffCreated>;

export const ChangeStaffBody = Type.Object({
  revision: Type.Integer({ minimum: 0 }),
  roles: Type.Array(Type.Enum([...STAFF_ROLES]), { minItems: 1, uniqueItems: true }),
  officeId: nullable(text(60)),
});
export type ChangeStaffBody = Static<typeof ChangeStaffBody>;

export const PageQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});

export const OrganisationQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  status: Type.Optional(Type.Enum([...ORGANISATION_STATUSES])),
});

// ---- staff at the counter: real-name verification (实名核验) ----

export const IdentityCheckBody = Type.Object({
  idNumber: text(60),
  /** As printed on the document: this spelling is the one that counts from then on. */
  name: text(),
  documentKind: Type.Enum([...DOCUMENT_KINDS]),
  /**
   * The code that the person reads from their signed-in account, which proves that it is theirs. Null when they
   * cannot sign in: then the password is cleared, every session ends, and a one-time recovery code is returned.
   */
  counterCode: nullable(text(20)),
  /**
   * The person's mobile number, with a recovery only: the account may be somebody else's making, whose phone would go on getting the
   * messages and opening the account.
   */
  phone: Type.Optional(text(60)),
});
export type IdentityCheckBody = Static<typeof IdentityCheckBody>;

export const IdentityCheckAnswer = Type.Object({
  checkId: id(),
  accountId: id(),
  name: Type.String(),
  checkedAt: instant(),
  /** To hand over on paper; valid for 30 minutes, once. */
  recovery: nullable(Type.Object({ code: Type.String(), expiresAt: instant() })),
});
export type IdentityCheckAnswer = Static<typeof IdentityCheckAnswer>;
