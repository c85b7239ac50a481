// What runs inside a worker process: works out one file of sums and tells each case as it ends. Nothing turns green here
// that did not run: a file without sums, or one that is gone, has failed.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaseResult, Executor } from '@muster/core'
import { makeFailure } from '@muster/core/failure'

export function createExecutor(): Executor<{ readonly file: string }> {
  return {
    kind: 'sums',
    async execute({ payload: { file } }, { root, signal, caseEnded }) {
      const lines = (await readFile(join(root, file), 'utf8')).split('\n')
      const cases: CaseResult[] = []
      for (const [at, text] of lines.entries()) {
        if (text.trim() === '') continue
        signal.throwIfAborted()
        const result = { ...judgeSum(text), file, line: at + 1 }
        cases.push(result)
        caseEnded(result)
      }
      if (cases.length === 0) throw new Error(`${file} holds no sum`)
      const failure = cases.find(({ result }) => result === 'failed')?.failure
      return { outcome: { result: failure === undefined ? 'passed' : 'failed', durationMs: 0, failure } }
    },
  }
}

/** `1 + 2 = 3` holds or does not; `~1 + 2 = 4` is skipped. */
function judgeSum(text: string): CaseResult {
  const [, left, right, sum] = /^(\d+) \+ (\d+) = (\d+)$/.exec(text.replace(/^~/, '')) ?? []
  if (left === undefined || right === undefined || sum === undefined) throw new Error(`not a sum: ${text}`)
  const about = { path: [text], durationMs: 0 }
  if (text.startsWith('~')) return { ...about, result: 'skipped', reason: 'its author put a ~ before it' }
  const is = Number(left) + Number(right)
  if (is === Number(sum)) return { ...about, result: 'passed' }
  const message = `${left} + ${right} is ${is}, not ${sum}`
  const failure = makeFailure({
    category: 'assertion',
    fault: 'product',
    message,
    evidence: ['a sum that does not hold'],
  })
  return { ...about, result: 'failed', failure }
}
