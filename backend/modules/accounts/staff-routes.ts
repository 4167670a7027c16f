import type { Platform } from '../../platform/platform.ts';
import { route } from '../../platform/http/route.ts';
import { administrator, staffWith } from './access.ts';
import type { AccountDocument } from './account.model.ts';
import { changeStaff } from './change-staff.ts';
import { requireFreshFactor } from './confirm-factor.ts';
import { confirmIdentity } from './confirm-identity.ts';
import * as wire from './contract.ts';
import { createStaff } from './create-staff.ts';
import { disableStaff } from './disable-staff.ts';
import { enableStaff } from './enable-staff.ts';
import { listStaff, numbersOf } from './lists.ts';
import { presentStaff } from './present.ts';
import { resetStaff } from './reset-staff.ts';
import { getStaff } from './staff.ts';
import { invitationOf, type IssuedTicket } from './tickets.ts';

function invited(p: Platform, { account, issued }: { account: AccountDocument; issued: IssuedTicket }) {
  return { staff: presentStaff(account, numbersOf(p, account)), invitation: invitationOf(p, issued) };
}

export const staffRoutes = [
  route({
    method: 'get',
    path: '/api/admin/staff',
    summary: { zh: '工作人员列表', en: 'Staff' },
    access: administrator,
    query: wire.PageQuery,
    answers: { 200: wire.StaffList },
    async handle({ p, query }) {
      return { status: 200, body: await listStaff(p, query) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/staff',
    summary: { zh: '建立工作人员账号', en: 'Create a staff account' },
    access: administrator,
    body: wire.CreateStaffBody,
    answers: { 201: wire.StaffCreated },
    async handle({ p, actor, body }) {
      await requireFreshFactor(p, actor);
      return { status: 201, body: invited(p, await createStaff(p, actor, body)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/admin/staff/:id',
    summary: { zh: '一个工作人员账号', en: 'One staff account' },
    access: administrator,
    params: wire.IdParams,
    answers: { 200: wire.StaffAccount },
    async handle({ p, params }) {
      const account = await getStaff(p, params.id);
      return { status: 200, body: presentStaff(account, numbersOf(p, account)) };
    },
  }),
  route({
    method: 'patch',
    path: '/api/admin/staff/:id',
    summary: { zh: '改角色和窗口', en: 'Change roles and office' },
    access: administrator,
    params: wire.IdParams,
    body: wire.ChangeStaffBody,
    answers: { 200: wire.StaffAccount },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      const account = await changeStaff(p, actor, params.id, body);
      return { status: 200, body: presentStaff(account, numbersOf(p, account)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/staff/:id/disable',
    summary: {
      zh: '停用账号，一秒内全部下线',
      en: 'Disable an account; its sessions end within a second',
    },
    access: administrator,
    params: wire.IdParams,
    body: wire.ReasonBody,
    answers: { 200: wire.StaffAccount },
    async handle({ p, actor, params, body }) {
      const account = await disableStaff(p, actor, params.id, body);
      return { status: 200, body: presentStaff(account, numbersOf(p, account)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/staff/:id/enable',
    summary: { zh: '恢复账号，重新设密码和验证器', en: 'Enable an account again, with a new enrolment' },
    access: administrator,
    params: wire.IdParams,
    body: wire.RevisionBody,
    answers: { 200: wire.StaffCreated },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      return { status: 200, body: invited(p, await enableStaff(p, actor, params.id, body)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/staff/:id/reset',
    summary: { zh: '重置密码和验证器', en: 'Reset password and second factor' },
    access: administrator,
    params: wire.IdParams,
    body: wire.RevisionBody,
    answers: { 200: wire.StaffCreated },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      return { status: 200, body: invited(p, await resetStaff(p, actor, params.id, body)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/staff/identity-checks',
    summary: { zh: '在窗口核验实名', en: 'Confirm someone’s identity at the counter' },
    access: staffWith('acceptance'),
    body: wire.IdentityCheckBody,
    answers: { 201: wire.IdentityCheckAnswer },
    rateLimit: { points: 60, windowSeconds: 600, by: 'account' },
    async handle({ p, actor, body }) {
      await requireFreshFactor(p, actor);
      return { status: 201, body: await confirmIdentity(p, actor, body) };
    },
  }),
];
