// The end of a program whose parent is gone: nobody reads its exit code, and nobody would end it if it did not. `process.exit` is
// no sure end, since Node 24.21 was seen to wait there for ever, for a compiling thread that itself waited for a collection that
// never came. Where a parent watches, an agent under its supervisor or a supervisor under its coordinator, `process.exit` is
// right: it says how it went, and whoever watches kills what does not come to its end.
import { flushCompileCache } from 'node:module'

/** Ends this process for certain. Whatever it still had to say must have been written. */
export function endUnwatched(): void {
  flushCompileCache()
  process.kill(process.pid, 'SIGKILL')
}
