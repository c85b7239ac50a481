// `muster inspect`: where a run stands, read from its journal beside whoever writes it, who is not disturbed.
import { historyFacts } from '@muster/analysis'
import { exitCodes, type RunRecord, type Store, systemClock } from '@muster/core'
import { type InspectionParts, type InspectionView, inspectionView } from '../../inspect/inspection-view.ts'
import { renderInspection } from '../../inspect/render-inspection.ts'
import type { Command, CommandContext } from '../command.ts'
import { findRun } from '../find-run.ts'
import { keptRuns } from '../kept-runs.ts'
import { type KeptProject, withKept } from '../open-project.ts'
import type { Output } from '../output.ts'
import { Screen } from '../reporters/screen.ts'

/** Time between two looks, in milliseconds. */
const periodMs = 1000

export const inspect: Command = (context) => withKept(context, async (kept) => lookInto(kept, context))

async function lookInto(kept: KeptProject, { invocation, output }: CommandContext): Promise<number> {
  const { run } = await findWanted(kept.store, invocation.words[0])
  const look = new RunLook(kept, run)
  const show = showing(output, invocation.on.has('json'), invocation.on.has('watch'))
  try {
    let view = await look.now()
    show.view(view)
    while (invocation.on.has('watch') && view.situation === 'live') {
      await new Promise((resolve) => setTimeout(resolve, periodMs))
      view = await look.now()
      show.view(view)
    }
  } finally {
    show.end()
  }
  return exitCodes.passed
}

/** What goes on is most likely meant; where nothing does, the newest. */
async function findWanted(store: Store, named: string | undefined): Promise<RunRecord> {
  const isOpen = ({ status }: RunRecord): boolean => status === 'open'
  if (named !== undefined || !(await store.listRuns()).some(isOpen)) return findRun(store, named)
  return findRun(store, undefined, { fits: isOpen, words: 'a run that goes on' })
}

/** What was read of a run. */
type ReadRun = Pick<InspectionParts, 'inspection' | 'facts'>

/** One run, read again only where its journal has grown. */
class RunLook {
  readonly #kept: KeptProject
  readonly #run: string
  #read: ReadRun | undefined
  #rows = -1

  constructor(kept: KeptProject, run: string) {
    this.#kept = kept
    this.#run = run
  }

  async now(): Promise<InspectionView> {
    // The record first: what the journal says of an end is then never older than it.
    const record = await findRun(this.#kept.store, this.#run)
    const known = record.rows === this.#rows ? this.#read : undefined
    const read = known ?? (await this.#inspect())
    this.#read = read
    this.#rows = record.rows
    return inspectionView({ record, ...read, nowWallMs: systemClock().wallNow() })
  }

  async #inspect(): Promise<ReadRun> {
    const inspection = await keptRuns(this.#kept).inspect(this.#run)
    // The past does not change while one looks.
    const facts = this.#read?.facts ?? (await historyFacts(this.#kept.store, inspection.tasks))
    return { inspection, facts }
  }
}

interface Showing {
  readonly view: (view: InspectionView) => void
  readonly end: () => void
}

/** On a terminal a watched run is drawn in place; elsewhere each look is told, one after another. */
function showing(output: Output, isJson: boolean, isWatched: boolean): Showing {
  const none = (): void => undefined
  if (isJson) {
    return {
      view: (view) => {
        output.out(`${JSON.stringify({ version: 1, ...view })}\n`)
      },
      end: none,
    }
  }
  const linesOf = (view: InspectionView): readonly string[] => renderInspection(view, output.columns(), output.look)
  if (isWatched && output.isLive) {
    const screen = new Screen(output)
    /** Ctrl-C is how one stops watching: what was seen last stays, and the cursor comes back. */
    const stopWatching = (): void => {
      screen.keep()
      process.exit(exitCodes.interrupted)
    }
    process.once('SIGINT', stopWatching)
    return {
      view: (view) => {
        const room = output.rows() - 1
        const lines = linesOf(view)
        screen.draw(lines.length > room ? [...lines.slice(0, room - 1), '…'] : lines)
      },
      end: () => {
        process.off('SIGINT', stopWatching)
        screen.keep()
      },
    }
  }
  let isFirst = true
  return {
    view: (view) => {
      output.lines([...(isFirst ? [] : ['']), ...linesOf(view)])
      isFirst = false
    },
    end: none,
  }
}
