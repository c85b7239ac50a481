// Several projects that share their resources (MPLIB, Van Eynde and Vanhoucke 2020): 24 projects, one owner each. An
// activity is in the group of its project; a project that is released later begins with a task that only waits.
import type { TaskDefinition } from '@muster/core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTable, type SchedulingInstance } from './scheduling-instance.ts'

/** Several projects, by number of the project of each task. */
export interface MultiProjectInstance extends SchedulingInstance {
  readonly projectOf: readonly number[]
  readonly projects: number
}

/** Every instance that the table names. */
export function readMultiProject(folder: string): readonly MultiProjectInstance[] {
  return readTable(join(folder, 'best-known.csv')).map(({ file = '', best_known }) => ({
    name: file,
    ...readProjects(join(folder, file)),
    best: Number(best_known),
    lowerBound: 0,
  }))
}

function readProjects(path: string): Pick<MultiProjectInstance, 'tasks' | 'workers' | 'projectOf' | 'projects'> {
  const words = readFileSync(path, 'utf8').split(/\s+/).filter(Boolean)
  let at = 0
  const next = (): string => words[at++] ?? ''
  const projects = Number(next())
  const names = Array.from({ length: Number(next()) }, (_, r) => `r${r + 1}`)
  const capacity = Object.fromEntries(names.map((name) => [name, Number(next())]))
  const tasks: (TaskDefinition & { readonly dependsOn: string[] })[] = []
  const byId = new Map<string, { readonly dependsOn: string[] }>()
  const edges: (readonly [string, string])[] = []
  const projectOf: number[] = []
  for (let project = 1; project <= projects; project++) {
    const count = Number(next())
    const releaseMs = Number(next())
    // Which of the resources the project uses, as its activities say themselves.
    for (const _ of names) next()
    for (let activity = 1; activity <= count; activity++) {
      const id = `${project}:${activity}`
      const expectedMs = Number(next()) + (activity === 1 ? releaseMs : 0)
      const resources = Object.fromEntries(names.map((name) => [name, Number(next())]))
      for (let left = Number(next()); left > 0; left--) edges.push([next(), id])
      const task = {
        id,
        kind: 'activity',
        expectedMs,
        dependsOn: [],
        groups: [`project ${project}`],
        needs: { resources },
      }
      tasks.push(task)
      byId.set(id, task)
      projectOf.push(project - 1)
    }
  }
  for (const [follower, leader] of edges) byId.get(follower)?.dependsOn.push(leader)
  return {
    tasks,
    workers: [{ id: 'site', engine: 'none', kinds: ['activity'], capacity: { slots: tasks.length, ...capacity } }],
    projectOf,
    projects,
  }
}
