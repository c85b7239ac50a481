// A report with its failures by cause, told against what the history knew before. Working them out reads the history, and a
// history that cannot be read must not keep anybody from the report: the causes are then told without their past.
import { groupFailures, knownFailures } from '@muster/analysis'
import type { FailureGroups, RunReport, Store } from '@muster/core'

/** The report with its causes, and what kept their past from being told. */
export interface GroupedReport {
  readonly report: RunReport & { readonly failureGroups: FailureGroups }
  readonly problem?: string | undefined
}

/** Works out the causes of `report`. */
export async function withGroups(store: Store, report: RunReport): Promise<GroupedReport> {
  const apart = groupFailures(report)
  // Nothing failed: the history need not be read.
  if (apart.failures === 0) return { report: { ...report, failureGroups: apart } }
  try {
    const known = await knownFailures(store, report)
    return { report: { ...report, failureGroups: groupFailures(report, { known }) } }
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error)
    return {
      report: { ...report, failureGroups: apart },
      problem: `the causes of failures are told without their past: ${because}`,
    }
  }
}
