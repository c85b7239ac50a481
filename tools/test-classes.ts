// The classes of tests, each a project of the test runner. What a file is called says which class it belongs to.

/** A class of tests. */
export interface TestClass {
  readonly name: string
  readonly include: readonly string[]
  /** Whether its tests need the built packages rather than the sources. */
  readonly needsBuild: boolean
}

/** Every class of tests. */
export const testClasses: readonly TestClass[] = [
  { name: 'unit', include: ['**/*.test.ts'], needsBuild: false },
  { name: 'law', include: ['**/*.property.test.ts', '**/*.mutants.test.ts'], needsBuild: false },
  { name: 'contract', include: ['**/*.contract.test.ts'], needsBuild: true },
  { name: 'e2e', include: ['tests/**/*.e2e.test.ts'], needsBuild: true },
  { name: 'types', include: ['**/*.test-d.ts'], needsBuild: false },
]
