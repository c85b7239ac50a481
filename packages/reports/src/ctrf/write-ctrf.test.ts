// CTRF must fit the schema that its own package publishes, which allows no field that it does not know.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { anyReport } from '../laws/any-report.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { writeCtrf } from './write-ctrf.ts'

const file = join(import.meta.dirname, '../../fixtures/schemas/ctrf-schema-0.0.json')
const published: unknown = JSON.parse(readFileSync(file, 'utf8'))
if (!isSchema(published)) throw new TypeError('Expected the schema to be an object.')
const schema = z.fromJSONSchema(published, { defaultTarget: 'draft-7' })

function isSchema(value: unknown): value is z.core.JSONSchema.JSONSchema {
  return typeof value === 'object' && value !== null
}

const networkFailure = {
  category: 'network',
  fault: 'environment',
  transient: true,
  fingerprint: '02babc1d1f8836',
  evidence: ['code ECONNRESET'],
}

test('any report fits the schema of CTRF', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const { error } = schema.safeParse(JSON.parse(writeCtrf(report)))
      expect(error?.issues).toBeUndefined()
    }),
    { seed: 3, numRuns: 200 },
  )
})

test('the schema refuses fields of our own, so that the law above means something', () => {
  const document: unknown = JSON.parse(writeCtrf(sampleReport).replace('"tool"', '"instrument"'))
  expect(schema.safeParse(document).success).toBe(false)
})

test('a flaky case says so, with every failed try', () => {
  const document: unknown = JSON.parse(writeCtrf(sampleReport))
  expect(document).toMatchObject({
    results: { summary: { tests: 7, passed: 3, failed: 1, skipped: 3, flaky: 1 } },
  })
  expect(document).toHaveProperty('results.tests.3', {
    name: 'pays',
    status: 'passed',
    duration: 350,
    start: 1_767_323_047_078,
    message: 'socket hang up',
    rawStatus: 'passed',
    tags: ['slow'],
    filePath: 'src/pay.test.ts',
    retries: 1,
    retryAttempts: [
      {
        attempt: 1,
        status: 'failed',
        message: 'socket hang up',
        extra: { muster: { failure: networkFailure } },
      },
    ],
    flaky: true,
    threadId: 'slot-1',
    extra: { muster: { task: 'pay', verdict: 'flaky', failure: networkFailure } },
  })
})
