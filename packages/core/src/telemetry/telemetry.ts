// Turns what an observer hears into spans and metrics. It decides nothing and holds nothing up; where they go, how they are
// sampled and sent is the business of whoever hands in a tracer and a meter.
import type { Context, Meter, Tracer } from '@opentelemetry/api'
import { MusterError } from '../errors/muster-error.ts'
import type { Observer } from '../ports/observer.ts'
import { RunMetrics } from './run-metrics.ts'
import { RunTrace } from './run-trace.ts'

/** Where telemetry goes: a tracer, a meter, or both. */
export interface TelemetryOptions {
  /** Makes spans of runs, tasks and attempts. @defaultValue no spans */
  readonly tracer?: Tracer | undefined
  /** Makes counters and histograms. @defaultValue no metrics */
  readonly meter?: Meter | undefined
  /** Context that spans of runs are children of. @defaultValue none: each run is a trace of its own */
  readonly parent?: Context | undefined
}

/**
 * An observer that makes OpenTelemetry spans and metrics of runs.
 *
 * @example
 * ```ts
 * import { metrics, trace } from '@opentelemetry/api'
 * const observer = telemetry({ tracer: trace.getTracer('tests'), meter: metrics.getMeter('tests') })
 * await using muster = createOrchestrator({ executors, observers: [observer] })
 * ```
 */
export function telemetry({ tracer, meter, parent }: TelemetryOptions): Observer {
  if (tracer === undefined && meter === undefined) {
    throw new MusterError('OPTIONS_INVALID', { expected: 'a tracer, a meter or both', got: 'neither' })
  }
  const metrics = meter === undefined ? undefined : new RunMetrics(meter)
  const traces = new Map<string, RunTrace>()
  return {
    name: 'telemetry',
    event: (event, run) => {
      metrics?.event(event, run)
      if (tracer === undefined) return
      if (event.kind === 'run-started' && !traces.has(run))
        traces.set(run, new RunTrace({ tracer, run, parent }, event))
      traces.get(run)?.event(event)
      if (event.kind === 'run-ended') traces.delete(run)
    },
    stopped: (run, error) => {
      metrics?.stopped(run)
      traces.get(run)?.stopped(error)
      traces.delete(run)
    },
  }
}
