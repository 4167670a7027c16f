import type {
  AccountStatus,
  OrganisationKind,
  OrganisationStatus,
} from '../../../backend/modules/accounts/contract.ts';
import type { CalendarYear } from '../../../backend/modules/applications/contract.ts';
import { t } from '../../i18n/i18n.svelte.ts';

export function accountStatus(status: AccountStatus): { word: string; tone: 'ok' | 'soon' | 'neutral' } {
  return {
    enrolling: { word: t('admin.statusEnrolling'), tone: 'soon' },
    active: { word: t('admin.statusActive'), tone: 'ok' },
    disabled: { word: t('admin.statusDisabled'), tone: 'neutral' },
  }[status] as { word: string; tone: 'ok' | 'soon' | 'neutral' };
}

export function organisationStatus(status: OrganisationStatus): {
  word: string;
  tone: 'ok' | 'soon' | 'neutral';
} {
  return {
    waiting: { word: t('admin.statusWaiting'), tone: 'soon' },
    active: { word: t('admin.statusActive'), tone: 'ok' },
    disabled: { word: t('admin.statusDisabled'), tone: 'neutral' },
  }[status] as { word: string; tone: 'ok' | 'soon' | 'neutral' };
}

export function organisationKind(kind: OrganisationKind): string {
  return {
    bank: t('admin.kindBank'),
    developer: t('admin.kindDeveloper'),
    court: t('admin.kindCourt'),
    organ: t('admin.kindOrgan'),
    other: t('admin.kindOther'),
  }[kind];
}

export function holidayName(name: CalendarYear['off'][number]['name']): string {
  return {
    newYear: t('admin.holidayNewYear'),
    springFestival: t('admin.holidaySpring'),
    tombSweeping: t('admin.holidayTomb'),
    labourDay: t('admin.holidayLabour'),
    dragonBoat: t('admin.holidayDragon'),
    midAutumn: t('admin.holidayAutumn'),
    nationalDay: t('admin.holidayNational'),
    victoryDay70: t('admin.holidayVictory'),
  }[name];
}
