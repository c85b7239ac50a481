import { expect, test } from 'vitest'
import { plainSource } from './plain-config.ts'

test.each([
  ['a bare object', `export default { test: { include: ['a/*.test.ts'], globals: true } }`],
  [
    'what Vitest offers',
    `import { defineConfig, configDefaults } from 'vitest/config'\nexport default defineConfig({})`,
  ],
  ['paths', `import path from 'node:path'\nimport * as url from 'url'\nconst here = import.meta.dirname`],
  ['types', `import type { UserConfig } from 'vite'\nimport { type Plugin, mergeConfig as merge } from "vite"`],
  ['the environment, by which answers are told apart', `export default { test: { include: [process.env.WHICH] } }`],
  [
    'what a line of comment says',
    `// not from today: Date\n/// <reference types="vitest/config" />\nexport default {}`,
  ],
  ['globs that look like comments', `export default { test: { include: ['src/**/*.test.ts', '//x'] } }`],
])('%s is plain', (_, text) => {
  expect(plainSource(text)).toEqual({ kind: 'plain', imports: [] })
})

test('imports of the project are named', () => {
  const text = `import { a } from './a.ts'\nexport * from "../b.ts"\nimport './c.ts'\nimport d, { e } from './d.json' with { type: 'json' }`
  expect(plainSource(text)).toEqual({ kind: 'plain', imports: ['./a.ts', '../b.ts', './d.json', './c.ts'] })
})

test.each([
  ['plugins', `import react from '@vitejs/plugin-react'`, '@vitejs/plugin-react'],
  ['the file system', `import { globSync } from 'node:fs'`, 'node:fs'],
  ['what reads files', `import { defineConfig, loadEnv } from 'vite'`, 'vite'],
  ['everything of Vite', `import * as vite from 'vite'`, 'vite'],
  ['a default of Vite', `import vite from 'vite'`, 'vite'],
  ['what is passed on', `export { x } from 'somewhere'`, 'somewhere'],
  ['an import in the middle', `const fs = await import('node:fs')`, 'import('],
  ['an import with a comment in it', `import { x } from /* here */ 'node:fs'`, 'import'],
  ['require', `const fs = require('node:fs')`, 'require'],
  ['the rest of the process', `const at = process.hrtime()`, 'process'],
  ['the process by another name', `const { env } = process`, 'process'],
  ['time', `export default { test: { name: String(Date.now()) } }`, 'Date'],
  ['dice', `export default { test: { include: [Math.random() > 0.5 ? 'a' : 'b'] } }`, 'random'],
  ['code in the place of a comment', '`\n// ${Date.now()}\n`', 'Date'],
  ['modules by glob', `import.meta.glob('./*.ts')`, 'import.meta'],
])('%s is not plain', (_, text, because) => {
  expect(plainSource(text)).toEqual({ kind: 'not-plain', because })
})
