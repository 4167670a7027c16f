import type {
  BusinessType,
  BusinessTypeDetail,
  Material,
} from '../../../backend/modules/catalogue/contract.ts';
import type { MessageKey } from '../../i18n/areas.ts';

/**
 * The type as it is done here: a service that is not connected exempts nobody (不动产登记暂行条例第二十四条), so what it would
 * have supplied is asked of the applicant, in the guide as later in the application.
 */
export function asDeployed(type: BusinessTypeDetail): BusinessTypeDetail {
  const connected = new Set(type.connectedServices);
  const materials = type.materials.map((material) =>
    material.exemption === null || connected.has(material.exemption.service)
      ? material
      : { ...material, exemption: null },
  );
  return { ...type, materials };
}

/** Who has to bring a material: the applicant, or nobody because we have it, fetch it or make it. */
export type MaterialBurden = 'give' | 'shared' | 'own' | 'online';

export function burdenOf(material: Material): MaterialBurden {
  if (material.exemption === null) return 'give';
  if (material.source === 'portal') return 'online';
  return material.source === 'ownRegister' ? 'own' : 'shared';
}

export const BURDEN_WORDS = {
  give: 'services.tagGive',
  shared: 'services.tagShared',
  own: 'services.tagOwn',
  online: 'services.tagOnline',
} as const satisfies Record<MaterialBurden, MessageKey>;

/** Materials that everybody needs, and those that only some cases need. */
export function splitMaterials(type: BusinessType): {
  always: readonly Material[];
  sometimes: readonly Material[];
} {
  return {
    always: type.materials.filter((material) => material.necessity === 'required'),
    sometimes: type.materials.filter((material) => material.necessity !== 'required'),
  };
}

export const KIND_WORDS = {
  first: 'services.kindFirst',
  transfer: 'services.kindTransfer',
  alteration: 'services.kindAlteration',
  discharge: 'services.kindDischarge',
  correction: 'services.kindCorrection',
  objection: 'services.kindObjection',
  advanceNotice: 'services.kindAdvanceNotice',
  seizure: 'services.kindSeizure',
  other: 'services.kindOther',
} as const satisfies Record<BusinessType['registrationKind'], MessageKey>;

export const MODE_WORDS = {
  joint: 'services.factWhoJoint',
  single: 'services.factWhoSingle',
  entrusted: 'services.factWhoEntrusted',
} as const satisfies Record<BusinessType['applicants']['mode'], MessageKey>;

/** `application/pdf` → `PDF`; what people see in a file chooser. */
export function fileKinds(mediaTypes: readonly string[]): string {
  const names = mediaTypes.map((type) => (type.split('/')[1] ?? type).toUpperCase().replace('JPEG', 'JPG'));
  return [...new Set(names)].join(' / ');
}
