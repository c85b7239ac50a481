// The configuration that `muster init` writes: what is found, said so, and the rest as comments to be uncommented.

/** What was found in the project. */
export interface FoundForConfig {
  readonly runners: readonly { readonly name: string; readonly because: string }[]
  /** Whether the package that the configuration imports from is installed here. */
  readonly isInstalled: boolean
}

/** The text of a `muster.config.ts`. */
export function renderConfig({ runners, isInstalled }: FoundForConfig): string {
  const found =
    runners.length === 0
      ? ['  // No test runner was found here. Name one, or write tasks below.', "  // runners: ['vitest'],"]
      : [
          ...runners.map(({ name, because }) => `  // ${name}: ${because}.`),
          // Written down they would no longer be shared out by what each file imports.
          '  // They are found anew for every run, and each gets its own files. To name them yourself, with options:',
          `  // runners: [${runners.map(({ name }) => `'${name}'`).join(', ')}],`,
        ]
  return [
    '// The configuration of Muster. Everything in it may be left out; `npx muster plan` shows what it comes to.',
    ...(isInstalled
      ? ["import { defineConfig } from '@muster/cli'", '', 'export default defineConfig({']
      : ['', 'export default {']),
    '  version: 1,',
    '',
    ...found,
    '',
    '  // Commands that are tasks of their own.',
    "  // tasks: [{ id: 'build', argv: ['npm', 'run', 'build'] }],",
    '',
    '  // Files put into groups, and groups limited.',
    "  // groups: [{ id: 'database', files: 'tests/db/**', concurrency: 1 }],",
    '',
    '  // Files that wait for tasks or groups; they are blocked, by name, where those do not pass.',
    "  // dependencies: [{ files: 'e2e/**', on: 'build' }],",
    '',
    '  // Said about some files.',
    "  // rules: [{ files: 'e2e/**', timeoutMs: 120_000, retry: 2 }],",
    '',
    '  // Attempts in all: with 2, a failed task is tried once more, and a pass is then called flaky.',
    '  // retry: 2,',
    '',
    '  // Time limit of one attempt in milliseconds.',
    '  // timeoutMs: 60_000,',
    '',
    "  // Attempts at the same time: a number, or 'simple' (one a core), 'max-parallel', 'resource-aware', 'adaptive'.",
    "  // slots: 'simple',",
    '',
    '  // Environment variables that tests get besides the usual ones.',
    "  // env: { allow: ['DATABASE_URL'], set: { LOG_LEVEL: 'warn' } },",
    '',
    '  // Report files written after every run.',
    "  // reports: { html: 'reports/report.html', junit: 'reports/junit.xml' },",
    isInstalled ? '})' : '}',
    '',
  ].join('\n')
}
