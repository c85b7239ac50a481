// What the process that looks for Vitest's test files tells the one that asked.

/** One test file as Vitest finds it. */
export interface FoundFile {
  /** Absolute path. */
  readonly path: string
  /** Name of its Vitest project; empty where it has none. */
  readonly project: string
  readonly pool: string
}

/** What a Vitest project leaves aside. */
export interface LeftAside {
  /** Absolute; the globs are relative to it. */
  readonly folder: string
  readonly globs: readonly string[]
}

/** What the answer rests on, as far as Vitest can tell. */
export interface SearchBasis {
  /** Configuration files and the modules of the project that they import, absolute. */
  readonly sources: readonly string[]
  /** Folders that are searched, absolute. */
  readonly folders: readonly string[]
  /** The names of files alone decide which of them are tests, and none in `node_modules` or `.git` is one. */
  readonly isByName: boolean
}

/** The answer of a search that went well. */
export interface FoundByVitest {
  readonly kind: 'found'
  readonly files: readonly FoundFile[]
  readonly projects: number
  readonly leftAside: readonly LeftAside[]
  readonly basis: SearchBasis
}

/** How the search ended. */
export type FoundFiles =
  | FoundByVitest
  /** Vitest or its configuration threw. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'missing'; readonly expected: string; readonly got: string; readonly remedy: string }

/** Reads one answer; nothing where the line holds none. */
export function readFoundFiles(line: string): FoundFiles | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isFoundFiles(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isFoundFiles(value: unknown): value is FoundFiles {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'found') return ['files', 'projects', 'leftAside', 'basis'].every((name) => name in value)
  return (value.kind === 'failed' && 'message' in value) || (value.kind === 'missing' && 'remedy' in value)
}
