// The yardstick: Koa, its router and the driver, doing one durable write or one read per request and nothing else.
// No validation, no session, no audit. Started by the benchmarks with the database's address in BARE_URI.
// `/cases` does the portal's own write and reads, on cases as large and as indexed as the portal's; `/rows` is the
// simplest thing of its kind: one insert, one look-up of a flat row of 1.5 KB.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { MongoClient, type Document } from 'mongodb';

interface Row {
  _id: string;
  no: string;
  state: string;
  dueAt: Date;
  [field: string]: unknown;
}

const client = new MongoClient(process.env.BARE_URI!, {
  writeConcern: { w: 1, j: true },
  retryWrites: false,
});
const rows = client.db().collection<Row>('bare-rows');
const units = client.db().collection<{ _id: string }>('units');
const files = client.db().collection<{ _id: string }>('files');
const cases = client.db().collection<{ _id: string; revision: number; no: string | null }>('cases');

async function readJson(ctx: Context): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
}

let serial = 0;
const router = new Router();
router.post('/rows', async (ctx: Context) => {
  serial += 1;
  const no = `b${process.pid}-${serial}`;
  await rows.insertOne({ ...(await readJson(ctx)), _id: no, no, state: 'submitted', dueAt: new Date() });
  ctx.body = { no };
});
router.get('/rows', async (ctx: Context) => {
  const fields = {
    no: 1,
    state: 1,
    dueAt: 1,
    type: 1,
    unit: 1,
    address: 1,
    step: 1,
    handler: 1,
    acceptedAt: 1,
  };
  ctx.body = await rows
    .find({ state: 'listed' }, { projection: fields })
    .sort({ dueAt: 1 })
    .limit(20)
    .toArray();
});
router.get('/rows/:no', async (ctx: Context) => {
  ctx.body = await rows.findOne({ no: ctx.params.no });
});
/** What a submission sets in a draft, as the portal's own came out; kept in the database by the benchmark. */
let submission: Document | null = null;
async function submitCase(ctx: Context, revision: unknown): Promise<void> {
  submission ??= await client
    .db()
    .collection('submission')
    .findOne({}, { projection: { _id: 0 } });
  serial += 1;
  const no = String(2_026_000_000_000 + serial);
  const { matchedCount } = await cases.updateOne(
    { _id: ctx.params.id as string, revision: Number(revision) },
    { $set: { ...submission, no }, $inc: { revision: 1 } },
  );
  ctx.status = matchedCount === 1 ? 200 : 409;
  ctx.body = { no };
}

router.post('/cases/:id/submit', async (ctx: Context) => {
  const { revision } = await readJson(ctx);
  await submitCase(ctx, revision);
});
/** The same, having read what the portal has to look at first: the draft, the unit in the register, the file. */
router.post('/cases/:id/read-and-submit', async (ctx: Context) => {
  const { revision } = await readJson(ctx);
  const draft = (await cases.findOne({ _id: ctx.params.id! })) as unknown as {
    unitCodes: string[];
    materials: { files: { fileId: string }[] }[];
  };
  const ids = draft.materials.flatMap((material) => material.files.map(({ fileId }) => fileId));
  await Promise.all([
    units.findOne({ _id: draft.unitCodes[0]! }),
    files.find({ _id: { $in: ids } }).toArray(),
  ]);
  await submitCase(ctx, revision);
});
router.get('/cases/:id', async (ctx: Context) => {
  ctx.body = await cases.findOne({ _id: ctx.params.id! });
});
router.get('/cases', async (ctx: Context) => {
  const fields = {
    no: 1,
    typeCode: 1,
    typeVersion: 1,
    address: 1,
    status: 1,
    step: 1,
    work: 1,
    handler: 1,
    partyIndexes: 1,
  };
  ctx.body = await cases
    .find({ 'work.open': true }, { projection: fields, hint: 'work-due' })
    .sort({ 'work.sortAt': 1, _id: 1 })
    .limit(20)
    .toArray();
});
router.post('/verify', async (ctx: Context) => {
  const { no } = await readJson(ctx);
  const row = await rows.findOne({ no: String(no) }, { projection: { state: 1, dueAt: 1 } });
  ctx.body = { state: row?.state ?? null };
});

/** The least that a booking can be: one conditional durable update. */
const windows = client.db().collection<{ _id: string; rem: number; seats: Document[] }>('bare-windows');
router.post('/windows/:id/claim', async (ctx: Context) => {
  const { id } = await readJson(ctx);
  const { matchedCount } = await windows.updateOne(
    { _id: ctx.params.id!, rem: { $gt: 0 } },
    { $inc: { rem: -1 }, $push: { seats: { id } } },
  );
  ctx.status = matchedCount === 1 ? 201 : 409;
  ctx.body = { booked: matchedCount === 1 };
});

const app = new Koa();
app.use(router.routes());
await client.connect();
await rows.createIndex({ no: 1 }, { unique: true });
await rows.createIndex({ state: 1, dueAt: 1 });
const server = createServer(app.callback());
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`);
});
