// The set-up that the end-to-end suite waits for: makes a catalogue of articles and packs it.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, '..', 'build')
mkdirSync(folder, { recursive: true })
const articles = Array.from({ length: 20_000 }, (_, i) => ({
  id: `article-${i}`,
  name: `Article number ${i}`,
  cents: 100 + ((i * 7919) % 9900),
}))
writeFileSync(join(folder, 'catalogue.json.gz'), gzipSync(JSON.stringify(articles)))
console.log(`packed ${articles.length} articles`)
