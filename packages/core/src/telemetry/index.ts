// OpenTelemetry for runs: `@muster/core/telemetry`. It needs `@opentelemetry/api` and nothing else of the rest is loaded.
export { telemetry, type TelemetryOptions } from './telemetry.ts'
export { attributeNames, eventNames, metricNames, spanNames } from './names.ts'
