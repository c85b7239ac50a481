// Planted faults in how files of tests are shown: the laws must notice every one of them.
import { expect, test } from 'vitest'
import { writeAttachments } from '../junit/attachments.ts'
import { attachmentsNameFiles, linksStayBelow, picturesAreShown } from './laws/shell/file-laws.ts'
import { linkBelow } from './link-below.ts'
import { pictureText } from './picture-text.ts'

const links: Readonly<Record<string, typeof linkBelow>> = {
  'is the path as it is': (_, path) => path,
  'is never there': () => undefined,
  'is not escaped': (place, path) => {
    const link = linkBelow(place, path)
    return link === undefined ? undefined : decodeURIComponent(link)
  },
  'goes up': (place, path) => linkBelow(place, path.replaceAll('../', '')),
  'takes absolute paths for relative ones': (place, path) => linkBelow(place, path.replace(/^\/+/, '')),
  'forgets where the page lies': ({ root }, path) => linkBelow({ root, folder: root }, path),
}
test.each(Object.keys(links))('a link that %s is noticed', (fault) => {
  expect(() => {
    linksStayBelow(links[fault] ?? linkBelow)
  }).toThrow()
})

const attachments: Readonly<Record<string, typeof writeAttachments>> = {
  'takes any path': (all = []) =>
    `<system-out>${all.map(({ path }) => `[[ATTACHMENT|${path}]]`).join('\n')}</system-out>\n`,
  'leaves files out': (all = []) => writeAttachments(all.slice(1)),
  'names none': (all = []) => `<system-out>${all.map(() => '-').join('\n')}</system-out>\n`,
}
test.each(Object.keys(attachments))('an attachment that %s is noticed', (fault) => {
  expect(() => {
    attachmentsNameFiles(attachments[fault] ?? writeAttachments)
  }).toThrow()
})

const pictures: Readonly<Record<string, typeof pictureText>> = {
  'may be of any type': (bytes) =>
    pictureText(bytes) ?? `data:image/svg+xml;base64,${Buffer.from(bytes).toString('base64')}`,
  'loses its end': (bytes) => pictureText(bytes.subarray(0, Math.max(12, bytes.length - 1))),
  'may be of any size': (bytes) => pictureText(bytes.subarray(0, 100)),
}
test.each(Object.keys(pictures))('a picture that %s is noticed', (fault) => {
  expect(() => {
    picturesAreShown(pictures[fault] ?? pictureText)
  }).toThrow()
})
