import type { Artifact, Outcome, RunReport, TaskReport } from '@muster/core'
import { expect, test } from 'vitest'
import { writeCtrf } from '../ctrf/write-ctrf.ts'
import { sampleReport } from '../laws/sample-report.ts'
import { writeSummary } from '../summary/write-summary.ts'
import { taskArtifacts } from './task-artifacts.ts'

const shot: Artifact = { name: 'shot.png', path: '.muster/kept/shot.png', contentType: 'image/png', sha256: 'aa' }
const log: Artifact = { name: 'raw', path: '.muster/kept/raw' }

function taskWith(...attempts: readonly (readonly Artifact[])[]): TaskReport {
  return {
    id: 'e2e/login',
    kind: 'command',
    verdict: { kind: 'failed' },
    attempts: attempts.map((artifacts, at) => {
      const outcome: Outcome = { result: 'failed', durationMs: 1, artifacts }
      const cases = (['passed', 'failed'] as const).map((result) => ({ path: [result], result, durationMs: 1 }))
      return { n: at + 1, worker: 'local', launchedAtMs: 0, ending: { kind: 'ended', outcome }, details: { cases } }
    }),
  }
}

const report: RunReport = { ...sampleReport, tasks: [taskWith([shot, log], [shot])] }

test('what two attempts left alike is told once', () => {
  expect(taskArtifacts(taskWith([shot, log], [shot, { ...shot, sha256: 'bb' }]))).toEqual([
    shot,
    log,
    { ...shot, sha256: 'bb' },
  ])
})

test('CTRF attaches them to the case that failed, and to no other', () => {
  const { results } = JSON.parse(writeCtrf(report)) as {
    readonly results: { readonly tests: readonly { readonly name: string; readonly attachments?: unknown }[] }
  }
  expect(results.tests.map(({ name, attachments }) => [name, attachments])).toEqual([
    ['passed', undefined],
    [
      'failed',
      [
        {
          name: 'shot.png',
          contentType: 'image/png',
          path: '.muster/kept/shot.png',
          extra: { muster: { sha256: 'aa' } },
        },
        { name: 'raw', contentType: 'application/octet-stream', path: '.muster/kept/raw' },
      ],
    ],
  ])
})

test('the summary says where those of a failed case are', () => {
  const lines = writeSummary(report).split('\n')
  expect(lines).toContain('      left .muster/kept/shot.png')
  expect(lines).toContain('      left .muster/kept/raw')
})
