// Files that tests name stay harmless, whatever they are called.
import { test } from 'vitest'
import { writeAttachments } from '../junit/attachments.ts'
import { attachmentsNameFiles, linksStayBelow, picturesAreShown } from './laws/shell/file-laws.ts'
import { linkBelow } from './link-below.ts'
import { pictureText } from './picture-text.ts'

test('a link leads to the file itself, below the folder of the page, or there is none', () => {
  linksStayBelow(linkBelow)
})

test('an attachment names a file that was there, and no path makes another', () => {
  attachmentsNameFiles(writeAttachments)
})

test('a picture is the very bytes, of a type that can only be shown', () => {
  picturesAreShown(pictureText)
})
