/**
 * 不动产动态提醒: whoever owns a unit is told at once what happens on it, whoever does it. The inbox always has it; e-mail and text
 * message follow the owner's own settings, and nothing that an applicant can do keeps any of it from them: recipients are read from the
 * register, never from the application.
 */
import type { DeliveredEvent, Subscriber } from '../../../platform/database/outbox.ts';
import type { Platform } from '../../../platform/platform.ts';
import { getIdentity } from '../../accounts/index.ts';
import { findBusinessType } from '../../catalogue/index.ts';
import { message, notificationSubscriber, type Bilingual, type Reaction } from '../../notifications/index.ts';
import { findUnit, findUnitsOfPerson, type EffectKind, type UnitDocument } from '../../register/index.ts';
import type { GrantPurpose } from '../contract/grants.ts';
import { PURPOSE_WORDS } from '../grants/present.ts';
import { findGrantTerm } from '../grants/view-grant.ts';
import { withheldAmong } from '../looks/withholding.ts';
import { lookerWords } from './looker-words.ts';
import { findOwners, ownersOfUnits } from './owners.ts';
import { queryAlerts } from './query-alerts.ts';

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

export const propertyLink = (codes: readonly string[]): string =>
  codes.length === 1 ? `/property/${codes[0]}` : '/property';

const addressOf = (units: readonly UnitDocument[]): string => units.map(({ address }) => address).join('、');

const ENDED_WORDS = {
  'applications.declined': { zh: '没有受理', en: 'was not accepted' },
  'applications.correctionLapsed': { zh: '没有受理', en: 'was not accepted' },
  'applications.refused': { zh: '不予登记', en: 'was refused' },
  'applications.withdrawn': { zh: '已撤回', en: 'was withdrawn' },
} as const satisfies Record<string, Bilingual>;

const APPLIED = {
  'applications.submitted': 'property.applied',
  'applications.accepted': 'property.accepted',
  'applications.acceptedByLaw': 'property.accepted',
} as const;

/**
 * An order of an authority is not told before it is recorded: who would be warned of a seizure could move what it is to hold
 * (民诉法解释485 ff.; 查封规定1, 23 hold the unit from the service of the order). From the recording on, `register.changed` tells it at once.
 */
async function isEntrusted(p: Platform, typeCode: unknown): Promise<boolean> {
  const type = await findBusinessType(p, String(typeCode));
  return type?.applicants.mode === 'entrusted';
}

async function reactToCase(p: Platform, { type: event, data }: DeliveredEvent): Promise<Reaction | null> {
  if (await isEntrusted(p, data.typeCode)) return null;
  // The applicants have the message of their case.
  const owners = await ownersOfUnits(p, texts(data.unitCodes), texts(data.notify));
  const type = await findBusinessType(p, String(data.typeCode));
  const business = type?.plainName ?? { zh: '登记', en: 'registration' };
  return {
    messages: owners.map(({ accountId, units }) => {
      const content = { accountIds: [accountId], link: propertyLink(units.map(({ _id }) => _id)) };
      const params = { address: addressOf(units), business };
      return event in ENDED_WORDS
        ? message({
            ...content,
            template: 'property.applicationEnded',
            params: { ...params, how: ENDED_WORDS[event as keyof typeof ENDED_WORDS] },
          })
        : message({ ...content, template: APPLIED[event as keyof typeof APPLIED], params });
    }),
  };
}

const caseAlerts = notificationSubscriber({
  name: 'query.case-alerts',
  types: [...Object.keys(APPLIED), ...Object.keys(ENDED_WORDS)],
  react: reactToCase,
});

const CHANGE_WORDS = {
  'ownership.transfer': { zh: '所有权已转移', en: 'ownership was transferred' },
  'ownership.rename': { zh: '权利人姓名或证件已变更', en: "the holder's name or document was changed" },
  'mortgage.create': { zh: '设立了抵押', en: 'a mortgage was set' },
  'mortgage.discharge': { zh: '抵押已注销', en: 'a mortgage was discharged' },
  'seizure.create': { zh: '被法院查封', en: 'a court seized it' },
  'seizure.lift': { zh: '查封已解除', en: 'a seizure was lifted' },
  'seizure.renew': { zh: '法院已续行查封', en: 'the court renewed the seizure' },
} as const satisfies Record<EffectKind, Bilingual>;

