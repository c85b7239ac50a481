// What counts as used: everything that a public entry, a test or a tool reaches.
import { relative } from 'node:path'
import { type KnipConfig } from 'knip'
import { allPackages, root } from './tools/entries.ts'

const packages = Object.fromEntries(
  allPackages().map(({ folder, entries }) => [
    relative(root, folder).replaceAll('\\', '/'),
    { entry: entries.map(({ module }) => `src/${module}.ts`), project: ['src/**/*.ts'] },
  ]),
)

const config: KnipConfig = {
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    ...packages,
    // The package checks start these two by name.
    '.': { entry: [], project: ['*.{js,ts}'], ignoreDependencies: ['publint', '@arethetypeswrong/cli'] },
    tools: { entry: ['*.{ts,mjs}'], project: ['**/*.{ts,mjs}'] },
    bench: { entry: ['src/run.ts', 'src/benches/*.ts'], project: ['src/**/*.ts'] },
    // End-to-end tests use the packages as a user does: packed and installed, or as a command.
    tests: { entry: ['src/**/*.test.ts'], project: ['src/**/*.ts'], ignoreDependencies: ['@muster/.+'] },
    'fixtures/*': { ignoreDependencies: ['.+'] },
  },
}

export default config
