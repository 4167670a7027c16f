import { accountsRoutes } from '../features/accounts/routes.ts';
import { adminRoutes } from '../features/admin/routes.ts';
import { applicationsRoutes } from '../features/applications/routes.ts';
import { appointmentsRoutes } from '../features/appointments/routes.ts';
import { casesRoutes } from '../features/cases/routes.ts';
import { deskRoutes } from '../features/desk/routes.ts';
import { helpRoutes } from '../features/help/routes.ts';
import { ledgerRoutes } from '../features/ledger/routes.ts';
import { homeRoutes } from '../features/home/routes.ts';
import { notificationsRoutes } from '../features/notifications/routes.ts';
import { propertyRoutes } from '../features/property/routes.ts';
import { queryRoutes } from '../features/query/routes.ts';
import { servicesRoutes } from '../features/services/routes.ts';
import { supervisionRoutes } from '../features/supervision/routes.ts';
import { verifyRoutes } from '../features/verify/routes.ts';
import type { PageRoute } from './page-route.ts';

/** Every page of the portal; each feature keeps its own list. */
export const routes: readonly PageRoute[] = [
  ...homeRoutes,
  ...servicesRoutes,
  ...verifyRoutes,
  ...queryRoutes,
  ...propertyRoutes,
  ...accountsRoutes,
  ...notificationsRoutes,
  ...helpRoutes,
  ...ledgerRoutes,
  ...applicationsRoutes,
  ...appointmentsRoutes,
  ...casesRoutes,
  ...deskRoutes,
  ...supervisionRoutes,
  ...adminRoutes,
];
