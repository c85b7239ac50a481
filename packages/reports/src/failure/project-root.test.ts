import { makeFailure } from '@muster/core/failure'
import { expect, test } from 'vitest'
import type { ReportCase } from '../cases/report-case.ts'
import { projectRootOf } from './project-root.ts'

const row = (file: string, stack: string): ReportCase => ({
  ...{ task: 't', verdict: 'failed', isTask: false, earlierFailures: [] },
  case: {
    ...{ path: ['x'], result: 'failed', durationMs: 1, file },
    failure: makeFailure({ category: 'exception', message: 'no', stack, evidence: [] }),
  },
})

test('the root is what stands before the file of a case in its own stack', () => {
  expect(projectRootOf([row('src/a.test.ts', 'Error: no\n    at /home/me/shop/src/a.test.ts:3:1')])).toBe(
    '/home/me/shop/',
  )
  expect(projectRootOf([row('src/a.test.ts', 'Error: no\n    at C:\\shop\\src\\a.test.ts:3:1')])).toBe('C:/shop/')
})

test('where no stack passes through the file of its case nothing is told', () => {
  expect(projectRootOf([row('src/a.test.ts', 'Error: no\n    at /elsewhere/b.ts:3:1'), row('src/a.test.ts', '')])).toBe(
    '',
  )
})
