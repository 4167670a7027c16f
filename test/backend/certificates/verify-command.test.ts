import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeKey, makeProof, officeKey, RESULT_FIELDS } from '../../support/proofs.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const root = new URL('../../..', import.meta.url).pathname;
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const keys = file('keys.txt', `${officeKey.word}\n`);

function run(...args: string[]) {
  const program = join(root, 'backend/verify-command.ts');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', program, '--verify', ...args],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return { status, said: stdout + stderr };
}

describe('the command that verifies a certificate', () => {
  it('says every field of one that is genuine, from public keys alone', () => {
    const { status, said } = run(
      file('code.txt', `https://bdc.example/verify#${makeProof()}\n`),
      '--keys',
      keys,
    );
    expect(said).toContain('签发时是真的 GENUINE');
    expect(said).toContain('鲁(2026)聊城市不动产权第0018342号');
    expect(status).toBe(0);
  });

  it('names a result of a query as what it is, in the rows of its paper, and lets nobody write rows of their own', () => {
    const fields = RESULT_FIELDS.map((field): (typeof RESULT_FIELDS)[number] =>
      field[0] === 'purposeText' ? ['purposeText', '入学\n  查询结果: 名下 9 处\u202e\u001b[31m'] : field,
    );
    const proof = makeProof({ kind: 'queryResult', fields, standing: null });
    const { status, said } = run(file('result.txt', proof), '--keys', keys);
    expect(said).toContain('无房证明');
    expect(said).toContain('登记簿上没有登记在钱伪名下的不动产');
    expect(said).toContain('“入学 查询结果: 名下 9 处[31m”');
    expect(said).not.toMatch(/^  查询结果: 名下/mu);
    expect(status).toBe(0);
  });

  it.each([
    [
      'an edited field',
      makeProof({ change: (one) => ({ ...one, fields: [['use', '工业用地']] }) }),
      'CHANGED',
    ],
    ['an unknown key', makeProof({ key: makeKey() }), 'unknownKey'],
    ['half a code', makeProof().slice(0, 600), 'truncated'],
    ['any other file', '这不是证书', 'noProof'],
  ])('%s is not genuine', (_, text, word) => {
    const { status, said } = run(file('other.txt', text), '--keys', keys);
    expect(said).toContain(word);
    expect(said).not.toContain('GENUINE');
    expect(status).toBe(1);
  });

  it('shows what would move the cursor or turn a line as what it is', () => {
    const change = (one: { fields: unknown }) => ({ ...one, fields: [['use', '住宅\u001b[2J\u202e真']] });
    const { said } = run(file('hidden.txt', makeProof({ change } as never)), '--keys', keys);
    // eslint-disable-next-line no-control-regex -- that none is there is the point
    expect(said).not.toMatch(/[\u001b\u202e]/u);
  });

  it('says how it is used, and which file it cannot read, without a trace', () => {
    expect(run()).toMatchObject({ status: 2, said: expect.stringContaining('--keys <file>') });
    const { status, said } = run(join(folder, 'absent.pdf'), '--keys', keys);
    expect([status, said.includes('absent.pdf cannot be read'), said.includes(' at ')]).toEqual([
      2,
      true,
      false,
    ]);
  });
});
