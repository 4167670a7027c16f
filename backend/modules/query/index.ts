import type { ModuleFace } from '../../platform/module.ts';
import { grants } from './grants/grant.model.ts';
import { grantRoutes } from './grants/routes.ts';
import { complaints } from './looks/complaint.model.ts';
import { delays } from './looks/delay.model.ts';
import { endDelaysJob } from './looks/delays.ts';
import { lookRoutes } from './looks/routes.ts';
import { propertyRoutes } from './property/routes.ts';

/** 查询, 授权查看, 谁查过我, 不动产动态提醒. */
export const queryModule: ModuleFace = {
  name: 'query',
  models: [grants, complaints, delays] as unknown as NonNullable<ModuleFace['models']>,
  routes: [...lookRoutes, ...grantRoutes, ...propertyRoutes],
  jobs: [endDelaysJob],
};

export { lookMessages } from './alerts/look-messages.ts';
export { propertyMessages } from './alerts/property-messages.ts';
