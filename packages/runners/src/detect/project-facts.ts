// What is looked at in a project to recognise its test runner, and what it says. Nothing is run and nothing is imported.

/** What was found in the root of a project. */
export interface ProjectFacts {
  /** Names of the files in the root itself. */
  readonly rootFiles: readonly string[]
  readonly manifest: Manifest | undefined
  /** Text of the Vite configuration, where there is one. */
  readonly viteConfig: string | undefined
}

/** The part of a `package.json` that says something here. */
export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  /** Names from every kind of dependency. */
  readonly dependencies: readonly string[]
}

/** A test runner that a project seems to use. */
export interface Recognised {
  readonly name: 'vitest' | 'node'
  /** Why it seems so, each a sentence for a person. */
  readonly reasons: readonly string[]
}

/** What the facts say, most certain first. Test files have not been looked into for this. */
export function recognise(facts: ProjectFacts): readonly Recognised[] {
  const found: readonly Recognised[] = [
    { name: 'vitest', reasons: vitestReasons(facts) },
    { name: 'node', reasons: nodeReasons(facts) },
  ]
  // The sort is stable: with as many reasons Vitest goes first, whose files node:test could not run.
  return found.filter(({ reasons }) => reasons.length > 0).sort((a, b) => b.reasons.length - a.reasons.length)
}

/** Whether the text of a test file says that node:test runs it; a file of Vitest may borrow from node:test. */
export function isOfNodeTest(text: string): boolean {
  return imports(text, 'node:test') && !imports(text, 'vitest')
}

/** Whether Vitest runs a file of this name, unless its configuration says otherwise. */
export function isCalledAsVitestExpects(file: string): boolean {
  return /\.(test|spec)\.[cm]?[jt]sx?$/.test(file)
}

function imports(text: string, module: 'node:test' | 'vitest'): boolean {
  return new RegExp(String.raw`(from|import|require\()\s*['"]${module}['"]`).test(text)
}

function vitestReasons({ rootFiles, manifest, viteConfig }: ProjectFacts): readonly string[] {
  const reasons: string[] = []
  if (manifest?.dependencies.includes('vitest')) reasons.push('package.json depends on vitest')
  const config = rootFiles.find((name) => /^vitest\.(config|workspace)\.(ts|mts|cts|js|mjs|cjs|json)$/.test(name))
  if (config !== undefined) reasons.push(`there is a ${config}`)
  const script = scriptWith(manifest, /(^|[\s;&|])vitest(\s|$)/)
  if (script !== undefined) reasons.push(`the script "${script}" runs vitest`)
  if (viteConfig !== undefined && /vitest|(^|[\s{,(])test\s*:\s*\{/.test(viteConfig)) {
    reasons.push('the Vite configuration has a section for tests')
  }
  return reasons
}

function nodeReasons({ manifest }: ProjectFacts): readonly string[] {
  const script = scriptWith(manifest, /(^|[\s;&|])node\s(?:[^;&|]*\s)?--test(\s|=|$)/)
  return script === undefined ? [] : [`the script "${script}" runs node --test`]
}

function scriptWith(manifest: Manifest | undefined, pattern: RegExp): string | undefined {
  return Object.entries(manifest?.scripts ?? {}).find(([, line]) => pattern.test(line))?.[0]
}
