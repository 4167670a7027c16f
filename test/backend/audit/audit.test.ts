import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAccessTo, recordAccess, recordEvents } from '../../../backend/modules/audit/index.ts';
import { accessEntries, auditEntries } from '../../../backend/modules/audit/audit.model.ts';
import type { DeliveredEvent } from '../../../backend/platform/database/outbox.ts';
import { newId } from '../../../backend/platform/ids.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { createCitizen, createStaff, stranger, type TestPerson } from '../../support/people.ts';

let api: TestApi;
let supervisor: TestPerson;

beforeAll(async () => {
  api = await startApi();
  supervisor = await createStaff(api, { roles: ['supervisor'] });
});
afterAll(() => api.close());

let tick = 0;
function event(given: Partial<DeliveredEvent> = {}): DeliveredEvent {
  return {
    id: newId(),
    type: 'applications.accepted',
    at: new Date(Date.UTC(2026, 9, 9, 3, 0, (tick += 1))),
    actorId: newId(),
    requestId: 'request-1',
    data: { no: '2026100900017' },
    source: { collection: 'applications', id: newId() },
    ...given,
  };
}

describe('recording events', () => {
  it('keeps who, what, when, on what and by which request', async () => {
    const one = event();
    await recordEvents.handle(api.p, [one]);
    expect(await auditEntries(api.p).findOne({ _id: one.id }).lean()).toEqual({
      _id: one.id,
      at: one.at,
      actorId: one.actorId,
      type: one.type,
      subject: one.source,
      requestId: 'request-1',
      data: one.data,
    });
  });

  it('takes a second delivery without a trace, and what is new in the same batch', async () => {
    const old = event();
    await recordEvents.handle(api.p, [old]);
    const before = await auditEntries(api.p).countDocuments();
    const changed = { ...old, type: 'applications.refused' };
    const fresh = [event(), event()];
    await recordEvents.handle(api.p, [fresh[0]!, changed, fresh[1]!]);
    expect(await auditEntries(api.p).countDocuments()).toBe(before + 2);
    expect((await auditEntries(api.p).findOne({ _id: old.id }).lean())?.type).toBe('applications.accepted');
  });

  it('happens by itself for an act of any module', async () => {
    const citizen = await createCitizen(api);
    await citizen.client.delete('/api/sessions');
    await api.settle();
    const found = await auditEntries(api.p).find({ actorId: citizen.account.id }).lean();
    expect(found.map(({ type }) => type)).toContain('accounts.signed_out');
  });
});

describe('GET /api/audit', () => {
  it('is for supervisors only', async () => {
    const others = [
      await createCitizen(api),
      await createStaff(api, { roles: ['acceptance'] }),
      await createStaff(api, { roles: ['administrator'] }),
    ];
    for (const { client } of others) expect((await client.get('/api/audit')).status).toBe(403);
    expect((await stranger(api).get('/api/audit')).status).toBe(401);
    expect((await supervisor.client.get('/api/audit')).status).toBe(200);
  });

  it('pages through everything once, newest first, even at one instant', async () => {
    const at = new Date('2026-10-09T03:30:00Z');
    const subjectId = newId();
    const all = Array.from({ length: 7 }, () =>
      event({ at, source: { collection: 'units', id: subjectId } }),
    );
    await recordEvents.handle(api.p, all);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = (await supervisor.client.get(
        `/api/audit?subjectId=${subjectId}&limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      )) as { body: { items: { id: string }[]; nextCursor: string | null } };
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
  });

  it('filters by type, account, request and time', async () => {
    const one = event({
      type: 'register.changed',
      requestId: 'request-77',
      at: new Date('2026-10-01T00:00:00Z'),
    });
    await recordEvents.handle(api.p, [one]);
    for (const query of [
      'type=register.changed',
      `actorId=${one.actorId}`,
      'requestId=request-77',
      'from=2026-10-01T00:00:00Z&to=2026-10-01T00:00:01Z',
      `type=register.changed&actorId=${one.actorId}&from=2026-09-30T00:00:00Z`,
    ]) {
      const { body } = await supervisor.client.get(`/api/audit?${query}`);
      expect(
        body.items.map(({ id }: { id: string }) => id),
        query,
      ).toEqual([one.id]);
    }
    expect(
      (await supervisor.client.get('/api/audit?from=2026-10-01T00:00:01Z&type=register.changed')).body.items,
    ).toEqual([]);
  });

  it.each(['cursor=zz', 'limit=0', 'type=%24where', 'actorId[$ne]=1', 'from=yesterday', 'foo=1'])(
    'refuses %s',
    async (query) => {
      expect((await supervisor.client.get(`/api/audit?${query}`)).status).toBe(400);
    },
  );
});

describe('who looked at me', () => {
  const look = (subjects: readonly string[], actorId = newId()) =>
    recordAccess(api.p, {
      actorId,
      subjectPersonIndexes: subjects,
      what: ['case', 'materials'],
      target: { kind: 'case', id: newId() },
      why: 'review',
      basis: '条例27',
    });

  it('is durable before the caller goes on, one entry for a look', async () => {
    const [me, other] = [`me-${newId()}`, `other-${newId()}`];
    await look([me, other, me]);
    const { items } = await listAccessTo(api.p, me);
    expect(items).toMatchObject([
      { subjects: [me, other], what: ['case', 'materials'], why: 'review', basis: '条例27' },
    ]);
    expect((await listAccessTo(api.p, other)).items).toHaveLength(1);
    expect((await listAccessTo(api.p, 'nobody')).items).toEqual([]);
  });

  it('gathers 200 looks at once into few writes and loses none', async () => {
    const me = `me-${newId()}`;
    const collection = accessEntries(api.p).collection;
    const original = collection.insertMany.bind(collection);
    let writes = 0;
    collection.insertMany = ((...given: Parameters<typeof original>) => {
      writes += 1;
      return original(...given);
    }) as typeof collection.insertMany;
    await Promise.all(Array.from({ length: 200 }, () => look([me])));
    collection.insertMany = original;
    expect(await accessEntries(api.p).countDocuments({ subjects: me })).toBe(200);
    expect(writes).toBeLessThan(10);
    const first = await listAccessTo(api.p, me, { limit: 150 });
    const rest = await listAccessTo(api.p, me, { limit: 150, cursor: first.nextCursor ?? '' });
    expect(new Set([...first.items, ...rest.items].map(({ _id }) => _id)).size).toBe(200);
  });

  it('that cannot be recorded is not shown: the failure reaches the caller', async () => {
    const collection = accessEntries(api.p).collection;
    const original = collection.insertMany.bind(collection);
    collection.insertMany = (() =>
      Promise.reject(new Error('database is away'))) as typeof collection.insertMany;
    await expect(look([`me-${newId()}`])).rejects.toThrow('database is away');
    collection.insertMany = original;
    await expect(look([`me-${newId()}`])).resolves.toBeUndefined();
  });
});

it('nothing in the module changes or deletes an entry', async () => {
  const { readdirSync, readFileSync } = await import('node:fs');
  const folder = new URL('../../../backend/modules/audit/', import.meta.url);
  for (const name of readdirSync(folder)) {
    // Notes that an entry is to be sealed go when it is; they are no entries.
    const text = readFileSync(new URL(name, folder), 'utf8').replaceAll('lateIn(p).deleteMany(', '');
    expect(text, name).not.toMatch(/\.(update|delete|replace|findOneAnd|bulkWrite|drop)\w*\(/);
  }
});
