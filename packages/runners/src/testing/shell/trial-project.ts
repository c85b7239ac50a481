// A project in a folder of its own whose name holds what real names hold: spaces, letters beyond ASCII, brackets.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder with files, gone when it is disposed of. */
export class TrialProject implements Disposable {
  readonly root: string
  readonly #folder = mkdtempSync(join(realpathSync(tmpdir()), 'muster-trial-'))

  constructor(files: Readonly<Record<string, string>>) {
    this.root = join(this.#folder, 'ein Projekt (größer) [ß]')
    mkdirSync(this.root)
    for (const [file, text] of Object.entries(files)) this.write(file, text)
  }

  write(file: string, text: string): void {
    const path = join(this.root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The part of our own environment that trials need. */
export function trialEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, MUSTER_RUN: 'contract', MUSTER_ATTEMPT: 'contract/0#1' }
}
