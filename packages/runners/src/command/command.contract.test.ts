// The contract of runners, tried on plain commands, and what only a command can get wrong: results that are missing, stale,
// or say something else than the exit code.
import { afterAll, describe, expect, test } from 'vitest'
import type { Outcome } from '@muster/core'
import { runnerContract, type RunnerSubject } from '@muster/core/testing'
import { stoppedAttempt, type TrialEnd } from '../testing/shell/stopped-attempt.ts'
import { trialEnvironment, TrialProject } from '../testing/shell/trial-project.ts'
import type { CommandPayload } from './command-payload.ts'
import { command, type CommandOptions } from './index.ts'
import { createExecutor } from './shell/executor.ts'

const node = process.execPath
const junit = (cases: string) => `<testsuites><testsuite name="s">${cases}</testsuite></testsuites>`
const good = '<testcase classname="" name="good" time="0.1"/>'
const bad = '<testcase classname="" name="bad"><failure message="1 is not 2" type="AssertionError"/></testcase>'
const left = '<testcase classname="" name="left out"><skipped message="no network"/></testcase>'
const write = (text: string) =>
  `import { writeFileSync } from 'node:fs'\nwriteFileSync(process.argv[2], ${JSON.stringify(text)})\n`

const project = new TrialProject({
  'checks/passing.mjs': write(junit(good)),
  'checks/failing.mjs': `${write(junit(good + bad))}process.exitCode = 1`,
  'checks/skipping.mjs': write(junit(good + left)),
  'checks/printing.mjs': `${write(junit(good))}console.log('to stdout'); console.error('to stderr')`,
  'checks/killing.mjs': `process.kill(process.pid, 'SIGKILL')`,
  'checks/exiting.mjs': `process.exit(0)`,
  'checks/looping.mjs': `import { writeSync } from 'node:fs'\nwriteSync(1, 'looping\\n'); for (;;);`,
  'checks/empty.mjs': write(junit('')),
  'checks/broken.mjs': `const = 3`,
})

const options: CommandOptions = {
  files: ['checks/*.mjs'],
  argv: [node, '{file}', 'results {slug}.xml'],
  results: 'results {slug}.xml',
}
const executor = createExecutor({ kind: 'command' })
const subject: RunnerSubject = {
  runner: command(options),
  root: project.root,
  env: trialEnvironment(),
  carryOut: (task, context) => executor.execute({ ...task, payload: task.payload as CommandPayload }, context),
  tasks: {
    passing: { id: 'checks/passing.mjs', cases: [{ path: ['s', 'good'], results: ['passed'] }] },
    failing: {
      id: 'checks/failing.mjs',
      cases: [
        { path: ['s', 'good'], results: ['passed'] },
        { path: ['s', 'bad'], results: ['failed'] },
      ],
      culprit: 'bad',
    },
    skipping: {
      id: 'checks/skipping.mjs',
      cases: [
        { path: ['s', 'good'], results: ['passed'] },
        { path: ['s', 'left out'], results: ['skipped'] },
      ],
    },
    printing: { id: 'checks/printing.mjs', cases: [{ path: ['s', 'good'], results: ['passed'] }] },
    killing: { id: 'checks/killing.mjs', cases: [], culprit: 'SIGKILL' },
    exiting: { id: 'checks/exiting.mjs', cases: [], culprit: 'missing' },
    looping: { id: 'checks/looping.mjs', cases: [] },
    empty: { id: 'checks/empty.mjs', cases: [], culprit: 'holds no test' },
    broken: { id: 'checks/broken.mjs', cases: [] },
  },
}

afterAll(() => project[Symbol.dispose]())

describe('the command runner keeps the contract', () => {
  for (const { name, needs, run } of runnerContract) {
    test.skipIf(needs.some((role) => !(role in subject.tasks)))(name, () => run(subject))
  }
})

