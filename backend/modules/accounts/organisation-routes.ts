import type { Platform } from '../../platform/platform.ts';
import { route } from '../../platform/http/route.ts';
import { administrator, organisationAdministrator } from './access.ts';
import type { AccountDocument } from './account.model.ts';
import { getOrganisation } from './change-organisation.ts';
import { requireFreshFactor } from './confirm-factor.ts';
import { confirmOrganisation } from './confirm-organisation.ts';
import * as wire from './contract.ts';
import { createOrganisation } from './create-organisation.ts';
import { disableMember } from './disable-member.ts';
import { disableOrganisation } from './disable-organisation.ts';
import { enableOrganisation } from './enable-organisation.ts';
import { inviteMember } from './invite-member.ts';
import { listMembers, listOrganisations, numbersOf } from './lists.ts';
import { presentMember, presentOrganisation } from './present.ts';
import { getMember } from './reads.ts';
import { recogniseOrgan } from './recognise-organ.ts';
import { reinviteMember } from './reinvite-member.ts';
import { invitationOf, type IssuedTicket } from './tickets.ts';

function invited(p: Platform, { account, issued }: { account: AccountDocument; issued: IssuedTicket }) {
  return { member: presentMember(account, numbersOf(p, account)), invitation: invitationOf(p, issued) };
}

/** An organisation looks after its own members. */
const memberRoutes = [
  route({
    method: 'get',
    path: '/api/organisations/mine/members',
    summary: { zh: '本单位成员', en: 'Members of my organisation' },
    access: organisationAdministrator,
    query: wire.PageQuery,
    answers: { 200: wire.MemberList },
    async handle({ p, actor, query }) {
      return { status: 200, body: await listMembers(p, actor.organisation.id, query) };
    },
  }),
  route({
    method: 'post',
    path: '/api/organisations/mine/members',
    summary: { zh: '邀请成员', en: 'Invite a member' },
    access: organisationAdministrator,
    body: wire.InviteMemberBody,
    answers: { 201: wire.MemberInvited },
    async handle({ p, actor, body }) {
      const result = await inviteMember(p, actor.accountId, actor.organisation.id, body);
      return { status: 201, body: invited(p, result) };
    },
  }),
  route({
    method: 'post',
    path: '/api/organisations/mine/members/:id/invite',
    summary: { zh: '重新邀请成员', en: 'Invite a member again' },
    access: organisationAdministrator,
    params: wire.IdParams,
    body: wire.RevisionBody,
    answers: { 201: wire.MemberInvited },
    async handle({ p, actor, params, body }) {
      const member = await getMember(p, actor.organisation.id, params.id);
      return { status: 201, body: invited(p, await reinviteMember(p, actor.accountId, member, body)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/organisations/mine/members/:id/disable',
    summary: { zh: '停用成员', en: 'Disable a member' },
    access: organisationAdministrator,
    params: wire.IdParams,
    body: wire.ReasonBody,
    answers: { 200: wire.Member },
    async handle({ p, actor, params, body }) {
      const member = await getMember(p, actor.organisation.id, params.id);
      const account = await disableMember(p, actor.accountId, member, body);
      return { status: 200, body: presentMember(account, numbersOf(p, account)) };
    },
  }),
];

const administratorRoutes = [
  route({
    method: 'get',
    path: '/api/admin/organisations',
    summary: { zh: '单位列表', en: 'Organisations' },
    access: administrator,
    query: wire.OrganisationQuery,
    answers: { 200: wire.OrganisationList },
    async handle({ p, query }) {
      return { status: 200, body: await listOrganisations(p, query) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/organisations',
    summary: {
      zh: '建立单位（法院只能由此建立）',
      en: 'Create an organisation (the only way for a court)',
    },
    access: administrator,
    body: wire.CreateOrganisationBody,
    answers: { 201: wire.Organisation },
    async handle({ p, actor, body }) {
      await requireFreshFactor(p, actor);
      return { status: 201, body: presentOrganisation(await createOrganisation(p, actor, body)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/organisations/:id/confirm',
    summary: { zh: '确认单位', en: 'Confirm an organisation' },
    access: administrator,
    params: wire.IdParams,
    body: wire.RevisionBody,
    answers: { 200: wire.Organisation },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      const changed = await confirmOrganisation(p, actor, params.id, body);
      return { status: 200, body: presentOrganisation(changed) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/organisations/:id/recognise-organ',
    summary: { zh: '把其他单位改为国家机关', en: 'Recognise an organisation as a state organ' },
    access: administrator,
    params: wire.IdParams,
    body: wire.RevisionBody,
    answers: { 200: wire.Organisation },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      const changed = await recogniseOrgan(p, actor, params.id, body);
      return { status: 200, body: presentOrganisation(changed) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/organisations/:id/disable',
    summary: { zh: '停用单位', en: 'Disable an organisation' },
    access: administrator,
    params: wire.IdParams,
    body: wire.ReasonBody,
    answers: { 200: wire.Organisation },
    async handle({ p, actor, params, body }) {
      const changed = await disableOrganisation(p, actor, params.id, body);
      return { status: 200, body: presentOrganisation(changed) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/organisations/:id/enable',
    summary: { zh: '恢复单位', en: 'Enable an organisation again' },
    access: administrator,
    params: wire.IdParams,
    body: wire.RevisionBody,
    answers: { 200: wire.Organisation },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      const changed = await enableOrganisation(p, actor, params.id, body);
      return { status: 200, body: presentOrganisation(changed) };
    },
  }),
  route({
    method: 'get',
    path: '/api/admin/organisations/:id/members',
    summary: { zh: '单位成员', en: 'Members of an organisation' },
    access: administrator,
    params: wire.IdParams,
    query: wire.PageQuery,
    answers: { 200: wire.MemberList },
    async handle({ p, actor, params, query }) {
      const organisation = await getOrganisation(p, params.id);
      return { status: 200, body: await listMembers(p, organisation._id, query, actor.accountId) };
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/organisations/:id/members',
    summary: { zh: '为单位邀请成员', en: 'Invite a member of an organisation' },
    access: administrator,
    params: wire.IdParams,
    body: wire.InviteMemberBody,
    answers: { 201: wire.MemberInvited },
    async handle({ p, actor, params, body }) {
      await requireFreshFactor(p, actor);
      const organisation = await getOrganisation(p, params.id);
      return {
        status: 201,
        body: invited(p, await inviteMember(p, actor.accountId, organisation._id, body)),
      };
    },
  }),
];

export const organisationRoutes = [...memberRoutes, ...administratorRoutes];
