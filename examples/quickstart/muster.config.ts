import { defineConfig } from '@muster/cli'

export default defineConfig({
  name: 'quickstart',
  runners: [
    'vitest',
    {
      runner: 'node',
      files: ['suites/e2e/**/*.test.ts', 'vendor/*/test/**/*.test.{js,cjs,mjs}'],
      // Jest's own: it holds no test of node:test.
      exclude: ['vendor/process-warning/test/jest.test.js'],
    },
  ],
  tasks: [{ id: 'build-catalogue', argv: ['node', 'tools/build-catalogue.mjs'] }],
  dependencies: [
    { files: 'suites/e2e/**', on: 'build-catalogue' },
    { files: 'suites/e2e/checkout.test.ts', on: 'suites/shop/basket.test.ts' },
  ],
  retry: 2,
  timeoutMs: 60_000,
  reports: { junit: '.muster/report/junit.xml', json: '.muster/report/report.json' },
})
