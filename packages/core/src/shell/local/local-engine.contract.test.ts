import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { localSubject, provenContract, scriptedModule } from './fixtures/local-trial.ts'

// A path with a space and letters beyond ASCII: nothing here may mind.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'müster engine-')))
afterAll(() => {
  rmSync(root, { recursive: true })
})

const subject = localSubject(root, { executors: { scripted: { module: scriptedModule, options: {} } } })

test.each(provenContract)('$name', ({ run }) => run(subject))