describe('a command', () => {
  test('passes by its exit code alone where it promised no results', async () => {
    expect(await outcomeOf('process.exitCode = 0', {})).toMatchObject({ result: 'passed' })
    expect(await outcomeOf('process.exitCode = 3', {})).toMatchObject({ result: 'failed' })
  })

  test('is judged by what it printed as output where its errors say nothing', async () => {
    const line = "src/a.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'."
    const outcome = await outcomeOf(`console.log(${JSON.stringify(line)}); process.exitCode = 2`, {})
    expect(outcome.failure).toMatchObject({ category: 'build-dependency', code: 'compile' })
    expect(outcome.failure?.message).toContain('error TS2322')
  })

  test('fails where its exit code is 0 and a case failed', async () => {
    const outcome = await outcomeOf(write(junit(good + bad)), { results: 'out.xml' })
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'assertion' } })
  })

  test('fails where every case passed and its exit code is not 0', async () => {
    const outcome = await outcomeOf(`${write(junit(good))}process.exitCode = 3`, { results: 'out.xml' })
    expect(outcome.result).toBe('failed')
    expect(outcome.failure?.evidence).toContain('none of 1 reported cases failed')
  })

  test('fails where the results are from before the attempt', async () => {
    project.write('out.xml', junit(good))
    const outcome = await outcomeOf('process.exitCode = 0', { results: 'out.xml' })
    expect(outcome.result).toBe('failed')
    expect(outcome.failure?.message).toContain('from before the attempt')
  })

  test('passes where the same results were written again', async () => {
    project.write('out.xml', junit(good))
    expect(await outcomeOf(write(junit(good)), { results: 'out.xml' })).toMatchObject({ result: 'passed' })
  })

  test('fails where its results cannot be read', async () => {
    expect(await outcomeOf(write('this is no format'), { results: 'out.xml' })).toMatchObject({ result: 'failed' })
  })

  test.each([
    ['JUnit', `<testsuites><testsuite name="s">${good}`, 'breaks off'],
    ['JUnit without a whole case', '<testsuites><testsuite name="s"><testcase name="a', 'breaks off'],
    [
      'CTRF',
      '{"results":{"tool":{"name":"x"},"summary":{"tests":3},"tests":[{"name":"a","status":"passed","duration":1}]}}',
      'announces 3',
    ],
    ['TAP without a plan', 'TAP version 14\nok 1 - a\n', 'no plan'],
  ])('fails by name where its results file is cut off (%s), though its exit code is 0', async (_, text, why) => {
    const outcome = await outcomeOf(write(text), { results: 'out.xml' })
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'data-parse' } })
    expect(outcome.failure?.message).toContain('out.xml')
    expect(outcome.failure?.message).toContain(why)
  })

  test('is told by the TAP that it prints where asked for, and a short plan is not passed', async () => {
    const results = { printed: 'tap' } as const
    expect(await outcomeOf(`console.log('TAP version 14\\n1..1\\nok 1 - a')`, { results })).toMatchObject({
      result: 'passed',
    })
    expect(await outcomeOf(`console.log('TAP version 14\\n1..2\\nok 1 - a')`, { results })).toMatchObject({
      result: 'failed',
    })
    expect(await outcomeOf(`console.log('1..1\\nnot ok 1 - a')`, { results })).toMatchObject({ result: 'failed' })
    const doubled = await outcomeOf(`console.log('1..2\\nok 1 - a\\nok 1 - b')`, { results })
    expect(doubled).toMatchObject({ result: 'failed', failure: { category: 'data-parse' } })
    expect(doubled.failure?.message).toContain('test point 1 is reported twice, the second time as "b"')
  })

  test('whose working folder is not there fails by the name of the folder', async () => {
    const outcome = await outcomeOf('', { cwd: 'no/such/folder' })
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'environment' } })
    expect(outcome.failure?.message).toMatch(/no\/such\/folder is not there\. Create it/)
  })

  test('that is not there fails with its name', async () => {
    const outcome = await outcomeOf('', { argv: ['no-such-program-anywhere'] })
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'environment' } })
    expect(outcome.failure?.message).toContain('no-such-program-anywhere')
  })

  test('gets its arguments as they are, whatever a shell would make of them', async () => {
    const words = ['a b', '$HOME', '; exit 1', '*', `"'`]
    const script = `if (JSON.stringify(process.argv.slice(3)) !== ${JSON.stringify(JSON.stringify(words))}) process.exit(1)`
    expect(await outcomeOf(script, { argv: [node, 'script.mjs', 'out.xml', ...words] })).toMatchObject({
      result: 'passed',
    })
  })
})

