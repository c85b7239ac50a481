// The public entry of the runner for node:test; named exports only.
export { nodeTest } from './shell/node-runner.ts'
export type { NodeTestOptions } from './node-options.ts'
export type { NodeTestPayload } from './node-payload.ts'
