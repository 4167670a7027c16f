import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** [rule that must speak, importing file, imported file or package, by type only] */
const PLANTED: [rule: string, from: string, to: string, typeOnly?: true][] = [
  ['platform-knows-no-module', 'backend/platform/a.ts', 'backend/modules/register/index.ts'],
  ['modules-know-no-app', 'backend/modules/register/a.ts', 'backend/app.ts'],
  ['modules-through-their-face', 'backend/modules/applications/a.ts', 'backend/modules/register/unit.ts'],
  ['order-register', 'backend/modules/register/b.ts', 'backend/modules/applications/index.ts'],
  ['order-catalogue', 'backend/modules/catalogue/b.ts', 'backend/modules/clock/index.ts'],
  ['pure-files-reach-no-database', 'backend/modules/register/conflicts.ts', 'mongoose'],
  ['pure-files-reach-no-database', 'backend/modules/clock/deadline.ts', 'node:fs'],
  ['pure-files-reach-no-database', 'backend/modules/applications/policy.ts', 'backend/platform/config.ts'],
  [
    'pure-files-reach-no-database',
    'backend/modules/applications/transitions.ts',
    'backend/modules/applications/case.model.ts',
  ],
  ['contracts-run-in-a-browser', 'backend/modules/register/contract.ts', 'backend/modules/register/unit.ts'],
  ['frontend-takes-shapes-only', 'frontend/features/a.ts', 'backend/modules/register/index.ts', true],
  ['frontend-carries-no-schema', 'frontend/features/b.ts', 'backend/modules/clock/contract.ts'],
  ['ui-knows-no-feature', 'frontend/ui/c.ts', 'frontend/features/b.ts'],
  ['backend-knows-no-frontend', 'backend/platform/d.ts', 'frontend/features/b.ts'],
  ['nobody-imports-seeds', 'backend/modules/clock/e.ts', 'seeds/load.ts'],
  ['nobody-imports-tests', 'seeds/f.ts', 'test/support/api.ts'],
  ['seeds-through-public-faces', 'seeds/g.ts', 'backend/modules/register/unit.ts'],
];

/** Allowed by the same rules, so that a rule that says no to everything is found out. */
const ALLOWED: [from: string, to: string, typeOnly?: true][] = [
  ['backend/modules/applications/good.ts', 'backend/modules/register/index.ts'],
  ['backend/modules/applications/present.ts', 'backend/modules/applications/case.model.ts', true],
  ['backend/modules/register/good.ts', 'backend/platform/config.ts'],
  ['backend/modules/clock/good.ts', 'backend/modules/catalogue/index.ts'],
  ['frontend/features/good.ts', 'backend/modules/clock/contract.ts', true],
  ['backend/server.ts', 'seeds/load.ts'],
  ['test/support/good.ts', 'seeds/load.ts'],
];

const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text, { flag: 'a' });
}

function plant(from: string, to: string, typeOnly: true | undefined): void {
  const isFile = to.includes('.ts');
  const up = '../'.repeat(from.split('/').length - 1);
  const address = isFile ? up + to : to;
  if (isFile) write(to, '');
  const name = `x${Math.abs([...(from + to)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7))}`;
  write(
    from,
    typeOnly
      ? `import type { ${name} } from '${address}';\nexport type Y = ${name};\n`
      : `import '${address}';\n`,
  );
}

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}
let violations: Violation[] = [];

beforeAll(() => {
  for (const [, from, to, typeOnly] of PLANTED) plant(from, to, typeOnly);
  for (const [from, to, typeOnly] of ALLOWED) plant(from, to, typeOnly);
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const cruise = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...[
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'backend',
        'frontend',
        'seeds',
        'test',
      ],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 50_000_000 },
  );
  violations = (JSON.parse(cruise.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}, 60_000);

describe('an import against the rules is found', () => {
  it.each(PLANTED)('%s: %s imports %s', (rule, from) => {
    expect(
      violations.filter((violation) => violation.from === from).map((violation) => violation.rule.name),
    ).toContain(rule);
  });
});

describe('an import within the rules is let through', () => {
  it.each(ALLOWED)('%s imports %s', (from, to) => {
    expect(violations.filter((violation) => violation.from === from && violation.to === to)).toEqual([]);
  });
});
