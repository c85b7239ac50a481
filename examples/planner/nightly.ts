// Thirty tasks as a nightly run has them: builds, suites that wait for their build and for fixtures, some of which flash the
// only device. Lengths and needs stand in a table, as a history would give them.
interface NightlyTask {
  readonly id: string
  readonly kind: string
  readonly expectedMs: number
  readonly dependsOn: readonly string[]
  readonly needs: { readonly resources: Readonly<Record<string, number>> }
}

const task = (
  id: string,
  expectedMs: number,
  resources: Record<string, number>,
  ...dependsOn: string[]
): NightlyTask => ({
  id,
  kind: 'test',
  expectedMs,
  dependsOn,
  needs: { resources },
})

const parts = ['audio', 'video', 'radio', 'power', 'touch', 'store']
const lengths = [
  [50, 25, 40, 45, 20],
  [30, 35, 40, 25, 15],
  [30, 20, 40, 45, 25],
  [50, 5, 40, 45, 30],
  [45, 50, 45, 5, 15],
  [5, 25, 5, 15, 50],
]

/** The tasks of the night. */
export const nightly: readonly NightlyTask[] = parts.flatMap((part, row) => {
  const [build = 0, unit = 0, flash = 0, device = 0, report = 0] = lengths[row] ?? []
  return [
    task(`${part}-build`, build, { memory: 2 + (row % 3) }),
    task(`${part}-unit`, unit, { memory: 3 }, `${part}-build`),
    task(`${part}-flash`, flash, { memory: 1, device: row % 2 }, `${part}-build`),
    task(`${part}-device`, device, { memory: 2, device: 1 }, `${part}-flash`),
    task(`${part}-report`, report, { memory: 4 - (row % 2) }, `${part}-unit`, `${part}-device`),
  ]
})
