// Agents get ready while tests are looked for. Whoever ends the run meanwhile must not wait for what may never be ready: the
// grace of these engines is longer than any test may take.
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { localEngine } from './local-engine.ts'
import { findRunProcesses } from './run-processes.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'muster warming-')))
afterAll(() => {
  rmSync(root, { recursive: true })
})
const module = new URL('./fixtures/hanging-executor.ts', import.meta.url).href

test.each(['waits', 'blocks'])(
  'an engine is closed at once while an executor gets ready that %s for ever',
  async (how) => {
    const marker = join(root, 'warming')
    rmSync(marker, { force: true })
    const run = `warming-${how}`
    const engine = localEngine({ executors: { hanging: { module, options: how } }, slots: 1, graceMs: 600_000 })
    engine.warmUp?.({ run, root, attempts: 1 })
    await vi.waitUntil(() => existsSync(marker), { timeout: 60_000 })
    await engine.close()
    expect(findRunProcesses({ run, root, epoch: Infinity })).toEqual([])
  },
)
