// How the code reads, as far as a tool can hold it; CONTRIBUTING.md says why. Pure code has rules of its own, because a
// decision that reads a clock or rolls dice cannot be replayed.
import tseslint from 'typescript-eslint'

const tests = ['**/*.test.ts', '**/*.test-d.ts']
// The client of the HTML report is a program of its own, in a browser.
const effects = [
  'packages/*/src/**/shell/**',
  'packages/cli/src/main.ts',
  'packages/reports/src/html/client/**',
  ...tests,
]

const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings: an enum is code that types alone would do.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that every import uses the same word.' },
  { selector: 'ExportAllDeclaration', message: 'Name what is exported: what is public is decided, not swept along.' },
]
const relative = { regex: String.raw`^\.{1,2}/.*\.js$`, message: 'Write the extension of the source, `.ts`.' }
const outside = {
  regex: String.raw`^(\.\./)+(packages|tools|tests|bench)/`,
  message: 'Import the package by its name.',
}
const shell = { regex: '(^|/)shell/', message: 'Pure code never imports effects; pass them in through a port.' }

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/coverage/',
      '**/.muster/',
      '**/.turbo/',
      'reports/',
      'examples/*/vendor/',
      // Suites and configurations as users write them, read by their own runners.
      'examples/*/suites/',
      'examples/*/*.config.ts',
      '**/fixtures/',
      'tools/platform.d.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './packages/reports/tsconfig.client.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {
          allowDefaultCaseForExhaustiveSwitch: false,
          considerDefaultExhaustiveForUnions: false,
          requireDefaultForNonUnion: false,
        },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A port may be asynchronous although one of its adapters answers at once.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...syntax],
      'no-restricted-imports': ['error', { patterns: [relative, outside] }],
    },
  },
  {
    name: 'the library prints nothing',
    files: ['packages/*/src/**/*.ts'],
    ignores: ['packages/cli/src/**', ...tests],
    rules: { 'no-console': 'error' },
  },
  {
    name: 'pure code knows no time, no dice and no platform',
    files: ['packages/*/src/**/*.ts'],
    ignores: effects,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'Date',
          'performance',
          'setTimeout',
          'setInterval',
          'setImmediate',
          'clearTimeout',
          'clearInterval',
          'clearImmediate',
          'queueMicrotask',
          'fetch',
          'crypto',
          'process',
        ].map((name) => ({ name, message: 'Only `shell/` waits, reads clocks, rolls dice or reaches the platform.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Dice are seeded and passed in.' },
        { object: 'globalThis', property: 'Date', message: 'Time comes in through a port.' },
      ],
    },
  },
  {
    name: 'pure code imports no effects',
    files: ['packages/*/src/**/*.ts'],
    ignores: [...effects, 'packages/*/src/index.ts', 'packages/*/src/*/index.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [relative, outside, shell, { regex: '^node:', message: 'Only `shell/` reaches the platform.' }] },
      ],
    },
  },
  {
    name: 'configuration is exported the way its tools want it',
    files: ['**/*.config.ts', 'knip.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...syntax.filter(({ selector }) => selector !== 'ExportDefaultDeclaration')],
    },
  },
  {
    name: 'tests may hold what they were not given a type for',
    files: tests,
    rules: { '@typescript-eslint/no-empty-function': 'off' },
  },
)
