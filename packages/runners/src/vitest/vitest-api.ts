// The part of Vitest's Node API that we use, described by shape. Vitest is found in the project and not in our own
// dependencies, so its own types may be those of another version. What is named here is the same in 4 and 5.

/** What an error of a test looks like after it came out of a worker. */
export interface VitestError {
  readonly name?: string | undefined
  readonly message: string
  readonly stack?: string | undefined
  readonly diff?: string | undefined
  readonly cause?: unknown
  /** Frames of the stack, mapped to the sources. */
  readonly stacks?: unknown
  /** Set on errors outside of tests: `Unhandled Error`, `Uncaught Exception`, `Unhandled Rejection`. */
  readonly type?: unknown
  readonly VITEST_TEST_NAME?: unknown
}

/** How a test case stands; `errors` are its own and those of its hooks. */
export type VitestCaseState =
  | { readonly state: 'pending' | 'passed'; readonly errors?: readonly VitestError[] | undefined }
  | { readonly state: 'failed'; readonly errors: readonly VitestError[] }
  | {
      readonly state: 'skipped'
      readonly errors?: readonly VitestError[] | undefined
      readonly note?: string | undefined
    }

/** A `describe` of a file. */
export interface VitestSuite {
  readonly type: 'suite'
  readonly name: string
  readonly parent: VitestSuite | VitestModule
  readonly location: { readonly line: number } | undefined
  readonly children: { allTests(): Iterable<VitestCase> }
  errors(): readonly VitestError[]
}

/** One test case; without a result while it has not ended. */
export interface VitestCase {
  readonly type: 'test'
  readonly id: string
  readonly name: string
  readonly module: VitestModule
  readonly parent: VitestSuite | VitestModule
  readonly location: { readonly line: number } | undefined
  readonly options: { readonly mode: 'run' | 'only' | 'skip' | 'todo' }
  result(): VitestCaseState
  diagnostic(): { readonly duration: number; readonly retryCount: number; readonly flaky: boolean } | undefined
}

/** A test file as Vitest collected it. */
export interface VitestModule {
  readonly type: 'module'
  readonly id: string
  readonly moduleId: string
  readonly children: {
    allTests(): Iterable<VitestCase>
    allSuites(): Iterable<VitestSuite>
  }
  state(): 'queued' | 'pending' | 'skipped' | 'failed' | 'passed'
  errors(): readonly VitestError[]
}

/** A file to be run, in one project and by one pool; its module is there once it was collected. */
export interface VitestSpecification {
  readonly moduleId: string
  readonly taskId: string
  readonly pool: string
  readonly project: VitestProject
  readonly testModule: VitestModule | undefined
}

/** Which cases of a file are run. */
export interface VitestFilter {
  readonly testLines?: number[]
  readonly testNamePattern?: RegExp
  readonly testIds?: string[]
}

/** Tests of types, which are found by globs of their own. */
export interface VitestTypecheck {
  readonly enabled: boolean
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** What Vite knows of the configuration. */
export interface VitestServer {
  /** Without a configuration file there is none. */
  readonly config: { readonly configFile?: string | undefined; readonly configFileDependencies: readonly string[] }
}

/** One project of a workspace; the whole of it where there is only one. */
export interface VitestProject {
  readonly name: string
  readonly config: {
    readonly setupFiles: string[]
    readonly environment?: string
    readonly root: string
    readonly dir?: string | undefined
    readonly include: readonly string[]
    readonly exclude: readonly string[]
    readonly includeSource?: readonly string[] | undefined
    readonly typecheck?: VitestTypecheck | undefined
    /** In milliseconds. */
    readonly hookTimeout?: number
    env?: Readonly<Record<string, unknown>>
  }
  /** Its Vite server. */
  readonly vite: VitestServer
  isBrowserEnabled(): boolean
  createSpecification(moduleId: string, filter?: VitestFilter, pool?: string): VitestSpecification
}

/** What one call that runs tests gives back. */
export interface VitestRunResult {
  readonly testModules: readonly VitestModule[]
  readonly unhandledErrors: readonly unknown[]
}

/** An instance of Vitest. */
export interface Vitest {
  readonly version: string
  readonly projects: readonly VitestProject[]
  readonly vite: VitestServer
  readonly config: { readonly passWithNoTests?: boolean; readonly dangerouslyIgnoreUnhandledErrors?: boolean }
  globTestSpecifications(filters?: string[]): Promise<readonly VitestSpecification[]>
  runTestSpecifications(specifications: VitestSpecification[], allTestsRun?: boolean): Promise<VitestRunResult>
  cancelCurrentRun(reason: string): Promise<void>
  close(): Promise<void>
}

/** What Vitest calls while tests run. */
export interface VitestReporter {
  onUserConsoleLog(log: { readonly content: string; readonly type: 'stdout' | 'stderr' }): void
  onTestCaseResult(test: VitestCase): void
}

/** `vitest/node`, as far as we use it. */
export interface VitestNode {
  readonly createVitest: (
    mode: 'test',
    options: object,
    viteOverrides?: object,
    vitestOptions?: object,
  ) => Promise<Vitest>
}
