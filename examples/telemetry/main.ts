// A run as an OpenTelemetry trace, kept in memory and drawn as a tree, and as the log lines of a pino logger. Instead of the
// exporter in memory an application would hand in the tracer that it has.
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { pino } from 'pino'
import { createOrchestrator, defineExecutor } from '@muster/core'
import { attributeNames, telemetry } from '@muster/core/telemetry'

const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })

const step = defineExecutor('step', (task, { n }) => {
  if (task.id === 'deploy' && n === 1) throw new Error('the server is busy')
})
await using muster = createOrchestrator({
  executors: [step],
  observers: [telemetry({ tracer: provider.getTracer('example') })],
  logger: pino({ base: null, timestamp: false }, { write: (line: string) => process.stdout.write(line) }),
  retry: { maxAttempts: 2, baseDelayMs: 0 },
})
await muster.run({
  run: 'release',
  tasks: [step.task({ id: 'build' }), step.task({ id: 'deploy', dependsOn: ['build'] })],
}).report

const spans = exporter.getFinishedSpans()
const below = (parent: string | undefined, indent: string): void => {
  for (const span of spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)) {
    const { name, attributes, links, events } = span
    const of = attributes[attributeNames.n] ?? attributes[attributeNames.task] ?? attributes[attributeNames.run]
    const ended =
      attributes[attributeNames.result] ?? attributes[attributeNames.verdict] ?? attributes[attributeNames.exit]
    const linked = links.map((link) => ` after ${String(link.attributes?.[attributeNames.task])}`).join('')
    console.log(`${indent}${name} ${String(of)}: ${String(ended)}${linked}`)
    for (const { name: event } of events) if (event.startsWith('muster.task')) console.log(`${indent}  (${event})`)
    below(span.spanContext().spanId, `${indent}  `)
  }
}
below(undefined, '')
