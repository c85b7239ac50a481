// The files of attempts as the page shows them: those of attempts that did not pass first, since there is room for some
// thousands only. Pictures that are small, and whose bytes the caller has, stand in the page; everything else is a link or a path.
import type { Artifact, RunReport } from '@muster/core'
import { artifactsOf } from '../artifacts/artifacts-of.ts'
import { linkBelow, type PagePlace } from '../artifacts/link-below.ts'
import { pictureText } from '../artifacts/picture-text.ts'
import type { Timeline } from '../timeline/timeline.ts'
import type { PageArtifact } from './report-data.ts'

/** What the caller knows of the files. */
export interface ArtifactPlaces {
  readonly place?: PagePlace | undefined
  readonly pictures?: ReadonlyMap<string, Uint8Array> | undefined
}

/** The files of all attempts, and the pictures among them, each once. */
export interface ArtifactColumns {
  /** Position of the attempt and its files. */
  readonly artifacts: readonly (readonly [number, readonly PageArtifact[]])[]
  /** Addresses of pictures. */
  readonly pictures: readonly string[]
  readonly leftOut: number
}

/** Files and pictures on the page and of one attempt at most; `pictures`, `path` and `name` in characters. */
const most = { files: 5000, ofAttempt: 50, pictures: 3_000_000, path: 1000, name: 300 }

/** The files of a run as columns. */
export function artifactColumns(
  { tasks }: Pick<RunReport, 'tasks'>,
  { attempts }: Timeline,
  places: ArtifactPlaces,
): ArtifactColumns {
  const pictures = new PictureTable(places.pictures)
  const artifacts: (readonly [number, readonly PageArtifact[]])[] = []
  let room = most.files
  let leftOut = 0
  const order = attempts.map((_, at) => at).sort((a, b) => weight(attempts[a]) - weight(attempts[b]) || a - b)
  for (const at of order) {
    const attempt = attempts[at]
    const report = tasks[attempt?.task ?? -1]?.attempts.find(({ n }) => n === attempt?.n)
    const all = report === undefined ? [] : artifactsOf(report)
    if (all.length === 0) continue
    const shown = all.slice(0, Math.min(room, most.ofAttempt))
    room -= shown.length
    leftOut += all.length - shown.length
    if (shown.length > 0) artifacts.push([at, shown.map((artifact) => pageArtifact(artifact, places, pictures))])
  }
  return { artifacts, pictures: pictures.addresses, leftOut }
}

function weight(attempt: Timeline['attempts'][number] | undefined): number {
  return attempt?.state === 'passed' ? 1 : 0
}

function pageArtifact(artifact: Artifact, { place }: ArtifactPlaces, pictures: PictureTable): PageArtifact {
  const { name, path, contentType, bytes, sha256 } = artifact
  const link = place === undefined ? undefined : linkBelow(place, path)
  const picture = pictures.numberOf(sha256)
  return {
    name: cut(name, most.name),
    path: cut(path, most.path),
    ...(contentType === undefined ? {} : { type: cut(contentType, 100) }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(sha256 === undefined ? {} : { hash: sha256.slice(0, 12) }),
    ...(link === undefined ? {} : { link }),
    ...(picture === undefined ? {} : { picture }),
  }
}

/** Pictures by their hash, each once, as long as there is room. */
class PictureTable {
  readonly #addresses: string[] = []
  readonly #given: ReadonlyMap<string, Uint8Array>
  readonly #numbers = new Map<string, number | undefined>()
  #room: number = most.pictures

  constructor(given: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#given = given
  }

  /** All addresses that were given a number, by it. */
  get addresses(): readonly string[] {
    return this.#addresses
  }

  /** The number of a picture; nothing where it is not known, none that is shown, or too large for what room is left. */
  numberOf(sha256: string | undefined): number | undefined {
    const bytes = sha256 === undefined ? undefined : this.#given.get(sha256)
    if (sha256 === undefined || bytes === undefined) return undefined
    if (this.#numbers.has(sha256)) return this.#numbers.get(sha256)
    const address = pictureText(bytes)
    const fits = address !== undefined && address.length <= this.#room
    this.#numbers.set(sha256, fits ? this.#addresses.length : undefined)
    if (!fits) return undefined
    this.#room -= address.length
    return this.#addresses.push(address) - 1
  }
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`
}
