import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasher } from '../../../backend/modules/ledger/hash.ts';
import { checkProofJson } from '../../../backend/modules/ledger/offline/check-json.ts';

const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (text: string) => sha(Buffer.from([0]), Buffer.from(text));
const node = (left: Buffer, right: Buffer) => sha(Buffer.from([1]), left, right);
const [a, b] = [leaf('a'), leaf('b')];
const base64 = (hash: Buffer) => hash.toString('base64');

/** Proofs as other logs publish their test data. */
describe('a proof as JSON', () => {
  const inclusion = {
    leafIdx: 1,
    treeSize: 2,
    leafHash: base64(b),
    root: base64(node(a, b)),
    proof: [base64(a)],
    desc: 'is not looked at',
  };
  const consistency = { size1: 1, size2: 2, root1: base64(a), root2: base64(node(a, b)), proof: [base64(b)] };
  const check = (kind: 'inclusion' | 'consistency', given: object) =>
    checkProofJson(hasher, kind, JSON.stringify(given)).holds;

  it('holds, or does not', () => {
    expect(check('inclusion', inclusion)).toBe(true);
    expect(check('inclusion', { ...inclusion, leafIdx: 0 })).toBe(false);
    expect(check('inclusion', { ...inclusion, proof: null })).toBe(false);
    expect(check('consistency', consistency)).toBe(true);
    expect(check('consistency', { ...consistency, root1: base64(b) })).toBe(false);
  });

  it('keeps every digit of a number beyond 2⁵³, and leaves texts alone', () => {
    const text = JSON.stringify({ ...inclusion, desc: '18446744073709551615 "in" a text' });
    expect(checkProofJson(hasher, 'inclusion', text).holds).toBe(true);
    const huge = text.replace('"leafIdx":1', '"leafIdx":18446744073709551615');
    expect(checkProofJson(hasher, 'inclusion', huge).holds).toBe(false);
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]x'],
    ['a text', '"proof"'],
    ['a number for a hash', JSON.stringify({ ...inclusion, root: 5 })],
    ['a text for a size', JSON.stringify({ ...inclusion, treeSize: '2' })],
    ['what is no base64', JSON.stringify({ ...inclusion, root: 'é' })],
    ['numbers for a proof', JSON.stringify({ ...inclusion, proof: [1] })],
  ])('says what is wrong with %s', (_, text) => {
    expect(() => checkProofJson(hasher, 'inclusion', text)).toThrow(/.{5}/);
  });

  describe('by command', () => {
    const folder = mkdtempSync(join(tmpdir(), 'proofs-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = (name: string, given: object) => {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify(given));
      return path;
    };
    /** By the command that people type, which builds what is stale; or at once, as that goes on. */
    const run = (args: string[], input?: string, program = '.build/ledger-command.mjs') => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--ledger', ...args], {
        encoding: 'utf8',
        ...(input === undefined ? {} : { input }),
      });
      return { status, said: stdout + stderr };
    };

    it('is read from a file or the standard input, and the exit code tells', () => {
      const byName = run(['verify-inclusion', file('a.json', inclusion)], undefined, 'backend/start.mjs');
      expect(byName.status).toBe(0);
      expect(run(['verify-consistency'], JSON.stringify(consistency)).status).toBe(0);
      const wrong = run(
        ['verify-consistency'],
        JSON.stringify({ ...consistency, root2: inclusion.root.toLowerCase() }),
      );
      expect(wrong).toMatchObject({ status: 1, said: expect.stringContaining('不成立') as string });
      expect(run(['verify-inclusion'], '{').said).toContain('This is no proof');
      expect(run(['verify-inclusion', join(folder, 'none')])).toMatchObject({
        status: 1,
        said: expect.stringContaining('cannot be read') as string,
      });
      expect(run([]).said).toContain('verify-consistency');
      expect(run(['verify-everything']).status).toBe(1);
    }, 120_000);

    it('is set beside what test data expects of it', () => {
      const good = file('good.json', { ...inclusion, wantErr: false });
      const bad = file('bad.json', { ...inclusion, leafIdx: 0, wantErr: true });
      const unexpected = file('unexpected.json', { ...inclusion, wantErr: true });
      expect(run(['verify-inclusion', '--expect', good, bad]).status).toBe(0);
      expect(run(['verify-inclusion', good, bad]).status).toBe(1);
      expect(run(['verify-inclusion', '--expect', good, unexpected])).toMatchObject({
        status: 1,
        said: expect.stringMatching(/unexpected\.json: .*NOT what/) as string,
      });
    });
  });
});

/** The public test data of transparency logs: 98 cases of inclusion, 98 of consistency. */
describe('the test data of other logs', () => {
  const lines = readFileSync(new URL('./merkle-cases.txt', import.meta.url), 'utf8').split('\n');
  it.each(['inclusion', 'consistency'] as const)('agree on %s', (kind) => {
    const verdicts = lines
      .filter((line) => line.startsWith(`${kind} `))
      .map((line) => checkProofJson(hasher, kind, line.slice(kind.length + 1)));
    expect(verdicts).toHaveLength(98);
    expect(verdicts.filter(({ holds }) => holds).length).toBeGreaterThan(3);
    for (const { holds, wantErr } of verdicts) expect(holds).toBe(wantErr === false);
  });
});
