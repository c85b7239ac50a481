// The pictures of the report in the guide, made anew: `node tests/src/report-pictures.ts`, after a build. A run of a small shop in
// which something of everything goes wrong, opened in Chromium, light and dark, wide and narrow. Times are those of a made-up run,
// so that the pictures change only when the page does.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AttemptReport, CaseResult, Failure, RunReport, TaskReport } from '@muster/core'
import { classifyFailure } from '@muster/core/failure'
import { writeHtml } from '@muster/reports'
import { type Browser, chromium, type Page } from 'playwright-core'

const images = join(import.meta.dirname, '../../docs/images')

const wrong = failureOf(
  `AssertionError: expected { currency: 'EUR', …(3) } to deeply equal { currency: 'EUR', …(3) }

- Expected
+ Received

  {
    "currency": "EUR",
    "net": 900,
-   "total": 1071,
-   "vat": 171,
+   "total": 1080,
+   "vat": 180,
  }

    at /shop/src/basket.test.ts:14:32
    at /shop/node_modules/vitest/dist/run.js:1695:35`,
)
const refused = failureOf(
  'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at connect (/shop/src/rates.ts:21:9)\n    at node:net:2021:16',
)
const hangUp = failureOf('Error: socket hang up\n    at post (/shop/src/mail.ts:8:11)')

function failureOf(text: string): Failure {
  const [line = ''] = text.split('\n')
  const message = line.replace(/^\w+: /, '')
  const errorName = line.slice(0, line.indexOf(':'))
  return { ...classifyFailure({ text }), message, errorName, stack: text }
}

interface Tried {
  readonly times: readonly [ready: number, launched: number, closed: number]
  readonly cases?: readonly CaseResult[]
  readonly failure?: Failure
  readonly stderr?: string
  readonly files?: readonly string[]
}

function taskOf(id: string, tried: readonly Tried[], more: Partial<TaskReport> = {}): TaskReport {
  const attempts = tried.map(({ times, cases = [], failure, stderr, files }, at): AttemptReport => {
    const artifacts = files?.map((name) => ({
      ...{ name, path: `.muster/kept/${name}`, bytes: name.endsWith('.png') ? 41_302 : 188_410 },
      ...{ contentType: name.endsWith('.png') ? 'image/png' : 'application/zip' },
      sha256: name.endsWith('.png') ? 'a3f1'.repeat(16) : '90be'.repeat(16),
    }))
    const durationMs = times[2] - times[1]
    return {
      ...{ n: at + 1, worker: 'local', launchedAtMs: times[1], startedAtMs: times[1] + 60, closedAtMs: times[2] },
      ...(at === 0 ? {} : { readyAtMs: times[0] }),
      ending: {
        kind: 'ended',
        outcome: { result: failure === undefined ? 'passed' : 'failed', durationMs, failure, artifacts },
      },
      details: { cases, ...(stderr === undefined ? {} : { stderr: { head: stderr, tail: '', omittedBytes: 0 } }) },
    }
  })
  const last = tried.at(-1)?.failure
  const verdict: TaskReport['verdict'] =
    last !== undefined
      ? { kind: 'failed', failure: last }
      : tried.length > 1
        ? { kind: 'flaky', failedAttempts: tried.length - 1 }
        : { kind: 'passed' }
  return { id, kind: 'vitest', file: id, verdict, attempts, ...more }
}

const passed = (suite: string, title: string, durationMs = 24): CaseResult => ({
  ...{ path: [suite, title], result: 'passed', durationMs },
})
const failed = (suite: string, title: string, line: number, failure: Failure): CaseResult => ({
  ...{ path: [suite, title], result: 'failed', durationMs: 31, line, failure },
})

