import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../../backend/platform/database/migrations.ts';
import { defineModel, type DeclaredModel } from '../../../backend/platform/database/model.ts';
import { createRelay } from '../../../backend/platform/database/relay.ts';
import type { DeliveredEvent, OutboxEvent, Subscriber } from '../../../backend/platform/database/outbox.ts';
import { startPlatform, type TestPlatform } from '../../support/platform.ts';

interface Thing {
  _id: string;
  outbox?: OutboxEvent[];
}

const things = defineModel<Thing>({
  collection: 'things',
  fields: { _id: String },
  indexes: [],
  outbox: true,
});
const models = [things] as unknown as DeclaredModel<never>[];

describe('the outbox relay', () => {
  let platform: TestPlatform;
  const seen: string[] = [];
  let refuse: (event: DeliveredEvent) => boolean = () => false;
  const subscriber: Subscriber = {
    name: 'test',
    types: ['things.made'],
    async handle(_, events) {
      if (events.some(refuse)) throw new Error('refused');
      seen.push(...events.map(({ id }) => id));
    },
  };

  const make = async (id: string): Promise<string> => {
    const { p } = platform;
    const event = p.outbox.event('things.made', null, { n: 1 });
    await things(p).collection.insertOne({ _id: id, outbox: [event] } as never);
    return event.id;
  };

  beforeAll(async () => {
    platform = await startPlatform();
    await migrate(platform.p, [], models);
    platform.relay.start(platform.p, models, [subscriber]);
  });
  afterAll(() => platform.close());

  it('delivers what was embedded and removes it from the document', async () => {
    const id = await make('a');
    platform.p.outbox.notify('things');
    await platform.relay.drain();
    expect(seen).toContain(id);
    expect((await things(platform.p).findById('a').lean())?.outbox).toEqual([]);
  });

  it('delivers what a killed process left behind, without being told', async () => {
    const id = await make('b');
    await platform.relay.sweep.run(platform.p, platform.p.time.now());
    expect(seen).toContain(id);
  });

  it('keeps a document whose event cannot be delivered, and delivers the others', async () => {
    const bad = await make('bad');
    const good = await make('good');
    refuse = ({ source }) => source.id === 'bad';
    await platform.relay.drain();
    expect(seen).toContain(good);
    expect(seen).not.toContain(bad);
    refuse = () => false;
    await platform.relay.drain();
    expect(seen).toContain(bad);
  });

  it('delivers 1,000 events of 1,000 documents, none left', async () => {
    const before = seen.length;
    const rows = Array.from({ length: 1_000 }, (_, n) => ({
      _id: `bulk-${n}`,
      outbox: [platform.p.outbox.event('things.made', null, { n })],
    }));
    await things(platform.p).collection.insertMany(rows as never);
    await platform.relay.drain();
    expect(seen.length - before).toBe(1_000);
    expect(await things(platform.p).countDocuments({ 'outbox.0': { $exists: true } })).toBe(0);
  });

  it('delivers what a write handed over without reading it, and removes nothing else', async () => {
    const { p } = platform;
    const [told, silent] = [1, 2].map((n) => p.outbox.event('things.made', null, { n }));
    await things(p).collection.insertOne({ _id: 'handed', outbox: [told, silent] } as never);
    p.outbox.notify('things', { _id: 'handed', outbox: [told!] });
    await expect.poll(() => seen).toContain(told!.id);
    const left = async () => (await things(p).findById('handed').lean())?.outbox?.map(({ id }) => id);
    await expect.poll(left).toEqual([silent!.id]);
    expect(seen).not.toContain(silent!.id);
    await platform.relay.drain();
    expect(seen.filter((id) => id === silent!.id)).toHaveLength(1);
  });

  it('leaves in the document what was handed over and could not be delivered, for the sweep', async () => {
    const { p } = platform;
    const event = p.outbox.event('things.made', null, { n: 1 });
    await things(p).collection.insertOne({ _id: 'handed-bad', outbox: [event] } as never);
    let refusals = 0;
    refuse = ({ id }) => id === event.id && (refusals += 1) > 0;
    p.outbox.notify('things', { _id: 'handed-bad', outbox: [event] });
    await expect.poll(() => refusals).toBeGreaterThan(0);
    refuse = () => false;
    await platform.relay.sweep.run(p, p.time.now());
    expect(seen).toContain(event.id);
    expect((await things(p).findById('handed-bad').lean())?.outbox).toEqual([]);
  });

  it('delivers a flood that was handed over, each once, however many', async () => {
    const { p } = platform;
    const before = seen.length;
    const rows = Array.from({ length: 4_500 }, (_, n) => ({
      _id: `flood-${n}`,
      outbox: [p.outbox.event('things.made', null, { n })],
    }));
    await things(p).collection.insertMany(rows as never);
    for (const row of rows) p.outbox.notify('things', row);
    await platform.relay.drain();
    expect(seen.length - before).toBe(4_500);
    expect(await things(p).countDocuments({ 'outbox.0': { $exists: true } })).toBe(0);
  });

  it('lets events gather while they keep coming, also when it sweeps', async () => {
    let passes = 0;
    const counting: Subscriber = { ...subscriber, handle: async () => void (passes += 1) };
    const relay = createRelay(() => new Date());
    relay.start(platform.p, models, [counting]);
    const sweeping = relay.sweep.run(platform.p, new Date());
    const endsAt = performance.now() + 800;
    for (let n = 0; performance.now() < endsAt; n += 1) {
      await make(`steady-${n}`);
      relay.notify('things');
    }
    await sweeping;
    // Told of each as it came, and not held back for company, it would have come by a hundred times.
    expect(passes).toBeGreaterThan(0);
    expect(passes).toBeLessThan(12);
    await relay.drain();
    expect(await things(platform.p).countDocuments({ 'outbox.0': { $exists: true } })).toBe(0);
  });
});
