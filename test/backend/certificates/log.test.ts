import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  certificates,
  type CertificateDocument,
} from '../../../backend/modules/certificates/certificate.model.ts';
import { importCertificates } from '../../../backend/modules/certificates/import-certificates.ts';
import { certificateLeaves, holdsRecord } from '../../../backend/modules/certificates/leaf.ts';
import { logEarlierCertificates } from '../../../backend/modules/certificates/migrations.ts';
import { verifyPayload, type Trust } from '../../../backend/modules/certificates/offline/verify.ts';
import { readStanding } from '../../../backend/modules/certificates/offline/statement.ts';
import { proveCertificate } from '../../../backend/modules/certificates/prove.ts';
import { stateCertificate } from '../../../backend/modules/certificates/verify.ts';
import { ledgerVerifiers } from '../../../backend/modules/ledger/keys.ts';
import { loggedEntries } from '../../../backend/modules/ledger/ledger.model.ts';
import { getUnit, importUnits } from '../../../backend/modules/register/index.ts';
import { sha256 } from '../../support/proofs.ts';
import { LI, SUN, unitImport, ZHAO } from '../register/units.ts';
import { issueForCase, startWorld, type World } from './world.ts';

let world: World;
let p: World['p'];
let trust: Trust;

beforeAll(async () => {
  world = await startWorld();
  p = world.p;
  trust = { sha256, verifiers: ledgerVerifiers(p, `${new URL(p.config.publicOrigin).host}/ledger`) };
});
afterAll(() => world.close());

const stored = async (number: string) =>
  (await certificates(p).findOne({ number }, { outbox: 0 }).lean()) as unknown as CertificateDocument;
const logged = (certificate: CertificateDocument) =>
  loggedEntries(p)
    .collection.find({ entryId: `certificate:${certificate._id}` })
    .toArray();

async function issued(): Promise<CertificateDocument> {
  const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [SUN, LI]);
  await issueForCase(p, caseId);
  await world.relay.drain();
  return stored(number);
}

describe('a certificate in the log', () => {
  it('stands there once, by hashes alone, however often its event comes', async () => {
    const certificate = await issued();
    await issueForCase(p, certificate.caseId);
    await certificates(p).collection.updateOne(
      { _id: certificate._id as never },
      {
        $push: {
          outbox: p.outbox.event('certificates.issued', null, { certificateId: certificate._id }),
        } as never,
      },
    );
    p.outbox.notify('certificates');
    await world.relay.drain();
    const entries = await logged(certificate);
    expect(entries).toHaveLength(1);
    const leaf = JSON.parse(String(entries[0]!.bytes)) as { fields: Record<string, string> };
    expect(leaf).toMatchObject({
      kind: 'certificate',
      version: 2,
      entryId: `certificate:${certificate._id}`,
    });
    expect(Object.keys(leaf.fields).sort()).toEqual(
      Object.keys(JSON.parse(certificate.record) as object).sort(),
    );
    for (const said of ['孙晓岚', certificate.number, certificate.unitCode, SUN.idNumber])
      expect(JSON.stringify(entries)).not.toContain(said);
  });

  it('proves every field by itself, and that it stands now', async () => {
    const certificate = await issued();
    const proof = (await proveCertificate(p, certificate))!;
    const verdict = await verifyPayload(proof.payload, trust);
    expect(verdict).toMatchObject({
      verdict: 'genuine',
      standing: { status: 'valid', limits: [], at: p.time.now().toISOString() },
    });
    expect(Object.fromEntries('fields' in verdict ? verdict.fields : [])).toEqual(
      JSON.parse(certificate.record),
    );
  });

  it('tells a printing of before apart from what the register says by now', async () => {
    const certificate = await issued();
    const { payload } = (await proveCertificate(p, certificate))!;
    await world.sell(certificate.unitCode, [SUN, LI], [ZHAO]);
    expect(await verifyPayload(payload, trust)).toMatchObject({
      verdict: 'genuine',
      standing: { status: 'valid' },
    });
    const { statement } = await stateCertificate(p, { number: certificate.number, holderName: '孙晓岚' });
    expect(await readStanding(statement!, trust.verifiers)).toMatchObject({
      entryId: `certificate:${certificate._id}`,
      status: 'superseded',
      changedOn: '2026-10-09',
    });
    const again = await verifyPayload((await proveCertificate(p, certificate))!.payload, trust);
    expect(again).toMatchObject({ verdict: 'genuine', standing: { status: 'superseded' } });
  });

  it('is not stated to whoever does not know its holder', async () => {
    const { number } = await issued();
    const answers = await Promise.all([
      stateCertificate(p, { number, holderName: '孙晓风' }),
      stateCertificate(p, { number: '鲁(2026)聊城市不动产权第9999999号', holderName: '孙晓岚' }),
      stateCertificate(p, { token: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    ]);
    expect(answers).toEqual([{ statement: null }, { statement: null }, { statement: null }]);
  });

  it('has no proof yet where its leaf is not in the log', async () => {
    const { caseId, number } = await world.sell(await world.freshUnit(), [ZHAO], [SUN]);
    await issueForCase(p, caseId);
    const certificate = await stored(number);
    const before = (await logged(certificate)).length;
    if (before === 0) expect(await proveCertificate(p, certificate)).toBeNull();
    await world.relay.drain();
    expect(await proveCertificate(p, certificate)).not.toBeNull();
  });

  it('that came with an earlier register is logged too', async () => {
    const code = '371502001001GB00001F00018001';
    await importUnits(p, [unitImport(code, [ZHAO])]);
    await importCertificates(p, [await getUnit(p, code)]);
    await world.relay.drain();
    const certificate = (await certificates(p)
      .findOne({ unitCode: code })
      .lean()) as unknown as CertificateDocument;
    expect(await logged(certificate)).toHaveLength(1);
  });

  it('of before there was a log is given a leaf, once, by a migration that may be cut off', async () => {
    const certificate = await issued();
    await certificates(p).collection.updateOne({ _id: certificate._id as never }, { $unset: { leaf: 1 } });
    await loggedEntries(p).collection.deleteMany({ entryId: `certificate:${certificate._id}` });
    const { db } = p.database.connection;
    await logEarlierCertificates.up(db as never);
    await logEarlierCertificates.up(db as never);
    const waiting = (await certificates(p)
      .findOne({ _id: certificate._id })
      .lean()) as unknown as CertificateDocument;
    expect(waiting.outbox?.filter(({ type }) => type === 'certificates.imported')).toHaveLength(1);
  });
});

describe('the leaves as the verification of the log reads them', () => {
  it('commit to what the certificates say, and notice an edit', async () => {
    const certificate = await issued();
    const found = [];
    for await (const leaf of certificateLeaves.leaves(p)) found.push(leaf);
    expect(found.find(({ entryId }) => entryId.endsWith(certificate._id))).toMatchObject({ holds: true });
    expect(new Set(found.map(({ entryId }) => entryId)).size).toBe(found.length);
    const edited = { ...certificate, record: certificate.record.replace('孙晓岚', '孙晓风') };
    expect(holdsRecord(edited)).toBe(false);
    expect(holdsRecord({ ...certificate, issuedAt: new Date(0) })).toBe(false);
    expect(holdsRecord({ ...certificate, leaf: { ...certificate.leaf!, salt: '' } })).toBeNull();
  });
});
