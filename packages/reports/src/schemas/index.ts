// Schemas of what this package writes: `@muster/reports/schemas`. Loads zod.
export { isRunReport, runReportJsonSchema, runReportSchema } from './run-report-schema.ts'
export { parseRunReport } from './parse-run-report.ts'
