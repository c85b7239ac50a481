// What the reference says of one export: read from the sources by `read-api`, written by `render-page`.

/** What an export is. */
export type ApiKind = 'function' | 'class' | 'interface' | 'type' | 'constant'

/** A field or method of an interface or a class. */
export interface ApiMember {
  readonly signature: string
  readonly doc: ApiDoc
  /** What a number counts, told by the last word of the name, such as `delayMs`. */
  readonly unit: string | undefined
  readonly where: string
}

/** What a docstring says. */
export interface ApiDoc {
  readonly text: string
  readonly defaultValue: string | undefined
  readonly examples: readonly string[]
}

/** One export. */
export interface ApiItem {
  readonly name: string
  readonly kind: ApiKind
  /** Source file, relative to the root. */
  readonly file: string
  /** File and line, as a terminal makes a link of it. */
  readonly where: string
  readonly doc: ApiDoc
  readonly signature: string
  readonly members: readonly ApiMember[]
  /** Keys of the exports that its declaration speaks of. */
  readonly mentions: readonly string[]
  /** The same for one declaration, however many entries export it. */
  readonly key: string
}

/** One public entry. */
export interface ApiEntry {
  /** What a user imports, such as `@muster/core/graph`. */
  readonly specifier: string
  /** The source of the entry, relative to the root. */
  readonly file: string
  /** The comment that its file opens with. */
  readonly intro: string
  readonly items: readonly ApiItem[]
}
