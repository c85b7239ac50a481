// A thread that feeds readers with damaged documents and says what went wrong. It marks the number of the input before it
// reads it, in memory shared with the thread that watches over it: an input that never comes back is then known by number.
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { isMusterError } from '@muster/core/errors'
import { readCorpus } from '../fuzz/corpus.ts'
import { inputsOf } from '../fuzz/inputs.ts'
import type { Finding, FuzzSpan } from '../fuzz/finding.ts'
import { withFault } from '../fuzz/planted.ts'
import { Witness } from '../fuzz/pollution.ts'
import { openReaders } from '../fuzz/readers.ts'

/** CPU that one input may cost, in milliseconds. */
const hangMs = 100
/** After how many inputs everything that is shared is compared. */
const lookEvery = 256
/** Newer than the types that the packages are checked against. */
const threadCpuUsage: () => { readonly user: number; readonly system: number } = Reflect.get(process, 'threadCpuUsage')
const { seed, plant, from, to, step, mark } = workerData as FuzzSpan
const current = new Float64Array(mark)
/** After how many inputs the heap is measured. */
const weighEvery = Math.max(1000, Math.floor((to - from) / step / 10))
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const inputAt = inputsOf(seed, await readCorpus(), withFault(await openReaders(), plant))
const witness = new Witness()

tell({ kind: 'ready' })
let count = 0
weigh()
for (let number = from; number < to; number += step) {
  current[0] = number
  const { reader, text } = inputAt(number)
  const cpuMs = await tryOnce()
  if (cpuMs > hangMs) {
    // A collection of garbage may have fallen into it; what hangs, hangs again.
    const leastMs = Math.min(cpuMs, await tryOnce(), await tryOnce())
    if (leastMs > hangMs) tell({ kind: 'hang', reader: reader.name, number, text, cpuMs: leastMs })
  }
  count += 1
  if (!witness.isObjectClean() || count % lookEvery === 0) {
    const changed = witness.restore()
    if (changed.length > 0) tell({ kind: 'pollution', reader: reader.name, number, text, changed })
  }
  if (count % weighEvery === 0) weigh()

  async function tryOnce(): Promise<number> {
    const beforeMs = cpuMsOfThread()
    try {
      const answer = reader.read(text)
      if (answer instanceof Promise) await answer
    } catch (error) {
      if (!isMusterError(error)) tell({ kind: 'crash', reader: reader.name, number, text, error: describe(error) })
    }
    return cpuMsOfThread() - beforeMs
  }
}
const left = witness.restore()
if (left.length > 0) tell({ kind: 'pollution', reader: 'unknown', number: to, text: '', changed: left })
weigh()
tell({ kind: 'done', count })

function weigh(): void {
  collect()
  tell({ kind: 'heap', count, bytes: getHeapStatistics().used_heap_size })
}

function tell(finding: Finding): void {
  parentPort?.postMessage(finding)
}

/** Processor time of this thread alone: what others use does not count. */
function cpuMsOfThread(): number {
  const { user, system } = threadCpuUsage.call(process)
  return (user + system) / 1000
}

/** The error with the first line of its stack that is ours. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`
  const at = error.stack?.split('\n').find((line) => line.includes('/packages/') || line.includes('node_modules'))
  return `${error.name}: ${error.message.slice(0, 200)}${at === undefined ? '' : ` ${at.trim()}`}`
}
