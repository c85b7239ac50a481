// Where a file lies, seen from a page. Only what lies below the page's own folder becomes a link: it goes with the page when that
// is copied or served, and a name that a test chose can lead nowhere else.

/** Where a page lies and where paths of artifacts begin; both absolute, or both relative to the same folder. */
export interface PagePlace {
  /** Folder of the page. */
  readonly folder: string
  /** Project's root. */
  readonly root: string
}

/** The link from the page to a file, `./` first; nothing where the file does not lie below the page's folder. */
export function linkBelow({ folder, root }: PagePlace, path: string): string | undefined {
  const isWindows = /^[A-Za-z]:[\\/]|^\\\\/.test(root) || /^[A-Za-z]:[\\/]|^\\\\/.test(folder)
  const slashed = (text: string): string => (isWindows ? text.replaceAll('\\', '/') : text)
  const isAbsolute = path.startsWith('/') || (isWindows && /^(?:[A-Za-z]:[\\/]|\\)/.test(path))
  const from = partsOf(slashed(folder))
  const to = partsOf(slashed(isAbsolute || root === '' ? path : `${root}/${path}`))
  if (from === undefined || to === undefined || to.length <= from.length) return undefined
  // The first name of an absolute path is empty: it must be on both sides or on neither.
  if ((from[0] === '') !== (to[0] === '') || from.some((part, at) => part !== to[at])) return undefined
  const rest = to.slice(from.length)
  // A half character has no form in a link.
  if (rest.some((part) => /\p{Surrogate}/u.test(part))) return undefined
  return `./${rest.map(encodeURIComponent).join('/')}`
}

/** The folders of a path; an absolute one begins with an empty name. Nothing for a path that goes up. */
function partsOf(path: string): readonly string[] | undefined {
  const parts = path.split('/').filter((part, at) => (part !== '' || at === 0) && part !== '.')
  const named = parts[0] === '' && !path.startsWith('/') ? parts.slice(1) : parts
  return named.includes('..') ? undefined : named
}
