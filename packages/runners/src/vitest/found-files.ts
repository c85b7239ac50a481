// What the process that looks for Vitest's test files tells the one that asked.

/** One test file as Vitest finds it. */
export interface FoundFile {
  /** Absolute path. */
  readonly path: string
  /** Name of its Vitest project; empty where it has none. */
  readonly project: string
  readonly pool: string
}

/** How the search ended. */
export type FoundFiles =
  | { readonly kind: 'found'; readonly files: readonly FoundFile[]; readonly projects: number }
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
  if (value.kind === 'found') return 'files' in value && Array.isArray(value.files) && 'projects' in value
  return (value.kind === 'failed' && 'message' in value) || (value.kind === 'missing' && 'remedy' in value)
}
