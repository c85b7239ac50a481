// What must hold of files that tests name, whatever they are called. The laws are functions of what they judge, so that planted
// faults can show that they would notice.
import { posix } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Artifact } from '@muster/core'
import fc from 'fast-check'
import { expect } from 'vitest'
import { hostileText } from '../../../laws/any-report.ts'
import type { PagePlace } from '../../link-below.ts'

const part = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('kept', 'a', '.muster', 'login page.png', '..', '.', '') },
  fc.constantFrom('javascript:alert(1)', '//evil.test', '%2e%2e', '?q', '#x', 'ü', '\\..\\..', 'C:', 'data:text'),
  hostileText.map((text) => text.replaceAll('\0', '')),
)
const anyPath = fc
  .tuple(fc.constantFrom('', '', '/project/', '/project/.muster/', '/'), fc.array(part, { minLength: 1, maxLength: 4 }))
  .map(([start, parts]) => start + parts.join('/'))
const anyPlace: fc.Arbitrary<PagePlace> = fc.constantFrom(
  { root: '/project', folder: '/project' },
  { root: '/project', folder: '/project/.muster' },
  { root: '/project', folder: '/project/kept/a' },
  { root: '/project', folder: '/' },
)

/** A link leads to the file itself, below the page's folder; what lies below by a plain path has a link. */
export function linksStayBelow(link: (place: PagePlace, path: string) => string | undefined): void {
  let linked = 0
  fc.assert(
    fc.property(anyPlace, anyPath, (place, path) => {
      const address = link(place, path)
      const file = posix.resolve(place.root, path)
      const isBelow = file.startsWith(place.folder === '/' ? '/' : `${place.folder}/`) && file !== place.folder
      const isPlain = !path.split('/').includes('..') && !/\p{Surrogate}/u.test(path) && file !== place.folder
      if (address === undefined) {
        expect(isBelow && isPlain && path !== '').toBe(false)
        return
      }
      linked += 1
      expect(isBelow).toBe(true)
      expect(address.startsWith('./')).toBe(true)
      const page = pathToFileURL(posix.join(place.folder, 'report.html'))
      const led = new URL(address, page)
      expect([led.protocol, led.host, led.search, led.hash]).toEqual(['file:', '', '', ''])
      expect(fileURLToPath(led)).toBe(file)
    }),
    { seed: 31, numRuns: 2000 },
  )
  expect(linked).toBeGreaterThan(100)
}

/** Each file is one line, and a line that a service reads as an attachment names a file that was there, in full. */
export function attachmentsNameFiles(write: (artifacts: readonly Artifact[]) => string): void {
  const path = fc.oneof(
    fc.constantFrom(
      'kept/shot.png',
      'a]]\n[[ATTACHMENT|/etc/passwd',
      '[[ATTACHMENT|x]]',
      'a|b',
      'kept/\u202egnp.exe',
      ' x',
    ),
    hostileText,
  )
  let attached = 0
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 4 }), (paths) => {
      const text = write(paths.map((one, at) => ({ name: `f${at}`, path: one })))
      const inside = /^ *<system-out>(.*)<\/system-out>\n$/s.exec(text)?.[1] ?? ''
      const lines = inside.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').split('\n')
      expect(lines).toHaveLength(paths.length)
      const marked = lines.flatMap((line) => Array.from(line.matchAll(/\[\[ATTACHMENT\|(.*?)\]\]/g), ([, one]) => one))
      for (const one of marked) expect(paths).toContain(one)
      attached += marked.length
      for (const one of paths) if (/^[\w./]+$/.test(one)) expect(marked).toContain(one)
    }),
    { seed: 32 },
  )
  expect(attached).toBeGreaterThan(20)
}

const beginnings = [
  ...[
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    [0xff, 0xd8, 0xff],
    [0x47, 0x49, 0x46, 0x38],
  ],
  ...[
    [0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50],
    Array.from(Buffer.from('<svg onload=alert(1)>')),
    [],
  ],
]

/** A picture is the very bytes, as a type that a page can only show; anything else is none. */
export function picturesAreShown(text: (bytes: Uint8Array) => string | undefined): void {
  let shown = 0
  fc.assert(
    fc.property(fc.nat(beginnings.length - 1), fc.uint8Array({ maxLength: 40 }), (at, rest) => {
      const bytes = Uint8Array.from([...(beginnings[at] ?? []), ...rest])
      const address = text(bytes)
      expect(address !== undefined).toBe(at < 4)
      if (address === undefined) return
      shown += 1
      const [type, data = ''] = address.split(';base64,')
      expect(type).toBe(['data:image/png', 'data:image/jpeg', 'data:image/gif', 'data:image/webp'][at])
      expect(data).toBe(Buffer.from(bytes).toString('base64'))
    }),
    { seed: 33 },
  )
  expect(shown).toBeGreaterThan(20)
  expect(text(Uint8Array.from({ length: 200_001 }, (_, at) => beginnings[0]?.[at] ?? 0))).toBeUndefined()
}
