// Errors and assertions by themselves: `@muster/core/errors` loads neither the orchestrator nor zod, so that readers and
// adapters that only refuse bad input start at once.
export { errorCatalogue, type ErrorCode, type ErrorDescription } from './error-catalogue.ts'
export { invariant } from './invariant.ts'
export { isMusterError, MusterError, type ErrorFacts } from './muster-error.ts'
export { expectedBy } from './expected-by.ts'
export { showValue } from './show-value.ts'
