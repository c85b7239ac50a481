// Node's own SQLite, loaded when first needed: it costs milliseconds that a program which opens no store need not pay.
// Older Nodes print a warning when it is loaded; the library prints nothing.
type Sqlite = typeof import('node:sqlite')

let loaded: Sqlite | undefined

/** The module `node:sqlite`, without the warning that some Nodes print for it. */
export function loadSqlite(): Sqlite {
  if (loaded !== undefined) return loaded
  const emitWarning = Object.getOwnPropertyDescriptor(process, 'emitWarning')
  process.emitWarning = () => {}
  try {
    loaded = process.getBuiltinModule('node:sqlite')
  } finally {
    if (emitWarning !== undefined) Object.defineProperty(process, 'emitWarning', emitWarning)
  }
  return loaded
}
