// How long it takes to open a killed run again, by the number of attempts in its journal.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from '../bench.ts'
import { measure } from '../measure.ts'

export const bench: Bench = {
  name: 'resume',
  summary: 'time to open a killed run again, from a SQLite journal, until the next attempt is launched',
  figures: {
    ms_1e5: 'milliseconds with 100,000 attempts in the journal',
    ms_1e6: 'milliseconds with 1,000,000 attempts in the journal',
  },
  async run({ progress }) {
    return { figures: { ms_1e5: await reopen(100_000, progress), ms_1e6: await reopen(1_000_000, progress) } }
  },
}

async function reopen(attempts: number, progress: (text: string) => void): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-resume-'))
  try {
    const file = join(folder, 'runs.db')
    progress(`writing ${String(attempts)} attempts`)
    await writeKilledRun(file, attempts)
    progress('opening them again')
    return (await measure('resume-run.ts', [file]))['ms'] ?? Number.NaN
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The process kills itself at the end, so its exit is the signal that it got there. */
function writeKilledRun(file: string, attempts: number): Promise<void> {
  const script = join(import.meta.dirname, '..', 'workers', 'write-journal.ts')
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, file, String(attempts)], (error, stdout) => {
      if (error?.signal === 'SIGKILL' && stdout.includes('judged')) resolve()
      else reject(error ?? new Error('the run ended by itself'))
    })
  })
}
