import { route, type AccessRule, type AnyRoute, type Principal } from '../../platform/http/route.ts';
import { AuditList, AuditQuery } from './contract.ts';
import { listAudit } from './reads.ts';

interface WithRoles extends Principal {
  readonly kind: string;
  readonly roles: readonly string[];
}

/**
 * The supervisor's rule, as accounts has it: this module is below accounts, so it sees of an actor only that staff
 * carry roles. A staff session without its second factor is no actor at all.
 */
const supervisor: AccessRule<Principal> = {
  name: 'supervisor',
  check: (actor) => {
    if (!actor) return { allowed: false, reason: 'signIn' };
    const { kind, roles } = actor as WithRoles;
    return kind === 'staff' && roles.includes('supervisor')
      ? { allowed: true }
      : { allowed: false, reason: 'forbidden' };
  },
};

export const auditRoutes: readonly AnyRoute[] = [
  route({
    method: 'get',
    path: '/api/audit',
    summary: { zh: '操作记录（监督人员）', en: 'What was done, by whom (supervisors)' },
    access: supervisor,
    query: AuditQuery,
    answers: { 200: AuditList },
    handle: async ({ p, query }) => ({ status: 200, body: await listAudit(p, query) }),
  }),
];