const tasks: readonly TaskReport[] = [
  taskOf('build', [{ times: [0, 0, 2100] }], { kind: 'command' }),
  taskOf('src/basket.test.ts', [
    {
      times: [0, 10, 1700],
      failure: wrong,
      cases: [
        passed('basket', 'an empty basket costs nothing'),
        failed('basket', 'adds VAT of 19 per cent', 12, wrong),
        passed('basket', 'keeps the order of its lines'),
      ],
    },
  ]),
  ...(
    [
      ['checkout', 20, 1600],
      ['rates', 1620, 2900],
      ['search', 1720, 3300],
    ] as const
  ).map(([name, from, to], at) =>
    taskOf(`src/${name}.test.ts`, [
      {
        times: [0, from, to],
        failure: refused,
        cases: [passed(name, 'renders'), failed(name, 'asks the database for rates', 9 + at, refused)],
      },
    ]),
  ),
  taskOf('src/mail.test.ts', [
    {
      times: [0, 2920, 3600],
      failure: hangUp,
      cases: [failed('mail', 'sends the invoice', 7, hangUp)],
      stderr: 'smtp: 421 closing',
    },
    { times: [4100, 4115, 5000], cases: [passed('mail', 'sends the invoice', 310)] },
  ]),
  taskOf('src/orders.test.ts', [{ times: [0, 2110, 4600], cases: [passed('orders', 'are kept')] }], {
    dependsOn: ['build'],
    holds: ['lock db'],
  }),
  taskOf('src/stock.test.ts', [{ times: [0, 4620, 6900], cases: [passed('stock', 'goes down by what was sold')] }], {
    holds: ['lock db'],
  }),
  taskOf(
    'e2e/login',
    [
      {
        times: [2100, 5010, 8000],
        failure: failureOf(
          'TimeoutError: page.click: Timeout 3000ms exceeded waiting for #login\n    at /shop/e2e/login.ts:18:14',
        ),
        files: ['login.png', 'trace.zip'],
        stderr: 'GET /rates 502 (Bad Gateway)',
      },
    ],
    { kind: 'command', dependsOn: ['build'] },
  ),
  ...['e2e/pay', 'e2e/refund'].map((id) =>
    taskOf(id, [], { kind: 'command', dependsOn: ['e2e/login'], verdict: { kind: 'blocked', by: 'e2e/login' } }),
  ),
]

const count = (kind: string): number => tasks.filter(({ verdict }) => verdict?.kind === kind).length

const report: RunReport = {
  ...{ version: 1, run: '20260102-monday', ending: 'finished', exit: 'failed', exitCode: 1 },
  ...{ startedAtWallMs: Date.UTC(2026, 0, 2, 9, 14), durationMs: 8000, workers: [{ id: 'local', slots: 3 }] },
  totals: {
    ...{ tasks: tasks.length, open: 0, passed: count('passed'), flaky: count('flaky'), failed: count('failed') },
    ...{ 'timed-out': 0, blocked: count('blocked'), skipped: 0, cancelled: 0, poisoned: 0, unplaceable: 0 },
  },
  cases: { passed: 0, failed: 0, skipped: 0, flaky: 0 },
  tasks,
}

await takePictures()

async function takePictures(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'report pictures '))
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const file = join(folder, 'report.html')
    const pictures = new Map([['a3f1'.repeat(16), await loginPage(browser)]])
    await writeFile(file, writeHtml(report, { folder: '', pictures }))
    for (const theme of ['light', 'dark'] as const) {
      for (const width of [1280, 390]) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme })
        await page.goto(pathToFileURL(file).href)
        await page.locator('html[data-ready=true]').waitFor()
        const name = width === 1280 ? theme : `${theme}-narrow`
        await page.screenshot({ path: join(images, `report-failures-${name}.png`) })
        if (width === 1280) {
          await selectRetry(page)
          await page.evaluate(`document.querySelector('#time').scrollIntoView({ behavior: 'instant' })`)
          await page.screenshot({ path: join(images, `report-time-${name}.png`) })
        }
        await page.close()
      }
    }
  } finally {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The attempt that backed off before it began, with what it waited for. */
async function selectRetry(page: Page): Promise<void> {
  await page.locator('canvas').focus()
  const across = (key: string): readonly string[] => Array.from({ length: 5 }, () => key)
  const keys = [...across('ArrowRight'), 'ArrowDown', ...across('ArrowLeft'), ...across('ArrowRight'), 'ArrowDown']
  for (const key of [...keys, ...across('ArrowLeft'), ...across('ArrowRight')]) {
    await page.keyboard.press(key)
    if ((await page.locator('[role=status]').innerText()).includes('backed off')) return
  }
  throw new Error('Expected an attempt in the timeline that backed off, found none.')
}

/** What a test would have seen. */
async function loginPage(browser: Browser): Promise<Uint8Array> {
  const page = await browser.newPage({ viewport: { width: 640, height: 360 } })
  await page.setContent(
    '<body style="font: 24px sans-serif; margin: 0"><p style="background: #3150c4; color: #fff; margin: 0; padding: 16px 24px">Shop</p><h1 style="margin: 40px 24px 8px">502 Bad Gateway</h1><p style="margin: 0 24px">The rates could not be read.</p>',
  )
  const bytes = new Uint8Array(await page.screenshot())
  await page.close()
  return bytes
}
