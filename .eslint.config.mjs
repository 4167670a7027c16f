/** Lint rules. A dotfile, so it is named on the command line: `eslint --config .eslint.config.mjs .` */
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

const member = (object, property) => `MemberExpression[object.name='${object}'][property.name='${property}']`;

/** Everywhere in what is shipped. */
const EVERYWHERE = [
  {
    selector: 'MemberExpression[property.name=/^(startSession|withTransaction|withSession)$/]',
    message:
      'The engine has no sessions: an invariant rests on one guarded update or a unique index (design.md §4).',
  },
  {
    selector: "MemberExpression[property.name='estimatedDocumentCount']",
    message: 'It is wrong after a kill: use countDocuments or a maintained counter.',
  },
  {
    selector: member('Math', 'random'),
    message: 'Use p.random: it is unpredictable, and replaceable in tests.',
  },
  {
    selector: "NewExpression[callee.name='Function'], CallExpression[callee.name='eval']",
    message: 'No code from text: the content security policy forbids it, and so do we.',
  },
];

const ENVIRONMENT = {
  selector: member('process', 'env'),
  message: 'platform/config.ts is the only reader of the environment.',
};

const CLOCK = [
  {
    selector: `CallExpression[callee.object.name='Date'][callee.property.name='now']`,
    message: 'platform/time.ts is the only reader of the clock: use p.time.now().',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'platform/time.ts is the only reader of the clock: use p.time.now().',
  },
];

export default tseslint.config(
  { ignores: ['node_modules/', '.build/', 'data/', 'coverage/', '.cache/', 'frontend/public/'] },
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'] } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      'no-restricted-syntax': ['error', ...EVERYWHERE],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/require-each-key': 'error',
      // A `let` with $state, $props or $bindable is written by Svelte.
      'prefer-const': 'off',
      // These sets and maps are made and thrown away in one function, or kept out of the view on purpose.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-unused-svelte-ignore': 'off',
      'no-console': ['error', { allow: ['error'] }],
      // Addresses go through the router's own link, which is typed.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['backend/**/*.ts', 'seeds/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', ...EVERYWHERE, ENVIRONMENT, ...CLOCK],
      // An act that nobody waits for is one whose failure nobody sees.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // Shapes and tables are read by the entry, not from end to end.
    files: ['**/contract.ts', 'frontend/i18n/**', 'seeds/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['backend/platform/config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ...CLOCK] },
  },
  {
    files: ['backend/platform/time.ts'],
    rules: { 'no-restricted-syntax': ['error', ...EVERYWHERE, ENVIRONMENT] },
  },
  {
    // Programs and tools of the terminal: they talk to it, they read its environment and they measure time.
    files: ['test/**', '**/*.mjs', '**/*.cjs'],
    rules: {
      'no-console': 'off',
      'no-restricted-syntax': ['error', ...EVERYWHERE],
      'max-lines': 'off',
      '@typescript-eslint/no-require-imports': 'off',
    },
  },
);
