import type { ModuleFace } from './platform/module.ts';
import { accountsModule } from './modules/accounts/index.ts';
import { applicationsModule } from './modules/applications/index.ts';
import { appointmentsModule } from './modules/appointments/index.ts';
import { auditModule } from './modules/audit/index.ts';
import { catalogueModule } from './modules/catalogue/index.ts';
import { certificatesModule } from './modules/certificates/index.ts';
import { clockModule } from './modules/clock/index.ts';
import { filesModule } from './modules/files/index.ts';
import { ledgerModule } from './modules/ledger/index.ts';
import { notificationsModule } from './modules/notifications/index.ts';
import { queryModule } from './modules/query/index.ts';
import { registerModule } from './modules/register/index.ts';
import { supervisionModule } from './modules/supervision/index.ts';

/** Every module, in the order in which one may import another: downwards only. */
export const modules: readonly ModuleFace[] = [
  catalogueModule,
  clockModule,
  auditModule,
  accountsModule,
  filesModule,
  notificationsModule,
  registerModule,
  ledgerModule,
  applicationsModule,
  certificatesModule,
  appointmentsModule,
  queryModule,
  supervisionModule,
];
