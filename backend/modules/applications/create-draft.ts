import { agentsWith } from './agents.ts';
import { createHash } from 'node:crypto';
import { newId } from '../../platform/ids.ts';
import type { Platform } from '../../platform/platform.ts';
import { getIdentity, type Actor, type Identity } from '../accounts/index.ts';
import { getBusinessType, type BusinessType } from '../catalogue/index.ts';
import { getCalendar } from '../clock/index.ts';
import {
  findUnit,
  foldUnitCode,
  liveRight,
  openIdNumber,
  ownsUnit,
  type UnitDocument,
} from '../register/index.ts';
import { mergeAnswers, sealAnswers, type Answers } from './answers.ts';
import { applications, type ApplicationDocument } from './application.model.ts';
import { workOf } from './clocks.ts';
import type { CreateDraft } from './contract.ts';
import { errors } from './errors.ts';
import { demandDraftRoom } from './draft-room.ts';
import { fieldsOf } from './form-view.ts';
import type { Viewer } from './policy.ts';
import { notHandledYet } from './not-handled-yet.ts';

/** Enough for any household and for a bank's day; keeps a script from filling the database. */
const MOST_DRAFTS = { citizen: 20, organisation: 500 } as const;

/**
 * Begins an application. What the account and the register already know is filled in, for the owner only: others must
 * name their counterpart themselves. With an `Idempotency-Key` the same request gives the same draft.
 */
export async function createDraft(
  p: Platform,
  actor: Actor,
  viewer: Viewer,
  input: CreateDraft,
  idempotencyKey: string | null,
): Promise<ApplicationDocument> {
  const fingerprint = createHash('sha256').update(JSON.stringify(input)).digest('base64url');
  const known = idempotencyKey === null ? null : await findCreated(p, viewer.accountId, idempotencyKey);
  if (known) return replay(known, fingerprint);
  const type = await getBusinessType(p, input.businessType);
  demandEntitled(type, actor);
  await demandRoom(p, viewer);
  const identity = await getIdentity(p, actor.accountId);
  const doc = await newDraft(p, { type, actor, viewer, identity, input, key: idempotencyKey, fingerprint });
  try {
    await applications(p).collection.insertOne(doc as never);
    return doc;
  } catch (error) {
    // Unique {account, key}: the same request at the same moment; the other one made the draft.
    if (idempotencyKey === null || (error as { code?: number }).code !== 11000) throw error;
    const other = await findCreated(p, viewer.accountId, idempotencyKey);
    return replay(other ?? errors.fail('applications.changed_meanwhile'), fingerprint);
  }
}

async function findCreated(p: Platform, accountId: string, key: string): Promise<ApplicationDocument | null> {
  const filter = { 'initiator.accountId': accountId, 'created.key': key };
  return (await applications(p).collection.findOne(filter)) as unknown as ApplicationDocument | null;
}

function replay(doc: ApplicationDocument, fingerprint: string): ApplicationDocument {
  return doc.created.fingerprint === fingerprint ? doc : errors.fail('applications.key_reused');
}

/** 嘱托 (查封、解封) comes from courts alone; a court files nothing else (细则19, 90–93). */
function demandEntitled(type: BusinessType, actor: Actor): void {
  const court = actor.organisation?.kind === 'court';
  if ((type.applicants.mode === 'entrusted') !== court) {
    errors.fail('applications.type_not_open', { who: type.applicants.who.zh });
  }
}

async function demandRoom(p: Platform, viewer: Viewer): Promise<void> {
  const most = viewer.kind === 'organisation' ? MOST_DRAFTS.organisation : MOST_DRAFTS.citizen;
  const count = await applications(p).countDocuments({
    viewers: `account:${viewer.accountId}`,
    status: { $in: ['draft', 'waitingConsent'] },
  });
  if (count >= most) errors.fail('applications.too_many_drafts', { count });
}

interface NewDraft {
  type: BusinessType;
  actor: Actor;
  viewer: Viewer;
  identity: Identity;
  input: CreateDraft;
  key: string | null;
  fingerprint: string;
}

