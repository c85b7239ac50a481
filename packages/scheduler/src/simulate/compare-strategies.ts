// Policies side by side on one workload: a table to read and bars to look at.
import type { Policy } from '@muster/core'
import { type ScheduleMetrics, scheduleMetrics } from './schedule-metrics.ts'
import { simulateSchedule } from './simulate-schedule.ts'
import type { Workload } from './workload.ts'

/** One policy on the workload. */
export interface ComparedPolicy {
  /** The name that the caller gave it. */
  readonly name: string
  readonly metrics: ScheduleMetrics
}

/** Policies side by side. */
export interface StrategyComparison {
  /** In the order in which they were given. */
  readonly rows: readonly ComparedPolicy[]
  /** Name of the one with the shortest makespan; the first of them where several have it. */
  readonly shortest: string
  /** The rows as text in columns. */
  readonly table: string
  /** A bar for each makespan. */
  readonly plot: string
}

/**
 * Simulates a workload under each policy.
 *
 * @example
 * ```ts
 * console.log(compareStrategies(workload, { today: fifo(), mine: longestFirst() }).table)
 * ```
 */
export function compareStrategies(workload: Workload, policies: Readonly<Record<string, Policy>>): StrategyComparison {
  const rows = Object.entries(policies).map(([name, policy]) => ({
    name,
    metrics: scheduleMetrics(workload, simulateSchedule({ workload, policy })),
  }))
  const shortest = rows.reduce<ComparedPolicy | undefined>(
    (best, row) => (best === undefined || row.metrics.makespanMs < best.metrics.makespanMs ? row : best),
    undefined,
  )
  return { rows, shortest: shortest?.name ?? '', table: tableOf(rows), plot: plotOf(rows) }
}

interface Column {
  readonly head: string
  readonly text: (metrics: ScheduleMetrics) => string | undefined
}

const columns: readonly Column[] = [
  { head: 'makespan', text: ({ makespanMs }) => seconds(makespanMs) },
  { head: 'mean wait', text: ({ meanWaitMs }) => seconds(meanWaitMs) },
  { head: 'p95 wait', text: ({ p95WaitMs }) => seconds(p95WaitMs) },
  { head: 'deadlines', text: ({ deadlinesMet }) => (deadlinesMet === undefined ? undefined : percent(deadlinesMet)) },
  { head: 'fairness', text: ({ jain }) => jain?.toFixed(3) },
  { head: 'in use', text: ({ utilisation }) => percent(utilisation) },
  { head: 'cost', text: ({ cost }) => seconds(cost) },
]

function tableOf(rows: readonly ComparedPolicy[]): string {
  const shown = columns.filter(({ text }) => rows.some(({ metrics }) => text(metrics) !== undefined))
  const lines = [
    ['', ...shown.map(({ head }) => head)],
    ...rows.map(({ name, metrics }) => [name, ...shown.map(({ text }) => text(metrics) ?? '-')]),
  ]
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? []
  return lines
    .map((line) =>
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const barWidth = 40

function plotOf(rows: readonly ComparedPolicy[]): string {
  const longest = Math.max(0, ...rows.map(({ metrics }) => metrics.makespanMs))
  const width = Math.max(0, ...rows.map(({ name }) => name.length))
  return rows
    .map(({ name, metrics }) => {
      const filled = longest === 0 ? 0 : Math.round((barWidth * metrics.makespanMs) / longest)
      return `${name.padEnd(width)}  ${'█'.repeat(filled)} ${seconds(metrics.makespanMs)}`
    })
    .join('\n')
}

function seconds(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 600_000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
