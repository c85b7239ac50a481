// Two attempts of a flaky check, each with a folder of its own. What the failed one left behind is what explains it; what
// both left behind alike is on the disk once.
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createOrchestrator, defineExecutor, pruneArtifacts } from '@muster/core'

const root = import.meta.dirname
const dir = join(root, '.muster', 'artifacts')
await rm(dir, { recursive: true, force: true })

const check = defineExecutor('check', async (_, { n, artifactsDir = '' }) => {
  await writeFile(join(artifactsDir, 'settings.json'), '{"locale":"de"}')
  if (n > 1) return
  await writeFile(join(artifactsDir, 'page.html'), '<h1>Bad gateway</h1>')
  throw new Error('the page is not there yet')
})

await using muster = createOrchestrator({
  executors: [check],
  root,
  artifacts: { dir },
  retry: { maxAttempts: 2, baseDelayMs: 0 },
})
const report = await muster.run({ run: 'monday', tasks: [check.task({ id: 'front page' })] }).report

for (const { n, ending } of report.tasks[0]?.attempts ?? []) {
  if (ending.kind !== 'ended') continue
  const { result, artifacts = [] } = ending.outcome
  console.log(`attempt ${n} ${result}`)
  for (const { name, path, bytes, contentType, sha256 = '' } of artifacts) {
    console.log(`  ${name}: ${bytes} bytes of ${contentType}, ${sha256.slice(0, 12)}`)
    if (name.endsWith('.html')) console.log(`    ${await readFile(join(root, path), 'utf8')}`)
  }
}

const { objects } = await pruneArtifacts({ dir, runs: async () => [] })
console.log(`${objects} contents went with the run`)
