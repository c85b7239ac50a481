// A program of its own that asks Vitest which files it would run. It runs the project's configuration, which may do anything,
// print anything and change the environment; none of that should happen in the process that asks.
import { readFileSync, writeSync } from 'node:fs'
import type { FoundFiles } from '../found-files.ts'
import type { VitestSetup } from '../vitest-payload.ts'
import { VitestMissing } from './load-vitest.ts'
import { openVitest } from './open-vitest.ts'

interface Question {
  readonly root: string
  readonly setup: VitestSetup
}

// The question is our own, written by the runner.
const question = JSON.parse(readFileSync(0, 'utf8')) as Question
const answer = await find(question)
writeSync(3, `${JSON.stringify(answer)}\n`)
// Nothing was started that would have to be closed, and closing takes longer than finding.
process.exit(0)

async function find({ root, setup }: Question): Promise<FoundFiles> {
  try {
    const reporter = { onUserConsoleLog: () => undefined, onTestCaseResult: () => undefined }
    const vitest = await openVitest(root, setup, { reporter, print: () => undefined })
    const specifications = await vitest.globTestSpecifications()
    const files = specifications.map(({ moduleId, project, pool }) => ({ path: moduleId, project: project.name, pool }))
    return { kind: 'found', files, projects: vitest.projects.length }
  } catch (error) {
    if (error instanceof VitestMissing) {
      return { kind: 'missing', expected: error.expected, got: error.got, remedy: error.remedy }
    }
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}
