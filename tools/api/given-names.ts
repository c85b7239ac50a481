// Names that the examples of docstrings may use without declaring them, as the contents of the reference say: an example
// of three lines need not build a graph first.
const types: Readonly<Record<string, string>> = {
  compile: "import('@muster/core').Executor",
  context: "import('@muster/core').ExecutionContext",
  database: "import('node:sqlite').DatabaseSync",
  error: 'unknown',
  executors: "readonly import('@muster/core').Executor[]",
  fromBranch: "import('@muster/analysis').TaskSummary",
  fromMain: "import('@muster/analysis').TaskSummary",
  graph: "import('@muster/core/graph').Graph",
  history: 'ReadonlyMap<string, number>',
  keepWarm: "import('@muster/scheduler').Plugin",
  muster: "import('@muster/core').Orchestrator",
  myStore: "() => import('@muster/core').Store",
  oneBrowserPerHost: "import('@muster/scheduler').Plugin",
  policy: "import('@muster/core').Policy",
  records: "readonly import('@muster/scheduler').StrategyRecord[]",
  report: "import('@muster/core').RunReport",
  run: "import('@muster/core').Run",
  save: '(...what: unknown[]) => void',
  snapshot: "import('@muster/scheduler').DeadlineSnapshot",
  store: "import('@muster/core').Store",
  subject: "import('@muster/core/testing').RunnerSubject & import('@muster/core/testing').EngineSubject",
  tasks: "readonly import('@muster/core').TaskDefinition[]",
  test: "typeof import('vitest').test",
  text: 'string',
  workload: "import('@muster/scheduler').Workload",
}

/** Declarations of those that the code uses and does not declare itself. */
export function givenNames(code: string): string {
  return Object.entries(types)
    .filter(([name]) => new RegExp(`(?<![\\w'"/-]|[^.]\\.)${name}(?![\\w'"/:-])`).test(code))
    .filter(([name]) => !new RegExp(`(const|let|using|function) (?:(?! of )[^=\\n])*\\b${name}\\b`).test(code))
    .map(([name, type]) => `declare const ${name}: ${type}\n`)
    .join('')
}
