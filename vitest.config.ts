// One project for each class of tests; `docs/testing.md` says what each class is for.
import { join } from 'node:path'
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config'
import { clientForVite } from './packages/reports/bundle-client.ts'
import { testClasses } from './tools/test-classes.ts'
import { allPackages } from './tools/entries.ts'

const ignored = ['**/node_modules/**', '**/dist/**', '**/.muster/**', '**/fixtures/**', 'examples/**']

/** Tests read the sources of every package, so that none of them waits for a build. */
const alias = allPackages().flatMap(({ folder, entries }) =>
  entries.flatMap(({ specifier, module }) =>
    specifier === undefined
      ? []
      : [{ find: new RegExp(`^${specifier}$`), replacement: join(folder, 'src', `${module}.ts`) }],
  ),
)

const projects = testClasses.map(({ name, include }): TestProjectConfiguration => {
  const others = testClasses
    .filter((other) => name === 'unit' && other.name !== 'unit')
    .flatMap((other) => other.include)
  const files = { include: [...include], exclude: [...ignored, ...others] }
  switch (name) {
    case 'types':
      return {
        extends: true,
        test: {
          name,
          include: [],
          typecheck: { enabled: true, only: true, tsconfig: './tsconfig.json', ignoreSourceErrors: true, ...files },
        },
      }
    case 'e2e':
    case 'contract':
      return {
        extends: true,
        test: { name, ...files, testTimeout: 300_000, hookTimeout: 300_000, setupFiles: ['tools/seed-laws.ts'] },
      }
    default:
      // A time limit here is only for what hangs: machines are shared, and no test depends on how fast one is.
      return { extends: true, test: { name, ...files, testTimeout: 120_000, setupFiles: ['tools/seed-laws.ts'] } }
  }
})

const config: ViteUserConfig = defineConfig({
  plugins: [clientForVite()],
  resolve: { alias },
  test: {
    projects,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts'],
      reporter: ['text-summary', 'html', 'lcov'],
      reportsDirectory: 'coverage',
    },
  },
})

export default config
