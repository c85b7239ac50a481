// The public entry of the SQLite store; named exports only.
export { decideRetention, type RetentionRules } from './decide-retention.ts'
export { schemaSteps, schemaVersion, type SchemaStep } from './schema-steps.ts'
export { checkSqlite, type SqliteCheck } from './shell/check-sqlite.ts'
export type { RepairReport, RunRepair } from './repair-report.ts'
export { repairSqlite } from './shell/repair-sqlite.ts'
export { sqlite } from './shell/sqlite.ts'
export { sqliteOptions, type SqliteOptions } from './sqlite-options.ts'
