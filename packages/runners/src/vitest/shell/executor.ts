// Runs files of Vitest, keeping one instance warm for each project root. Loaded by the process that carries out attempts.
import { makeFailure } from '@muster/core/failure'
import type { AttemptResult, ExecutableTask, ExecutionContext, Executor, LostProcess } from '@muster/core'
import { failedWith } from '../../outcome/judge-cases.ts'
import { overtimeMs } from '../../outcome/shell/overtime.ts'
import type { VitestPayload, VitestSetup } from '../vitest-payload.ts'
import { VitestMissing } from './load-vitest.ts'
import { VitestLane } from './vitest-lane.ts'

export type { VitestPayload, VitestSetup } from '../vitest-payload.ts'

/** The executor of Vitest files. */
export function createExecutor(setup: VitestSetup): Executor<VitestPayload> {
  const lanes = new Map<string, Promise<VitestLane>>()

  function laneOf(root: string): Promise<VitestLane> {
    const kept = lanes.get(root)
    if (kept !== undefined) return kept
    const lane = VitestLane.open(root, setup)
    lanes.set(root, lane)
    // One that could not be opened is tried again by the next attempt: what was missing may have been built by then.
    lane.catch(() => lanes.delete(root))
    return lane
  }

  /** Runs a file from its beginning, or where `lost` ended. */
  async function run(
    { payload, cases }: ExecutableTask<VitestPayload>,
    context: ExecutionContext,
    lost?: LostProcess,
  ): Promise<AttemptResult> {
    try {
      const lane = await laneOf(context.root)
      const outcome = await lane.run(payload, context, { cases, lost })
      if (lane.isSpent) {
        lanes.delete(context.root)
        void lane.close().catch(() => undefined)
      }
      return { outcome }
    } catch (error) {
      if (error instanceof VitestMissing) return { outcome: failedWith(failureOfMissing(error)) }
      throw error
    }
  }

  return {
    kind: setup.kind,
    keepsProcesses: true,
    overtimeMs,
    warmUp: async ({ root }) => {
      await laneOf(root)
    },
    execute: (task, context) => run(task, context),
    takeUp: (task, context, lost) => run(task, context, lost),
    dispose: async () => {
      const open = [...lanes.values()]
      lanes.clear()
      await Promise.allSettled(open.map(async (lane) => (await lane).close()))
    },
  }
}

function failureOfMissing({ message }: VitestMissing): ReturnType<typeof makeFailure> {
  return makeFailure({ category: 'environment', message, evidence: ['Vitest is missing'] })
}