export const changeWords = (kinds: readonly string[]): Bilingual | null => {
  const words = kinds.flatMap((kind) => (kind in CHANGE_WORDS ? [CHANGE_WORDS[kind as EffectKind]] : []));
  if (words.length === 0) return null;
  return { zh: words.map(({ zh }) => zh).join('，'), en: words.map(({ en }) => en).join(', ') };
};

/** Owners, those whom this very change made into former owners included, are told of every change. */
const changeAlerts = notificationSubscriber({
  name: 'notifications.owner-messages',
  types: ['register.changed'],
  async react(p, { data }) {
    const unit = await findUnit(p, String(data.unitCode));
    const change = changeWords(texts(data.kinds));
    if (!unit || !change) return null;
    const owners = await findOwners(p, unit, { formerBy: String(data.caseId) });
    const own = new Set(unit.ownerIndexes);
    return {
      messages: owners.map(({ accountId, holderIndex }) =>
        message({
          accountIds: [accountId],
          template: 'register.changed',
          params: { address: unit.address, change },
          // Whoever owns it no more cannot open its page.
          link: own.has(holderIndex) ? propertyLink([unit._id]) : '/notifications',
        }),
      ),
    };
  },
});

/** Null for a member of an organisation, whose units are not theirs. */
async function findVerifiedIndex(p: Platform, accountId: string): Promise<string | null> {
  const { kind, nameVerified, personIndex } = await getIdentity(p, accountId);
  return kind === 'citizen' && nameVerified ? personIndex : null;
}

/** Whoever had no account when somebody applied on their home is told as soon as they have one. */
const firstAlerts = notificationSubscriber({
  name: 'query.first-alerts',
  types: ['accounts.name_verified'],
  async react(p, { data }) {
    const accountId = String(data.accountId);
    const personIndex = await findVerifiedIndex(p, accountId);
    if (personIndex === null) return null;
    const { items } = await findUnitsOfPerson(p, personIndex, { limit: 100 });
    const busy: UnitDocument[] = [];
    const names: Bilingual[] = [];
    for (const unit of items) {
      for (const { businessType } of unit.pending) {
        if (await isEntrusted(p, businessType)) continue;
        const type = await findBusinessType(p, businessType);
        if (!type) continue;
        names.push(type.plainName);
        if (!busy.includes(unit)) busy.push(unit);
      }
    }
    if (busy.length === 0) return null;
    const business = {
      zh: [...new Set(names.map(({ zh }) => zh))].join('、'),
      en: [...new Set(names.map(({ en }) => en))].join(', '),
    };
    const params = { address: addressOf(busy), business };
    const link = propertyLink(busy.map(({ _id }) => _id));
    return { messages: [message({ accountIds: [accountId], template: 'property.underWay', params, link })] };
  },
});

const grantAlerts = notificationSubscriber({
  name: 'query.grant-alerts',
  types: ['query.grant_given', 'query.grant_used', 'query.grant_revoked'],
  async react(p, { type, actorId, at, data }) {
    const unit = await findUnit(p, String(data.unitCode));
    if (!unit) return null;
    if (type === 'query.grant_used') {
      const target = { kind: 'grant', id: String(data.grantId) };
      const look = { _id: target.id, at, actorId, target, subjects: unit.ownerIndexes };
      if ((await withheldAmong(p, [look])).size > 0) return null;
    }
    const { address } = unit;
    const owners = (await findOwners(p, unit)).map(({ accountId }) => accountId);
    const accountIds = owners.filter((accountId) => accountId !== actorId);
    const content = { accountIds, link: propertyLink([unit._id]) };
    const who = await lookerWords(p, actorId);
    const purpose = PURPOSE_WORDS[data.purpose as GrantPurpose];
    if (type === 'query.grant_used') {
      return {
        messages: [
          message({ ...content, template: 'property.grantUsed', params: { address, who, purpose } }),
        ],
      };
    }
    if (type === 'query.grant_revoked') {
      const params = { address, owner: who };
      return { messages: [message({ ...content, template: 'property.grantRevoked', params })] };
    }
    const term = await findGrantTerm(p, String(data.grantId));
    if (!term) return null;
    const params = { address, owner: who, purpose, until: term.until };
    return { messages: [message({ ...content, template: 'property.grantGiven', params })] };
  },
});

export const propertyMessages: readonly Subscriber[] = [
  caseAlerts,
  changeAlerts,
  firstAlerts,
  grantAlerts,
  queryAlerts,
];
