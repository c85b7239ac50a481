// The files that an attempt left behind. A name or a path is only ever text; a link leads below the page or nowhere, and a
// picture is one that stands in the page itself.
import type { PageArtifact } from '../report-data.ts'
import { element } from './dom.ts'
import type { Page } from './page.ts'
import { visibleLine } from './visible-text.ts'

/** Pictures first, then every file with its type, size and hash; nothing where there are no files. */
export function filesView({ data }: Page, files: readonly PageArtifact[], of = ''): HTMLElement | undefined {
  if (files.length === 0) return undefined
  const pictures = files.flatMap((file) => {
    const address = data.pictures[file.picture ?? -1]
    if (address === undefined || !/^data:image\/(?:png|jpeg|gif|webp);base64,/.test(address)) return []
    const shown = visibleLine(file.name)
    return [element('img', { class: 'shot', src: address, alt: `Picture ${shown}`, title: shown, loading: 'lazy' })]
  })
  return element(
    'div',
    { class: 'files' },
    pictures.length === 0 ? undefined : element('div', { class: 'shots' }, ...pictures),
    element(
      'div',
      {},
      element('p', { class: 'files-head' }, `${files.length === 1 ? 'File' : 'Files'} ${of}`.trim()),
      element('ul', {}, ...files.map(fileRow)),
    ),
  )
}

function fileRow({ name, path, type, bytes, hash, link }: PageArtifact): HTMLElement {
  const facts = [type ?? '', bytes === undefined ? '' : sizeText(bytes), hash === undefined ? '' : `sha256 ${hash}`]
  const isSafe = link?.startsWith('./') === true
  const shown = visibleLine(name)
  return element(
    'li',
    {},
    isSafe
      ? element('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, shown)
      : element('bdi', { class: 'file-name' }, shown),
    element('span', { class: 'muted' }, visibleLine(facts.filter((fact) => fact !== '').join(' · '))),
    isSafe ? undefined : element('code', { class: 'file-path' }, visibleLine(path)),
  )
}

/** A size for people: `812 bytes`, `14 kB`, `2.3 MB`. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
