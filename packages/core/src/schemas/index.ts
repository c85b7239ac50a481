// Schemas of what core writes: `@muster/core/schemas`.
export { graphDocument } from '../graph/graph-document-schema.ts'
export { commitSchema, commitSchema1 } from './commit-schema.ts'
export { failureGroupsSchema } from './failure-groups-schema.ts'
export {
  attemptDetailsSchema,
  caseCountsSchema,
  caseResultSchema,
  caseScopeSchema,
  failureSchema,
  groupDefinitionSchema,
  outcomeSchema,
  taskDefinitionSchema,
  taskFactsSchema,
  workerDefinitionSchema,
} from './model-schemas.ts'
export {
  failureCategories,
  failureCategorySchema,
  type VerdictCounts,
  verdictCountsSchema,
  verdictKindSchema,
} from './word-schemas.ts'
export { supervisorMessageSchema } from './message-schema.ts'
export { recoveryUsedSchema, strategyOptionsSchema } from '../recovery/recovery-schemas.ts'
export { recoveryRecordSchema } from '../recovery/recovery-record-schema.ts'
