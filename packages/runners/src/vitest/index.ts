// The public entry of the Vitest runner; named exports only.
export { vitest } from './shell/vitest-runner.ts'
export type { VitestOptions } from './vitest-options.ts'
export type { VitestPayload } from './vitest-payload.ts'
