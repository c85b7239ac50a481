// All cases, asked by their position. Nothing is made per case until somebody looks at it.
import type { CaseMore, ReportData } from '../report-data.ts'
import { decodeRuns } from './decode-runs.ts'

/** The cases of the report. */
export class Cases {
  readonly length: number
  readonly #data: ReportData
  readonly #suites: Int32Array
  readonly #files: Int32Array
  readonly #tasks: Int32Array
  readonly #more: ReadonlyMap<number, CaseMore>
  #byTask: Map<string, number> | undefined

  constructor(data: ReportData) {
    const { cases } = data
    this.#data = data
    this.length = cases.titles.length
    this.#suites = decodeRuns(cases.suites, this.length)
    this.#files = decodeRuns(cases.files, this.length)
    this.#tasks = decodeRuns(cases.tasks, this.length)
    this.#more = new Map(cases.more)
  }

  title(at: number): string {
    return this.#data.cases.titles[at] ?? ''
  }

  /** Titles of the suites around it; empty at the top. */
  suite(at: number): string {
    return this.#text(this.#suites[at])
  }

  file(at: number): string {
    return this.#text(this.#files[at])
  }

  task(at: number): string {
    return this.#text(this.#tasks[at])
  }

  /** Line in its file; 0 where it is not known. */
  line(at: number): number {
    return this.#data.cases.lines[at] ?? 0
  }

  /** `file:line`, as far as it is known. */
  place(at: number): string {
    const file = this.file(at)
    const line = this.line(at)
    return file === '' || line === 0 ? file : `${file}:${line}`
  }

  /** Letter of its status. */
  status(at: number): string {
    return this.#data.cases.statuses.charAt(at)
  }

  statusCode(at: number): number {
    return this.#data.cases.statuses.charCodeAt(at)
  }

  /** What it took, in milliseconds. */
  ms(at: number): number {
    return this.#data.cases.ms[at] ?? 0
  }

  /** What only some cases have: retries, a reason, failures. */
  more(at: number): CaseMore {
    return this.#more.get(at) ?? {}
  }

  /** A case of a task, a red one where there is one. */
  ofTask(task: string): number | undefined {
    if (this.#byTask === undefined) {
      this.#byTask = new Map()
      for (let at = 0; at < this.length; at++) {
        const id = this.task(at)
        const isRed = this.status(at) === 'f' || this.status(at) === 't'
        if (!this.#byTask.has(id) || (isRed && !/[ft]/.test(this.status(this.#byTask.get(id) ?? 0))))
          this.#byTask.set(id, at)
      }
    }
    return this.#byTask.get(task)
  }

  #text(number: number | undefined): string {
    return this.#data.texts[number ?? -1] ?? ''
  }
}
