import type { Context } from 'koa';
import type { Platform } from '../../platform/platform.ts';
import { anyone, route } from '../../platform/http/route.ts';
import { readSessionToken, setSessionCookie } from '../../platform/http/session.ts';
import { applicant, signedIn } from './access.ts';
import type { AccountDocument } from './account.model.ts';
import { changePassword } from './change-password.ts';
import { changePhone } from './change-phone.ts';
import { confirmFactor } from './confirm-factor.ts';
import * as wire from './contract.ts';
import { issueCounterCode } from './counter-code.ts';
import { readDeviceCookie, rememberDevice } from './device-cookie.ts';
import { accountErrors } from './errors.ts';
import { numbersOf } from './lists.ts';
import { describeDevice, presentMe, presentSession } from './present.ts';
import { findSessions, getAccount } from './reads.ts';
import { redeemTicket } from './redeem-ticket.ts';
import { findWaitingSession, giveSecondFactor } from './second-factor.ts';
import type { StartedSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { endOwnSession, signOut } from './sign-out.ts';
import { signUpOrganisation } from './sign-up-organisation.ts';
import { signUp } from './sign-up.ts';
import { readTicket } from './tickets.ts';

/** Sets the session cookie, and remembers the device once the sign-in is complete. */
export function issueSessionCookie(
  p: Platform,
  ctx: Context,
  session: Pick<StartedSession, 'token' | 'complete'>,
  account: Pick<AccountDocument, '_id' | 'generation'>,
): void {
  // Without an age: the browser forgets it when it is closed, which is right for a shared machine.
  setSessionCookie(ctx, p.config, session.token);
  if (session.complete) rememberDevice(p, ctx, account);
}

/**
 * Limits by address are wide: a whole hall or a mobile network may stand behind one. What stops guessing is
 * throttle.ts; these stop someone from keeping the hasher busy.
 */
const SIGN_UP_LIMIT = { points: 60, windowSeconds: 3600, by: 'address' } as const;
const SIGN_IN_LIMIT = { points: 600, windowSeconds: 600, by: 'address' } as const;

const signUpRoutes = [
  route({
    method: 'post',
    path: '/api/accounts',
    summary: { zh: '个人注册', en: 'Sign up as a citizen' },
    access: anyone,
    body: wire.SignUpBody,
    answers: { 201: wire.SignUpAnswer },
    rateLimit: SIGN_UP_LIMIT,
    async handle({ p, body, idempotencyKey }) {
      const { _id, name } = await signUp(p, body, idempotencyKey);
      return { status: 201, body: { id: _id, name } };
    },
  }),
  route({
    method: 'post',
    path: '/api/organisations',
    summary: { zh: '单位注册', en: 'Sign up an organisation' },
    access: anyone,
    body: wire.OrganisationSignUpBody,
    answers: { 201: wire.OrganisationSignUpAnswer },
    rateLimit: SIGN_UP_LIMIT,
    async handle({ p, body }) {
      return { status: 201, body: await signUpOrganisation(p, body) };
    },
  }),
  route({
    method: 'post',
    path: '/api/tickets/read',
    summary: { zh: '查看邀请或找回码', en: 'Look at an invitation or recovery code' },
    access: anyone,
    body: wire.TicketBody,
    answers: { 200: wire.TicketAnswer },
    rateLimit: SIGN_IN_LIMIT,
    async handle({ p, body }) {
      return { status: 200, body: await readTicket(p, body.token) };
    },
  }),
  route({
    method: 'post',
    path: '/api/tickets/redeem',
    summary: {
      zh: '用邀请或找回码设置密码',
      en: 'Set the password by an invitation or recovery code',
    },
    access: anyone,
    body: wire.EnrolBody,
    answers: { 204: null },
    rateLimit: SIGN_IN_LIMIT,
    async handle({ p, body }) {
      await redeemTicket(p, body);
      return { status: 204 };
    },
  }),
];

const sessionRoutes = [
  route({
    method: 'post',
    path: '/api/sessions',
    summary: { zh: '登录', en: 'Sign in' },
    access: anyone,
    body: wire.SignInBody,
    answers: { 201: wire.SignInAnswer },
    rateLimit: SIGN_IN_LIMIT,
    async handle({ p, body, address, ctx }) {
      const before = readSessionToken(ctx, p.config);
      const { session, account } = await signIn(p, {
        ...body,
        address,
        deviceCookie: readDeviceCookie(p, ctx),
        device: describeDevice(ctx.get('User-Agent')),
      });
      // Whoever was signed in on this browser before is signed out: one browser, one session.
      if (before !== null) await signOut(p, before);
      issueSessionCookie(p, ctx, session, account);
      return { status: 201, body: { next: session.complete ? 'complete' : 'secondFactor' } };
    },
  }),
  route({
    method: 'post',
    path: '/api/sessions/second-factor',
    summary: { zh: '输入验证码完成登录', en: 'Complete the sign-in with a code' },
    // The waiting session is no actor yet, so the handler reads the cookie itself.
    access: anyone,
    body: wire.SecondFactorBody,
    answers: { 201: wire.SignInAnswer },
    rateLimit: SIGN_IN_LIMIT,
    async handle({ p, body, address, ctx }) {
      const token = readSessionToken(ctx, p.config);
      if (token === null) return accountErrors.fail('accounts.second_factor_not_expected');
      const deviceCookie = readDeviceCookie(p, ctx);
      const { session, account } = await giveSecondFactor(p, {
        token,
        code: body.code,
        address,
        deviceCookie,
      });
      issueSessionCookie(p, ctx, session, account);
      return { status: 201, body: { next: 'complete' } };
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions/current',
    summary: { zh: '登录到哪一步', en: 'How far this browser is signed in' },
    access: anyone,
    answers: { 200: wire.SignInState },
    async handle({ p, actor, ctx }) {
      if (actor) return { status: 200, body: { signIn: 'complete' } };
      const token = readSessionToken(ctx, p.config);
      const waiting = token !== null && (await findWaitingSession(p, token)) !== null;
      return { status: 200, body: { signIn: waiting ? 'secondFactor' : 'none' } };
    },
  }),
  route({
    method: 'post',
    path: '/api/sessions/confirm',
    summary: {
      zh: '再确认一次是本人',
      en: 'Confirm once more that it is you, before an act of weight',
    },
    access: signedIn,
    body: wire.ConfirmBody,
    answers: { 204: null },
    async handle({ p, actor, body }) {
      await confirmFactor(p, actor, body);
      return { status: 204 };
    },
  }),
  route({
    method: 'delete',
    path: '/api/sessions',
    summary: { zh: '退出登录', en: 'Sign out' },
    access: anyone,
    answers: { 204: null },
    async handle({ p, ctx }) {
      const token = readSessionToken(ctx, p.config);
      if (token !== null) await signOut(p, token);
      setSessionCookie(ctx, p.config, null);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/api/sessions',
    summary: { zh: '我在哪些设备上登录着', en: 'Where I am signed in' },
    access: signedIn,
    answers: { 200: wire.SessionList },
    async handle({ p, actor }) {
      const found = await findSessions(p, actor.accountId);
      const items = found.map((session) => presentSession(session, actor.sessionId));
      return { status: 200, body: { items, nextCursor: null } };
    },
  }),
  route({
    method: 'delete',
    path: '/api/sessions/:id',
    summary: { zh: '在另一台设备上退出', en: 'Sign out on another device' },
    access: signedIn,
    params: wire.IdParams,
    answers: { 204: null },
    async handle({ p, actor, params }) {
      await endOwnSession(p, actor, params.id);
      return { status: 204 };
    },
  }),
];

const meRoutes = [
  route({
    method: 'get',
    path: '/api/me',
    summary: { zh: '我的账号', en: 'My account' },
    access: signedIn,
    answers: { 200: wire.Me },
    async handle({ p, actor, language }) {
      const account = await getAccount(p, actor.accountId);
      return { status: 200, body: presentMe(actor, account, numbersOf(p, account), language) };
    },
  }),
  route({
    method: 'post',
    path: '/api/me/password',
    summary: {
      zh: '改密码，所有设备都要重新登录',
      en: 'Change the password; every device must sign in again',
    },
    access: signedIn,
    body: wire.ChangePasswordBody,
    answers: { 204: null },
    async handle({ p, actor, body, ctx }) {
      await changePassword(p, actor, body);
      setSessionCookie(ctx, p.config, null);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/api/me/phone',
    summary: { zh: '改手机号', en: 'Change the phone number' },
    access: signedIn,
    body: wire.ChangePhoneBody,
    answers: { 204: null },
    async handle({ p, actor, body }) {
      await changePhone(p, actor, body);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/api/me/counter-code',
    summary: { zh: '取核验码，在窗口出示', en: 'Take a code to show at the counter' },
    access: applicant,
    answers: { 201: wire.CounterCode },
    rateLimit: { points: 20, windowSeconds: 600, by: 'account' },
    async handle({ p, actor }) {
      const { code, expiresAt } = await issueCounterCode(p, actor);
      return { status: 201, body: { code, expiresAt: expiresAt.toISOString() } };
    },
  }),
];

export const accountRoutes = [...signUpRoutes, ...sessionRoutes, ...meRoutes];
