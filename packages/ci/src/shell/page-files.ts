// What the HTML page shows of files that attempts left behind: links as seen from where the page will lie, and the bytes of small
// pictures. A file that has gone, or is not what was kept, is simply not shown as a picture: the page still says where it was.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Artifact, AttemptReport, RunReport } from '@muster/core'
import { type HtmlOptions, largestPictureBytes } from '@muster/reports'

/** Bytes of pictures read for one page; in text they take a third more. */
const mostBytes = 2_200_000

/** How the page at `path` is written, for a project whose artifacts have paths from `projectRoot` on. */
export async function pageFiles(report: RunReport, path: string, projectRoot = '.'): Promise<HtmlOptions> {
  const root = resolve(projectRoot)
  return { root, folder: dirname(path), pictures: await readPictures(picturesOf(report), root) }
}

/** Small pictures, those of attempts that did not pass first. */
function picturesOf({ tasks }: RunReport): readonly Artifact[] {
  const attempts = tasks.flatMap((task) => task.attempts)
  const [passed, others] = [attempts.filter(hasPassed), attempts.filter((attempt) => !hasPassed(attempt))]
  return [...others, ...passed]
    .flatMap(({ ending }) => (ending.kind === 'ended' ? (ending.outcome.artifacts ?? []) : []))
    .filter(
      ({ contentType = '', bytes = Infinity }) => contentType.startsWith('image/') && bytes <= largestPictureBytes,
    )
}

function hasPassed({ ending }: AttemptReport): boolean {
  return ending.kind === 'ended' && ending.outcome.result === 'passed'
}

async function readPictures(artifacts: readonly Artifact[], root: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>()
  let left = mostBytes
  for (const { path, sha256, bytes = 0 } of artifacts) {
    if (sha256 === undefined || pictures.has(sha256) || bytes > left) continue
    const content = await readWhole(resolve(root, path))
    if (content === undefined || createHash('sha256').update(content).digest('hex') !== sha256) continue
    left -= content.length
    pictures.set(sha256, content)
  }
  return pictures
}

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  try {
    const found = await stat(path)
    return found.isFile() && found.size <= largestPictureBytes ? await readFile(path) : undefined
  } catch {
    return undefined
  }
}
