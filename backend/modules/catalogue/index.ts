import type { ModuleFace } from '../../platform/module.ts';
import { businessTypes } from './business-type.model.ts';
import { limitVersions } from './limit-version.model.ts';
import { offices } from './office.model.ts';
import { catalogueRoutes } from './routes.ts';

/**
 * 业务目录: business types as versioned data. Owns `business-types`, the versions of their promises published since
 * (`limit-versions`) and, until appointments grows around them, `offices`.
 * One more type is one more file under seeds/reference/catalogue; code changes only for a new effect on the register.
 */
export const catalogueModule: ModuleFace = {
  name: 'catalogue',
  models: [businessTypes as never, limitVersions as never, offices as never],
  migrations: [],
  routes: catalogueRoutes,
  jobs: [],
};

export { loadCatalogue, parseType } from './load-catalogue.ts';
export {
  findBusinessType,
  getBusinessType,
  listBusinessTypes,
  listTypeCodes,
  type TypeOptions,
} from './get-business-type.ts';
export { findLimitVersions, insertLimitVersion } from './limit-versions.ts';
export type { LimitVersionDocument } from './limit-version.model.ts';
export {
  newestInForce,
  onceInForce,
  ownPromise,
  promiseInForce,
  withPromise,
  type PromiseVersion,
} from './promise-line.ts';
export { validateAnswers, type ValidateOptions } from './validate-answers.ts';
export { resolveMaterials, type MaterialContext, type MaterialNeed } from './materials.ts';
export { connectedServices, materialsFor } from './materials-for.ts';
export { feeFor, type FeeFacts } from './fees.ts';
export { holds, valueAt } from './conditions.ts';
export { fieldAt, listFields } from './form-fields.ts';
export { findOffice, getOffice, listOffices } from './list-offices.ts';
export { listDictionaries, listDistricts, listSharingSources } from './load-offices.ts';
export { readReferenceFolder, referenceDirectory, type ReferenceFile } from './reference-files.ts';
export { BUSINESS_TYPE_CODE, EFFECTS, PAUSE_REASONS, REQUEST_KINDS, RETURN_GROUNDS } from './contract.ts';
export type { ReturnGround } from './contract.ts';
export type {
  ApplicantRole,
  JoiningParty,
  BusinessType,
  BusinessTypeDetail,
  BusinessTypeSummary,
  ChecklistItem,
  Condition,
  Dictionary,
  District,
  Effect,
  EffectKey,
  Facts,
  FactKey,
  FeeBreakdown,
  FormField,
  FormSchema,
  Limit,
  Limits,
  Material,
  Office,
  PartyAnswer,
  PartyRelation,
  PauseReason,
  RequestKind,
  Result,
  Section,
  SharingService,
  SharingSource,
  Step,
  Text,
} from './contract.ts';
