import type { BusinessType, BusinessTypeSummary } from './contract.ts';

export function presentSummary(type: BusinessType): BusinessTypeSummary {
  const { code, version, name, plainName, summary, lifeEvent, keywords, registrationKind, limits, fee } =
    type;
  const { mode } = type.applicants;
  return {
    code,
    version,
    name,
    plainName,
    summary,
    lifeEvent,
    keywords,
    registrationKind,
    mode,
    limits,
    fee,
  };
}
