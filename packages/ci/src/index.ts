// The public entry of this package; named exports only.
export { exitVerdict, type BuildExit, type ExitOptions } from './verdict/exit-verdict.ts'
export { exitCodeTable, type ExitCode, type ExitKind } from './verdict/exit-codes.ts'
export { exitOfError } from './verdict/exit-of-error.ts'
export { checkPublication, publish } from './shell/publish.ts'
export type { PublishedDocument } from './shell/each-document.ts'
export { type DocumentKind, writeDocument } from './publication/write-document.ts'
export type { PublishOptions } from './publication/publish-options.ts'
