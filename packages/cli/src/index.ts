// What a `muster.config.ts` imports, and the schema for programs that write one. The command itself is `bin`.
export {
  type ConfiguredGroup,
  type ConfiguredTask,
  defineConfig,
  type FileDependency,
  type FileRule,
  type MusterConfig,
  type NamedRunner,
} from './config/config.ts'
export type { StrategyName } from './strategy/strategy-names.ts'
export { configJsonSchema, configSchema } from './config/config-schema.ts'
export { type RunNote, runNoteSchema } from './runs/run-note.ts'
export { type StreamLine, streamLineSchema } from './stream/stream-line-schema.ts'
