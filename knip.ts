// What counts as used: everything that a public entry, a test or a tool reaches.
import { relative } from 'node:path'
import { type KnipConfig } from 'knip'
import { allPackages, root } from './tools/entries.ts'

const packages = Object.fromEntries(
  allPackages().map(({ folder, entries }) => [
    relative(root, folder).replaceAll('\\', '/'),
    {
      // Beside public entries: what a laws' failing seed is replayed with, and what runs mutants in threads.
      entry: [
        ...entries.map(({ module }) => `src/${module}.ts`),
        'src/testing/simulation/shell/*.ts',
        // What runs in the page of the HTML report.
        'src/html/client/main.ts',
      ],
      project: ['src/**/*.ts', '*.ts'],
      // A test of core fills a small disk of its own, where it is root.
      ignoreBinaries: ['mkfifo', 'mount', 'umount'],
    },
  ]),
)

const config: KnipConfig = {
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    ...packages,
    // The package checks start these two by name.
    '.': {
      entry: [],
      project: ['*.{js,ts}'],
      ignoreDependencies: ['publint', '@arethetypeswrong/cli', '@changesets/config'],
    },
    tools: { entry: ['*.{ts,mjs}'], project: ['**/*.{ts,mjs}'] },
    // Workers are started as processes of their own.
    bench: {
      entry: ['src/run.ts', 'src/benches/*.ts', 'src/workers/*.ts'],
      project: ['src/**/*.ts'],
      // Their own suites are what `suites-real` runs.
      ignoreDependencies: [
        '@muster/.+',
        '@fastify/error',
        '@pinojs/redact',
        'find-my-way',
        'pino-std-serializers',
        'process-warning',
        'safe-regex2',
      ],
      // `crash --power` mounts images, where it is root.
      ignoreBinaries: ['truncate', 'mkfs.ext4', 'mount', 'umount'],
    },
    // End-to-end tests use the packages as a user does: packed and installed, or as a command.
    tests: {
      entry: ['src/**/*.test.ts', 'src/schemas.ts', 'src/report-pictures.ts'],
      project: ['src/**/*.ts'],
      ignoreDependencies: ['@muster/.+'],
    },
    'examples/*': {
      entry: ['*.{ts,mjs}', 'src/*.{ts,mjs}', 'tools/*.mjs', 'suites/**/*.test.{ts,mjs}'],
      ignore: ['vendor/**'],
      // Suites that are copied from packages bring their own imports.
      ignoreDependencies: [
        '@muster/.+',
        'avvio',
        'fast-querystring',
        'fastq',
        'find-my-way',
        'process-warning',
        'proxyquire',
        'rfdc',
      ],
    },
    'fixtures/*': { ignoreDependencies: ['.+'] },
  },
}

export default config
