// Bundles the client of the HTML report into the module that hands it out: as a plugin of esbuild for the build, and of Vite
// for the tests, which read sources. The hashes are those of exactly the text that stands in the page.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build as bundle, type Plugin } from 'esbuild'

const folder = join(import.meta.dirname, 'src', 'html')
const replaced = /[\\/]html[\\/]client-bundle\.ts$/

async function bundleText(entry: string): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [join(folder, 'client', entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome115', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
  })
  const text = outputFiles[0]?.text.trim() ?? ''
  if (text === '' || /<\/(?:script|style)|<!--/i.test(text)) {
    throw new Error(`Expected ${entry} to become text that may stand inside of HTML, got ${text.length} characters.`)
  }
  return text
}

async function moduleText(): Promise<string> {
  const script = await bundleText('main.ts')
  const style = await bundleText('page.css')
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
  const texts = { script, style, scriptHash: hash(script), styleHash: hash(style) }
  return `const bundle = ${JSON.stringify(texts)}\nexport function clientBundle() { return bundle }\n`
}

/** For tsup. */
export const clientForEsbuild: Plugin = {
  name: 'muster-report-client',
  setup: (build) => {
    build.onLoad({ filter: replaced }, async () => ({ contents: await moduleText(), loader: 'js' }))
  },
}

/** For Vitest; a promise is kept, so that a run bundles once. */
export function clientForVite(): { readonly name: string; readonly load: (id: string) => Promise<string> | undefined } {
  let bundled: Promise<string> | undefined
  return {
    name: 'muster-report-client',
    load: (id) => (replaced.test(id) ? (bundled ??= moduleText()) : undefined),
  }
}
