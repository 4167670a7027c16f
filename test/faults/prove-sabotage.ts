/**
 * Proves that the suite bites: with each guard of the product taken away it must be red, and without sabotage green. Runs
 * `npm run faults -- --short` once for each and prints a table. `npx tsx test/faults/prove-sabotage.ts [seed]`
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url));

/** What each guard holds up, so which part has to notice, and what it has to call it. */
const PROOFS: readonly { sabotage: string | null; args: readonly string[]; expects: readonly string[] }[] = [
  { sabotage: null, args: ['--only', 'races,crash,kills', '--kills', '2,6'], expects: [] },
  {
    sabotage: 'no-journal',
    args: ['--only', 'kills', '--kills', '0,20', '--servers', '0'],
    expects: ['lost-write'],
  },
  { sabotage: 'no-revision', args: ['--only', 'races,kills', '--kills', '1,1'], expects: ['two-winners'] },
  {
    sabotage: 'no-dedup',
    args: ['--only', 'crash,kills', '--kills', '2,2'],
    expects: ['duplicate', 'state-differs'],
  },
];

const seed = process.argv[2] ?? '11';
const rows: string[] = [];
let wrong = 0;
for (const { sabotage, args, expects } of PROOFS) {
  const all = [
    '--import',
    'tsx',
    RUN,
    '--short',
    '--seed',
    seed,
    ...args,
    ...(sabotage ? ['--sabotage', sabotage] : []),
  ];
  const { status, stdout } = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(stdout);
  const found = [...stdout.matchAll(/FOUND ([a-z-]+): (\d+)/g)].map(([, kind, times]) => `${kind} ${times}`);
  const named = expects.every((kind) => found.some((one) => one.startsWith(kind)));
  const asItShould = sabotage === null ? status === 0 : status === 1 && named;
  if (!asItShould) wrong += 1;
  rows.push(
    `${(sabotage ?? 'none').padEnd(12)} ${status === 0 ? 'green' : 'RED  '}  ${asItShould ? 'as it should' : 'NOT AS IT SHOULD'}  ${found.join(', ')}`,
  );
}
process.stdout.write(`\nsabotage     suite\n${rows.join('\n')}\n`);
process.exitCode = wrong === 0 ? 0 : 1;