async function newDraft(p: Platform, made: NewDraft): Promise<ApplicationDocument> {
  const { type, viewer, identity, input, key, fingerprint } = made;
  const id = newId();
  const now = p.time.now();
  const { organisation } = identity;
  const partyKey = partyKeyOf(p, identity);
  const typed = input.unitCode ?? input.answers?.unitCode;
  const code = typeof typed === 'string' ? foldUnitCode(typed) : null;
  const unit = code === null ? null : await findUnit(p, code);
  const given = { ...input.answers, ...(code === null ? {} : { unitCode: code }) };
  // Anybody can sign up under somebody else's number: until it is proven to be theirs, the register tells them nothing.
  const proven = viewer.keys.includes(partyKey);
  const prefilled = prefill(p, type, identity, partyKey, proven ? unit : null);
  const { answers, changed, unknown } = mergeAnswers(prefilled, given, fieldsOf(type));
  if (unknown.length > 0) errors.fail('applications.wrong_key', { key: unknown[0] ?? '' });
  demandDraftRoom(type, answers, changed);
  const own = proven && unit !== null && ownsUnit(unit, partyKey.replace(/^index:/, ''));
  const doc: Omit<ApplicationDocument, 'work'> = {
    _id: id,
    revision: 1,
    no: null,
    status: 'draft',
    step: null,
    typeCode: type.code,
    typeVersion: type.version,
    channel: type.applicants.mode === 'entrusted' ? 'entrusted' : 'online',
    initiator: {
      accountId: viewer.accountId,
      organisationId: organisation?.id ?? null,
      partyKey,
      name: organisation?.name ?? viewer.name,
      ...(proven ? {} : { unproven: true }),
    },
    viewers: [`account:${viewer.accountId}`, ...(organisation ? [`org:${organisation.id}`] : [])],
    waitingOn: [organisation ? `org:${organisation.id}` : `account:${viewer.accountId}`],
    followers: [viewer.accountId],
    partyIndexes: [],
    agentIndexes: agentsWith([], viewer),
    unitCodes: code === null ? [] : [code],
    address: own ? unit.address : '',
    addressTokens: [],
    district: own ? unit.district : '',
    officeId: null,
    answers: sealAnswers(p, id, answers),
    answerRevisions: Object.fromEntries([...Object.keys(prefilled), ...changed].map((field) => [field, 1])),
    reconciliation: null,
    materials: [],
    parties: [],
    submission: null,
    ...notHandledYet(),
    created: { key, fingerprint },
    createdAt: now,
    updatedAt: now,
    outbox: [],
  };
  const work = workOf({
    doc: doc as ApplicationDocument,
    type,
    calendar: await getCalendar(p),
    now,
  });
  return { ...doc, work };
}

/** The blind index by which the initiator is found among the parties: their own number, or their organisation's. */
export function partyKeyOf(p: Platform, { organisation, personIndex }: Identity): string {
  return `index:${organisation ? p.crypto.index.of('id-number', organisation.creditCode) : personIndex}`;
}

/**
 * 不问已知的事: the initiator's own row, and for an owner the co-owners by name and share. Numbers of others are never
 * given away, even to a co-owner.
 */
function prefill(
  p: Platform,
  type: BusinessType,
  identity: Identity,
  partyKey: string,
  unit: UnitDocument | null,
): Answers {
  const answers: Answers = {};
  const live = unit && liveRight(unit);
  const index = partyKey.replace(/^index:/, '');
  const self = ownRow(identity);
  const owner = live?.holders.some(({ idIndex }) => idIndex === index) ?? false;
  for (const role of type.applicants.roles) {
    if (!role.partyKinds.includes(self.partyKind)) continue;
    if (role.relation === 'currentHolder') {
      if (!owner || !live || !unit) continue;
      const listed = role.max === 1 ? live.holders.filter(({ idIndex }) => idIndex === index) : live.holders;
      answers[role.answerKey] = listed.map((holder) => {
        const { name, partyKind, idIndex } = holder;
        if (idIndex === index) return { ...self, name, idNumber: openIdNumber(p, unit._id, holder) };
        return { name, partyKind, idKind: partyKind === 'organisation' ? '7' : '1', idNumber: '' };
      });
    } else if (role.relation === 'entrustingAuthority') {
      answers[role.answerKey] = [self];
    } else if (role.relation === 'incomingMortgagee' || role.relation === 'currentMortgagee') {
      if (self.partyKind === 'organisation') answers[role.answerKey] = [self];
    }
  }
  if (owner && live?.certificateNo && fieldsOf(type).includes('certificateNo')) {
    const discharging = type.applicants.roles.some(({ relation }) => relation === 'currentMortgagee');
    if (!discharging) answers.certificateNo = live.certificateNo;
  }
  return answers;
}

function ownRow({ name, idNumber, phone, organisation }: Identity) {
  if (organisation) {
    return {
      name: organisation.name,
      partyKind: 'organisation' as const,
      idKind: '7',
      idNumber: organisation.creditCode,
      phone,
      representative: name,
    };
  }
  return { name, partyKind: 'person' as const, idKind: '1', idNumber, phone };
}
