// The files that a task's attempts left behind. They belong to attempts, not to cases: which of a hundred cases took a picture
// nobody knows, so they are shown once for their task.
import type { Artifact, RunReport, TaskReport } from '@muster/core'
import { isBad, isFlaky, type ReportCase } from '../cases/report-case.ts'
import { artifactsOf } from './artifacts-of.ts'

/** Files of all attempts of a task, those of the first attempt first; a content that several left alike is there once. */
export function taskArtifacts({ attempts }: TaskReport): readonly Artifact[] {
  const all = attempts.flatMap(artifactsOf)
  const seen = new Set<string>()
  return all.filter(({ name, sha256, path }) => {
    const key = JSON.stringify([name, sha256 ?? path])
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** The row at which a task's files are shown: the first that failed, else the first that was flaky, else the first. */
export function artifactsByRow(
  { tasks }: Pick<RunReport, 'tasks'>,
  rows: readonly ReportCase[],
): ReadonlyMap<ReportCase, readonly Artifact[]> {
  const byTask = new Map<string, readonly Artifact[]>()
  for (const task of tasks) {
    const artifacts = taskArtifacts(task)
    if (artifacts.length > 0) byTask.set(task.id, artifacts)
  }
  if (byTask.size === 0) return new Map()
  const places = new Map<string, ReportCase>()
  for (const row of rows) {
    const place = places.get(row.task)
    if (byTask.has(row.task) && (place === undefined || weightOf(row) > weightOf(place))) places.set(row.task, row)
  }
  return new Map(Array.from(places, ([task, row]) => [row, byTask.get(task) ?? []]))
}

function weightOf(row: ReportCase): number {
  if (isBad(row.case)) return 2
  return isFlaky(row.case) ? 1 : 0
}
