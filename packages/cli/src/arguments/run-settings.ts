// What a run is asked to do, flags before configuration. Pure, so that `run`, `plan` and `resume` read the same words the
// same way.
import {
  type Isolation,
  type KernelOptionsInput,
  MusterError,
  nearestName,
  type Policy,
  type SlotStrategy,
} from '@muster/core'
import type { LogDetail } from '../board/log-detail.ts'
import { retryOf } from '../config/apply-rules.ts'
import type { MusterConfig } from '../config/config.ts'
import { isolations } from '../config/isolations.ts'
import { slotStrategies, strategyChoices, type StrategyName } from '../strategy/strategy-names.ts'
import type { Invocation } from './parse-arguments.ts'
import { milliseconds, oneOf, wholeNumber } from './read-flags.ts'

/** How a run is shown. */
export type ReporterName = 'board' | 'plain' | 'json'

/** Report files to write, as given; relative to the working directory where they come from flags. */
export interface ReportFiles {
  readonly junit?: string | undefined
  readonly json?: string | undefined
  readonly ctrf?: string | undefined
  readonly tap?: string | undefined
  readonly html?: string | undefined
  readonly trace?: string | undefined
  readonly markdown?: string | undefined
}

/** Flags and configuration together. */
export interface RunSettings {
  readonly kernel: KernelOptionsInput
  readonly slots: number | SlotStrategy
  readonly strategy: StrategyName | Policy
  readonly isolation: Isolation
  readonly reporter: ReporterName | 'auto'
  readonly detail: LogDetail
  /** From flags. */
  readonly files: ReportFiles
  /** From the configuration; relative to the root. */
  readonly configuredFiles: ReportFiles
  readonly failOnFlaky: boolean
  readonly seed: number | undefined
  readonly name: string | undefined
  /** How long a runner may look for its tests, in milliseconds. */
  readonly discoveryTimeoutMs: number
  /** What runners found before may be used, and what they find is kept. */
  readonly usesCache: boolean
}

/** Reads the settings of `run`, `plan` and `resume`; a flag goes over the configuration. */
export function runSettings({ values, on }: Invocation, config: MusterConfig): RunSettings {
  const retry = wholeNumber(values, 'retry', 1)
  const maxFailures = on.has('fail-fast') ? 1 : wholeNumber(values, 'max-failures', 1)
  const detail = detailOf(on, values)
  const configuredRetry = config.retry === undefined ? undefined : retryOf(config.retry)
  return {
    kernel: {
      retry: retry === undefined ? configuredRetry : { ...configuredRetry, maxAttempts: retry },
      timeoutMs: milliseconds(values, 'timeout') ?? config.timeoutMs,
      maxFailures: maxFailures ?? config.maxFailures,
      deadlineMs: milliseconds(values, 'deadline') ?? config.deadlineMs,
      breakers: config.breakers,
      quarantineAfter: config.quarantineAfter,
    },
    slots: slotsOf(values) ?? config.slots ?? 'simple',
    strategy: oneOf(values, 'strategy', strategyChoices) ?? config.strategy ?? 'auto',
    isolation: oneOf(values, 'isolation', isolations) ?? config.isolation ?? 'process',
    reporter: on.has('json')
      ? 'json'
      : (oneOf(values, 'reporter', ['board', 'plain', 'json']) ?? config.reporter ?? 'auto'),
    detail,
    files: {
      junit: values['junit'],
      json: values['report-json'],
      ctrf: values['ctrf'],
      tap: values['tap'],
      html: values['html'],
      trace: values['trace'],
      markdown: values['markdown'],
    },
    configuredFiles: config.reports ?? {},
    failOnFlaky: on.has('fail-on-flaky') || config.failOnFlaky === true,
    seed: wholeNumber(values, 'seed', 0),
    name: values['name'] ?? config.name,
    discoveryTimeoutMs: config.discoveryTimeoutMs ?? 120_000,
    usesCache: !on.has('no-cache'),
  }
}

function detailOf(on: Invocation['on'], values: Invocation['values']): LogDetail {
  if (!on.has('quiet')) return on.has('verbose') ? 'verbose' : 'normal'
  const other = on.has('verbose') ? '--verbose' : on.has('json') ? '--json' : undefined
  const got = other ?? (values['reporter'] === 'board' || values['reporter'] === 'json' ? '--reporter' : undefined)
  if (got === undefined) return 'quiet'
  throw new MusterError('OPTIONS_INVALID', {
    expected: '--quiet by itself: it says itself how a run is shown',
    got: `--quiet and ${got}`,
    remedy: `Leave out --quiet or ${got}.`,
  })
}

function slotsOf(values: Readonly<Record<string, string>>): number | SlotStrategy | undefined {
  const text = values['slots']
  if (text === undefined) return undefined
  const strategy = slotStrategies.find((name) => name === text)
  if (strategy !== undefined) return strategy
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 1024) return Number(text)
  const near = nearestName(text, slotStrategies)
  throw new MusterError('OPTIONS_INVALID', {
    expected: `--slots to be a whole number from 1 to 1024, or one of ${slotStrategies.join(', ')}`,
    got: JSON.stringify(text),
    remedy: near === undefined ? 'Correct --slots.' : `Did you mean --slots ${near}?`,
  })
}
