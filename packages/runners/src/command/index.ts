// The public entry of the command runner; named exports only.
export { command } from './shell/command-runner.ts'
export type { CommandCases, CommandOptions, CommandTask, ResultsFile, ResultsPrinted } from './command-options.ts'
export type { CommandPayload } from './command-payload.ts'
