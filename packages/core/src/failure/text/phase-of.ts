// When in the life of a test it went wrong, told from what runners write around hooks and collection.
import type { FailurePhase } from '../../model/failure.ts'
import type { LogLine } from './log-line.ts'

const phases: readonly (readonly [FailurePhase, RegExp])[] = [
  [
    'discovery',
    /\bERROR collecting |\bTest suite failed to run\b|\berrors? during collection\b|\bwhile importing test module\b/,
  ],
  [
    'set-up',
    /"before (?:all|each)" hook|\bERROR at setup of |\b(?:setUp|setUpClass|setup_method|beforeAll|beforeEach|globalSetup)\b/,
  ],
  [
    'teardown',
    /"after (?:all|each)" hook|\bERROR at teardown of |\b(?:tearDown|tearDownClass|teardown_method|afterAll|afterEach|globalTeardown)\b/,
  ],
  [
    'reporting',
    /\b(?:failed|unable|could not|cannot|error) (?:to )?(?:write|writing|save|saving|upload|uploading|generate|generating) .{0,60}\b(?:reports?|coverage|results file|junit)\b/i,
  ],
]

/** The phase that the lines name, or nothing. */
export function phaseOf(lines: readonly LogLine[]): FailurePhase | undefined {
  for (const { text } of lines.slice(0, 500)) {
    const found = phases.find(([, pattern]) => pattern.test(text))
    if (found !== undefined) return found[0]
  }
  return undefined
}
