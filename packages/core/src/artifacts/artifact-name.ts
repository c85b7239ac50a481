// The name of a kept file, for people and for the disk. It was chosen by a test, so nothing of it may be obeyed: no way out
// of the folder, no control or bidirectional marks, no name that a system keeps for itself, nothing of any length.
import { hashText } from '../failure/hash-text.ts'

/** Longest name of one folder or file in characters; file systems take 255 bytes. */
const longestPart = 60
/** Folders above a file at most; what lies deeper is lifted. */
const deepest = 8

/** A relative name with forward slashes that is safe to print and to write below a folder. */
export function artifactName(given: string): string {
  const parts = given
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map(safePart)
  if (parts.length === 0) return 'unnamed'
  const folders = parts.slice(0, -1)
  const file = parts.at(-1) ?? 'unnamed'
  return [...folders.slice(0, deepest), file].join('/')
}

/** A part that no other text has, as far as a hash of 53 bits can tell: for folders named after tasks and runs. */
export function folderName(given: string): string {
  const plain = given.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+/, '')
  // Capitals get a hash as well: some disks take them for small letters.
  if (/^[a-z0-9][a-z0-9._-]*$/.test(given) && given.length <= longestPart) return given
  return `${plain.slice(0, 40)}-${hashText(given)}`
}

function safePart(part: string): string {
  const shown = part
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, '_')
    .replace(/[<>:"|?*]/g, '_')
    // Windows takes neither a trailing dot or space nor its devices, whatever follows their dot.
    .replace(/[. ]+$/, '_')
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '_$1')
  const characters = Array.from(shown)
  if (characters.length <= longestPart) return shown
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(shown)?.[0] ?? ''
  return `${characters.slice(0, 30).join('')}-${hashText(part)}${extension}`
}