describe('a command that breaks off and can be asked for its cases', () => {
  /** Cases by name, and how they are told: as TAP at once, or as JUnit at the end. */
  const harness = (bodies: Readonly<Record<string, string>>) => `import { writeFileSync, writeSync } from 'node:fs'
    const bodies = { ${Object.entries(bodies)
      .map(([name, body]) => `${JSON.stringify(name)}: () => { ${body} }`)
      .join(', ')} }
    const [, , file, how, wanted] = process.argv
    const names = Object.keys(bodies).filter((name) => how !== 'only' || name === wanted)
    if (how === 'list') { console.log(names.join('\\n')); process.exit(Number(wanted ?? 0)) }
    writeSync(1, 'TAP version 14\\n1..' + names.length + '\\n')
    names.forEach((name, at) => { bodies[name](); writeSync(1, 'ok ' + (at + 1) + ' - ' + name + '\\n') })
    writeFileSync(file, '<testsuites><testsuite name="s">' + names.map((name) => '<testcase classname="" name="' + name + '"/>').join('') + '</testsuite></testsuites>')`
  const cases = {
    list: [node, 'script.mjs', 'out.xml', 'list'],
    run: [node, 'script.mjs', 'out.xml', 'only', '{case}'],
  }
  const inFile = { results: 'out.xml', cases } as const
  const printed = { results: { printed: 'tap' }, cases } as const
  const kill = `process.kill(process.pid, 'SIGKILL')`
  const loop = `writeSync(1, '# looping\\n'); for (;;);`

  test.each([
    ['kills its process', kill, 'SIGKILL'],
    ['calls exit(0)', 'process.exit(0)', 'exit code 0'],
  ])('loses only the case that %s, and names it', async (_, body, how) => {
    const script = harness({ first: '', 'the culprit': body, last: '' })
    for (const options of [inFile, printed]) {
      const { outcome, cases: told } = await attempt(script, options)
      expect(told.toSorted()).toEqual(['first passed', 'last passed', 'the culprit failed'])
      expect(outcome.result).toBe('failed')
      expect(outcome.failure?.message).toContain(how)
      expect(outcome.failure?.message).toContain('"the culprit"')
    }
  })

  test('runs what a looping case held up once the time is over, and names it', async () => {
    const script = harness({ first: '', 'the culprit': loop, last: '' })
    const { outcome, cases: told } = await attempt(script, printed, 'TimeoutError')
    expect(told).toEqual(['first passed', 'the culprit timed-out', 'last passed'])
    expect(outcome.result).toBe('timed-out')
    expect(outcome.failure?.message).toContain('"the culprit"')
  })

  test('finds a looping case by trying each where nothing was told before the end', async () => {
    const script = harness({ first: '', second: '', 'the culprit': loop })
    const { outcome, cases: told } = await attempt(script, inFile, 'TimeoutError')
    expect(told).toEqual(['first passed', 'second passed', 'the culprit timed-out'])
    expect(outcome.failure?.message).toContain('"the culprit"')
  })

  test('runs nothing more after a cancel', async () => {
    const { outcome, cases: told } = await attempt(harness({ first: '', loops: loop, last: '' }), printed, 'AbortError')
    expect(told).toEqual(['first passed'])
    expect(outcome.result).toBe('cancelled')
  })

  test('stays failed where each case ends well by itself, and says so', async () => {
    const script = harness({ first: '', second: `if (wanted === undefined) ${kill}` })
    const { outcome, cases: told } = await attempt(script, printed)
    expect(told).toEqual(['first passed', 'second passed'])
    expect(outcome).toMatchObject({ result: 'failed', failure: { category: 'process-crash' } })
    expect(outcome.failure?.evidence.join()).toContain('each ended well by itself')
  })

  test('says where its cases could not be listed', async () => {
    const broken = { ...printed, cases: { ...cases, list: [...cases.list, '3'] } }
    const { outcome } = await attempt(harness({ first: '', second: kill }), broken)
    expect(outcome.failure?.evidence).toContain('its cases could not be listed: exit code 3')
  })

  test('must promise results, else no case could be told from another', () => {
    expect(() => command({ files: ['*.sh'], argv: ['sh', '{file}'], cases })).toThrow(
      /cases.*expected `results` beside it/s,
    )
  })
})

async function outcomeOf(script: string, given: Partial<CommandOptions>): Promise<Outcome> {
  return (await attempt(script, given)).outcome
}

/** Runs a script; its first word `looping` ends it as `end` says. */
async function attempt(
  script: string,
  given: Partial<CommandOptions>,
  end?: TrialEnd,
): Promise<{ readonly outcome: Outcome; readonly cases: readonly string[] }> {
  project.write('script.mjs', script)
  const runner = command({ tasks: [{ id: 'one' }], argv: [node, 'script.mjs', 'out.xml'], ...given })
  const { root } = project
  const { tasks } = await runner.discover({ root, select: [], signal: new AbortController().signal })
  const [task] = tasks
  if (task === undefined) throw new Error('there is one task')
  const { context, cases } = stoppedAttempt(root, end)
  const { id, kind } = task
  const { outcome } = await executor.execute({ id, kind, tags: [], payload: task.payload as CommandPayload }, context)
  return { outcome, cases: cases.map(({ path, result }) => `${path.at(-1)} ${result}`) }
}
