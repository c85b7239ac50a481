// Against the real SDK: what it exports is what a backend gets.
import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import type { RunReport } from '../model/report.ts'
import { defineExecutor } from '../run/define-executor.ts'
import { createOrchestrator } from '../shell/orchestrator.ts'
import { memoryStore } from '../shell/memory-store.ts'
import { attributeNames, eventNames, metricNames, spanNames } from './names.ts'
import { telemetry } from './telemetry.ts'

const build = defineExecutor('build', async ({ id }, { n, caseEnded }) => {
  caseEnded({ path: [id], result: 'passed', durationMs: 1 })
  if (id === 'shaky' && n === 1) throw new TypeError('not yet')
  if (id === 'broken') throw new Error('never')
})
const tasks = [
  build.task({ id: 'base' }),
  build.task({ id: 'shaky', dependsOn: ['base'] }),
  build.task({ id: 'broken' }),
  build.task({ id: 'behind', dependsOn: ['broken'] }),
]

function openTraces(): { readonly provider: BasicTracerProvider; readonly spans: () => readonly ReadableSpan[] } {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  return { provider, spans: () => exporter.getFinishedSpans() }
}

async function runAll(observer: ReturnType<typeof telemetry>): Promise<RunReport> {
  await using muster = createOrchestrator({
    executors: [build],
    observers: [observer],
    retry: { maxAttempts: 2, baseDelayMs: 0 },
  })
  return await muster.run({ run: 'traced', tasks }).report
}

test('a run is a trace: tasks below it, attempts below those, links to what they waited for', async () => {
  const { provider, spans } = openTraces()
  await runAll(telemetry({ tracer: provider.getTracer('muster') }))
  const found = (name: string, task?: string): readonly ReadableSpan[] =>
    spans().filter(
      (span) => span.name === name && (task === undefined || span.attributes[attributeNames.task] === task),
    )
  const [run] = found(spanNames.run)
  expect(found(spanNames.run)).toHaveLength(1)
  expect(run?.attributes).toMatchObject({
    [attributeNames.run]: 'traced',
    [attributeNames.tasks]: 4,
    [attributeNames.exit]: 'failed',
    [attributeNames.exitCode]: 1,
  })
  expect(run?.status.code).toBe(SpanStatusCode.ERROR)
  expect(run?.kind).toBe(SpanKind.INTERNAL)
  expect(run?.events.map(({ name }) => name)).toContain(eventNames.workerJoined)

  expect(found(spanNames.task)).toHaveLength(4)
  for (const span of found(spanNames.task)) {
    expect(span.parentSpanContext?.spanId).toBe(run?.spanContext().spanId)
    expect(span.spanContext().traceId).toBe(run?.spanContext().traceId)
  }
  const [base] = found(spanNames.task, 'base')
  const [shaky] = found(spanNames.task, 'shaky')
  expect(shaky?.links.map(({ context }) => context.spanId)).toEqual([base?.spanContext().spanId])
  expect(shaky?.attributes).toMatchObject({
    [attributeNames.verdict]: 'flaky',
    [attributeNames.dependsOn]: ['base'],
    [attributeNames.suiteStatus]: 'success',
  })
  expect(shaky?.status.code).toBe(SpanStatusCode.OK)
  expect(shaky?.events.map(({ name, attributes }) => [name, attributes?.[attributeNames.n]])).toEqual([
    [eventNames.retry, 2],
  ])

  const attempts = found(spanNames.attempt, 'shaky')
  expect(attempts.map(({ attributes }) => [attributes[attributeNames.n], attributes[attributeNames.result]])).toEqual([
    [1, 'failed'],
    [2, 'passed'],
  ])
  for (const span of attempts) expect(span.parentSpanContext?.spanId).toBe(shaky?.spanContext().spanId)
  expect(attempts[0]?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'not yet' })
  expect(attempts[0]?.attributes[attributeNames.category]).toBe('exception')
  expect(attempts[0]?.events.find(({ name }) => name === 'exception')?.attributes).toMatchObject({
    'exception.type': 'TypeError',
    'exception.message': 'not yet',
  })

  const [behind] = found(spanNames.task, 'behind')
  expect(behind?.attributes[attributeNames.verdict]).toBe('blocked')
  expect(behind?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'blocked by broken' })
  expect(found(spanNames.attempt, 'behind')).toEqual([])
})

test('two runs at once do not mix, though their tasks have the same names', async () => {
  const { provider, spans } = openTraces()
  const observer = telemetry({ tracer: provider.getTracer('muster') })
  await using muster = createOrchestrator({ executors: [build], observers: [observer], retry: { maxAttempts: 2 } })
  const runs = ['one', 'two'].map((run) => muster.run({ run, tasks: tasks.slice(0, 1) }).report)
  await Promise.all(runs)
  for (const run of ['one', 'two']) {
    const own = spans().filter(({ attributes }) => attributes[attributeNames.run] === run)
    expect(own.map(({ name }) => name).toSorted()).toEqual([spanNames.attempt, spanNames.run, spanNames.task])
    expect(new Set(own.map((span) => span.spanContext().traceId)).size).toBe(1)
  }
})

test('a run that breaks leaves no span open', async () => {
  const { provider, spans } = openTraces()
  const store = memoryStore()
  const stall = defineExecutor('stall', async (_, { signal }) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
  })
  await using muster = createOrchestrator({
    executors: [stall],
    store,
    observers: [telemetry({ tracer: provider.getTracer('muster') })],
  })
  const run = muster.run({ run: 'broken', tasks: [stall.task({ id: 'a' })] })
  run.on('attempt-started', () => {
    void store.openJournal({ run: 'broken', owner: 'somebody else', leaseMs: 1000, takeOver: true }).then(() => {
      run.pause()
    })
  })
  await expect(run.report).rejects.toMatchObject({ code: 'RUN_TAKEN_OVER' })
  await Promise.resolve()
  expect(spans().map(({ name, status }) => [name, status.code])).toEqual([
    [spanNames.attempt, SpanStatusCode.ERROR],
    [spanNames.task, SpanStatusCode.ERROR],
    [spanNames.run, SpanStatusCode.ERROR],
  ])
})

test('metrics count verdicts, results, retries and cases, and nothing is left running', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const provider = new MeterProvider({ readers: [reader] })
  await runAll(telemetry({ meter: provider.getMeter('muster') }))
  await provider.forceFlush()
  const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
  const pointsOf = (name: string): readonly { readonly attributes: Attributes; readonly value: unknown }[] =>
    metrics.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? []
  const by = (name: string, attribute: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      pointsOf(name).map(({ attributes, value }): [string, unknown] => [String(attributes[attribute]), value]),
    )

  expect(by(metricNames.tasks, attributeNames.verdict)).toEqual({ passed: 1, flaky: 1, failed: 1, blocked: 1 })
  expect(by(metricNames.attempts, attributeNames.result)).toEqual({ passed: 2, failed: 3 })
  expect(by(metricNames.cases, attributeNames.result)).toEqual({ passed: 5 })
  expect(pointsOf(metricNames.retries).map(({ value }) => value)).toEqual([2])
  expect(pointsOf(metricNames.running).map(({ value }) => value)).toEqual([0])
  expect(by(metricNames.duration, attributeNames.result)).toMatchObject({ passed: { count: 2 }, failed: { count: 3 } })
  expect(metrics.find(({ descriptor }) => descriptor.name === metricNames.duration)?.descriptor.unit).toBe('s')
  await provider.shutdown()
})

test('with nothing to tell it to, it is refused', () => {
  expect(() => telemetry({})).toThrow('a tracer, a meter or both')
})
