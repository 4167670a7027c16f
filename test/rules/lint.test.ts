import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: join(root, '.eslint.config.mjs'),
  // The planted texts are no files of the project, so the rules that need its types are left out.
  overrideConfig: {
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
    },
  },
});

async function rulesBroken(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

describe('lint refuses', () => {
  it.each([
    ['a session', 'backend/modules/a.ts', 'declare const c: { startSession(): void };\nc.startSession();\n'],
    [
      'a transaction',
      'backend/modules/a.ts',
      'declare const s: { withTransaction(): void };\ns.withTransaction();\n',
    ],
    [
      'a guessed count',
      'backend/modules/a.ts',
      'declare const c: { estimatedDocumentCount(): void };\nc.estimatedDocumentCount();\n',
    ],
    ['guessable randomness', 'backend/modules/a.ts', 'export const x = Math.random();\n'],
    ['the environment', 'backend/modules/a.ts', 'export const x = process.env.PORT;\n'],
    ['the clock', 'backend/modules/a.ts', 'export const x = Date.now();\n'],
    ['the clock as a date', 'seeds/a.ts', 'export const x = new Date();\n'],
    ['code from text', 'frontend/app/a.ts', "export const x = new Function('return 1');\n"],
  ])('%s', async (_, file, text) => {
    expect(await rulesBroken(file, text)).toContain('no-restricted-syntax');
  });

  it.each([
    ['any', 'backend/modules/a.ts', 'export const x: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    [
      'a silenced error',
      'backend/modules/a.ts',
      '// @ts-ignore\nexport const x = 1;\n',
      '@typescript-eslint/ban-ts-comment',
    ],
    ['talk to the terminal', 'backend/modules/a.ts', "console.log('x');\n", 'no-console'],
    [
      'markup from text',
      'frontend/ui/A.svelte',
      '<script lang="ts">let { x }: { x: string } = $props();</script>\n{@html x}\n',
      'svelte/no-at-html-tags',
    ],
  ])('%s', async (_, file, text, rule) => {
    expect(await rulesBroken(file, text)).toContain(rule);
  });
});

describe('lint lets through', () => {
  it.each([
    [
      'the environment in its one reader',
      'backend/platform/config.ts',
      'export const x = process.env.PORT;\n',
    ],
    ['the clock in its one reader', 'backend/platform/time.ts', 'export const x = new Date();\n'],
    ['a date made of something', 'backend/modules/a.ts', "export const x = new Date('2026-10-09');\n"],
    ['the clock in a test', 'test/backend/a.test.ts', 'export const x = Date.now();\n'],
  ])('%s', async (_, file, text) => {
    expect(await rulesBroken(file, text)).toEqual([]);
  });
});
