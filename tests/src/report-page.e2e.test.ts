// The HTML report as a person meets it: in a real browser, with a keyboard, at two widths and in both themes, and with names
// that would break a careless page.
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, needsChromium, ReportBrowser } from './report-page.ts'
import { failedRun, namedRun, passedRun, pixel, runOf, runOfFailures, runWithFiles } from './report-runs.ts'

describe.skipIf(chromiumPath === undefined)(`the HTML report${needsChromium}`, () => {
  let browser: ReportBrowser
  beforeAll(async () => {
    browser = await ReportBrowser.start()
  })
  afterAll(async () => browser[Symbol.asyncDispose]())

  test('what broke, why, and what to do stand at the top', async () => {
    const { page, complaints } = await browser.open(failedRun)
    expect(await page.locator('h1').innerText()).toBe('4 of 6 tasks did not pass: 3 failed, 1 blocked.')
    expect(
      await inPage<readonly string[]>(
        page,
        `[...document.querySelectorAll('main h2')].map((head) => head.firstChild.textContent)`,
      ),
    ).toEqual(['Failures', 'Flaky', 'Did not run', 'Time', 'All cases'])
    const card = page.locator('.cause', { hasText: 'totals' })
    expect(await card.locator('summary').first().innerText()).toContain('cart › totals')
    expect(await card.locator('.message').innerText()).toBe('expected { total: 12 } to deeply equal { total: 13 }')
    expect(await card.locator('.diff-line.expected code').innerText()).toBe('  "total": 13,')
    expect(await card.locator('.diff-line.received code').innerText()).toBe('  "total": 12,')
    expect(await card.locator('.todo').innerText()).toContain('The code does something else than the test expects.')
    expect(await card.locator('.pill').innerText()).toBe('blocked 1')
    expect(await card.locator('.kind').innerText()).toBe('Expectation not met')
    expect(await card.locator('.frame code').innerText()).toBe('src/cart.test.ts:9')
    expect(await card.locator('.card-foot').innerText()).toContain('In the timeline at 1.0 s')
    // Two cases with one cause are one card.
    expect(await page.locator('.cause', { hasText: 'ECONNREFUSED' }).locator('.pill').innerText()).toBe(
      '+ 1 the same way',
    )
    // In sight without scrolling.
    expect((await page.locator('.todo').first().boundingBox())?.y).toBeLessThan(900)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('every try of a flaky case is shown, and what its attempts printed', async () => {
    const { page, complaints } = await browser.open(failedRun)
    expect(await page.locator('.flaky .tries').getAttribute('aria-label')).toBe('failed 1 time, then passed')
    await page.locator('.flaky summary').first().click()
    expect(await page.locator('.flaky .tries-list > li').allInnerTexts()).toEqual([
      expect.stringMatching(/failed\s+connect ECONNREFUSED/),
      expect.stringMatching(/passed\s+300 ms/),
    ])
    await page.locator('.flaky .card-foot button').click()
    await page.locator('.panel details', { hasText: 'of attempt 2' }).locator('summary').click()
    expect(await page.locator('.panel details[open] pre').innerText()).toBe('printed in attempt 2')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('search and filter follow every key', async () => {
    const { page, complaints } = await browser.open(failedRun)
    const rows = page.locator('.case-row')
    await page.keyboard.press('/')
    await page.keyboard.type('store reads -b.test')
    expect(await rows.count()).toBe(1)
    expect(await rows.first().innerText()).toContain('reads src/a.test.ts')
    expect(await page.locator('.case-count').innerText()).toBe('1 of 9')
    await page.waitForURL(/q=store/)
    await page.keyboard.press('Escape')
    expect(await rows.count()).toBe(9)
    await page.locator('.chip', { hasText: 'flaky' }).click()
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('sends')])
    await page.keyboard.press('/')
    await page.keyboard.type('nothing is called so')
    expect(await page.locator('.case-count').innerText()).toContain('No case fits')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a keyboard is enough', async () => {
    const { page, complaints } = await browser.open(failedRun)
    const focused = async (): Promise<string> => inPage<string>(page, `document.activeElement.textContent`)
    await page.keyboard.press('j')
    expect(await focused()).toContain('totals')
    const card = page.locator('.cause').first()
    expect(await card.getAttribute('open')).toBe('')
    await page.keyboard.press('Enter')
    expect(await card.getAttribute('open')).toBeNull()
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('j')
    expect(await inPage(page, `document.activeElement.getAttribute('data-row')`)).toBe('0')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    expect(await page.locator('.panel[open] h2').count()).toBe(1)
    await page.keyboard.press('Escape')
    expect(await page.locator('.panel[open]').count()).toBe(0)
    await page.keyboard.press('k')
    await page.keyboard.press('k')
    expect(await focused()).toContain('sends')
    await page.keyboard.press('?')
    expect(await page.locator('.help[open]').count()).toBe(1)
    await page.keyboard.press('Escape')
    await page.keyboard.press('t')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the timeline is told in words, attempt by attempt', async () => {
    const { page, complaints } = await browser.open(failedRun)
    await page.locator('canvas').focus()
    await page.keyboard.press('ArrowRight')
    const said = page.locator('[role=status]')
    expect(await said.innerText()).toMatch(/^build, passed, ran 1\.0 s on local/)
    await page.keyboard.press('ArrowRight')
    expect(await said.innerText()).toMatch(/src\/cart\.test\.ts, failed.*after build/)
    await page.keyboard.press('+')
    await page.keyboard.press('Enter')
    expect(await page.locator('.panel[open] h2').innerText()).toBe('totals')
    expect(await page.locator('.measured.path li').allInnerTexts()).toEqual([
      expect.stringContaining('build'),
      expect.stringContaining('src/b.test.ts'),
      expect.stringContaining('src/mail.test.ts'),
      expect.stringContaining('src/mail.test.ts'),
    ])
    expect(complaints).toEqual([])
    await page.close()
  })

  test('what an attempt left behind is shown with it, and a name leads nowhere but below the page', async () => {
    const files = [
      { name: 'shot.png', path: '.muster/kept/login page.png' },
      { name: 'page.html', path: '.muster/kept/javascript:alert(1).html' },
      { name: '<img src=x onerror="globalThis.hacked = 1">', path: '../outside.html' },
      { name: '\u202egnp.exe', path: '/etc/passwd' },
    ]
    const html = { folder: '', pictures: new Map([[pixel.sha256, pixel.bytes]]) }
    const { page, complaints } = await browser.open(runWithFiles(files), { html })
    const rows = page.locator('.cause .files li')
    expect(await rows.allInnerTexts()).toEqual([
      expect.stringMatching(/^shot\.png\s+image\/png · 70 bytes · sha256 abababababab$/),
      expect.stringMatching(/^page\.html/),
      expect.stringMatching(/^<img src=x onerror="globalThis\.hacked = 1">.*outside\.html$/s),
      expect.stringMatching(/^‹U\+202E›gnp\.exe.*\/etc\/passwd$/s),
    ])
    const links = await inPage(
      page,
      `[...document.querySelectorAll('.files a')].map((one) => one.getAttribute('href'))`,
    )
    expect(links).toEqual(['./.muster/kept/login%20page.png', './.muster/kept/javascript%3Aalert(1).html'])
    expect(await inPage(page, `document.querySelector('.files img').naturalWidth`)).toBe(1)
    expect(await page.locator('img').count()).toBe(1)
    await page.locator('.cause .card-foot button').first().click()
    expect(await page.locator('.panel .files li').count()).toBe(4)
    expect(await inPage(page, `globalThis.hacked`)).toBeUndefined()
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each(['light', 'dark'] as const)(
    'printed from a %s page: white, every failure unfolded, no controls',
    async (theme) => {
      const { page, complaints } = await browser.open(runOfFailures(16), { theme })
      const before = await page.locator('details[open]').count()
      await page.emulateMedia({ media: 'print' })
      await expect.poll(() => page.locator('details:not([open])').count(), patient).toBe(0)
      expect(await page.locator('.cause .todo:visible').count()).toBe(16)
      expect(await page.locator('.cause .stack:visible').count()).toBe(16)
      expect(
        await page.locator('input:visible, select:visible, nav:visible, .square:visible, .copy:visible').count(),
      ).toBe(0)
      expect(await page.locator('.actions:visible, .chip:visible, .case-controls:visible').count()).toBe(0)
      const colours = await inPage<readonly string[]>(
        page,
        `['body', '.cause', '.message'].map((one) => getComputedStyle(document.querySelector(one))).flatMap((style) => [style.backgroundColor, style.color])`,
      )
      expect(colours[0]).toBe('rgb(255, 255, 255)')
      expect(colours[2]).toBe('rgb(255, 255, 255)')
      expect(colours.at(-1)).toBe('rgb(29, 30, 34)')
      await page.emulateMedia({ media: 'screen' })
      await expect.poll(() => page.locator('details[open]').count(), patient).toBe(before)
      expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
      // What is printed without being looked at before holds every failure too: sixteen of them take several sheets.
      const sheets = Array.from((await page.pdf({ format: 'A4' })).toString('latin1').matchAll(/\/Type\s*\/Page\b/g))
      expect(sheets.length).toBeGreaterThan(3)
      expect(await page.locator('details[open]').count()).toBe(before)
      expect(complaints).toEqual([])
      await page.close()
    },
  )

  test('of many cases only those in sight are there, and the last one can be reached', async () => {
    const { page, complaints } = await browser.open(passedRun(20_000))
    expect(await page.locator('.case-row').count()).toBeLessThan(60)
    await inPage(page, `scrollTo(0, document.documentElement.scrollHeight)`)
    await page.locator('.case-row', { hasText: 'case 19999' }).waitFor()
    expect(await page.locator('.case-row').count()).toBeLessThan(60)
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each([
    { width: 400, theme: 'light' },
    { width: 400, theme: 'dark' },
    { width: 1400, theme: 'light' },
    { width: 1400, theme: 'dark' },
  ] as const)('at $width pixels in $theme: nothing sticks out, everything can be read', async (look) => {
    for (const report of [failedRun, passedRun(100), runOf([]), namedRun('x'.repeat(10_000))]) {
      const { page, complaints } = await browser.open(report, look)
      expect(await inPage(page, `document.documentElement.scrollWidth - innerWidth`)).toBeLessThanOrEqual(0)
      const nameless = await inPage(
        page,
        `[...document.querySelectorAll('button')].filter((one) => (one.getAttribute('aria-label') ?? one.textContent).trim() === '').length`,
      )
      expect(nameless).toBe(0)
      expect(await page.locator('main').count()).toBe(1)
      const colours = await inPage<Readonly<Record<string, string>>>(
        page,
        `Object.fromEntries(${JSON.stringify(colourNames)}.map((name) => [name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()]))`,
      )
      for (const [name, colour] of Object.entries(colours)) {
        if (name === 'bg' || name === 'card') continue
        for (const ground of ['bg', 'card']) {
          expect(contrast(colour, colours[ground] ?? ''), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5)
        }
      }
      expect(complaints).toEqual([])
      await page.close()
    }
  })

  test('whatever a test is called, nothing of it runs, and nothing of it is hidden', async () => {
    const names = fc.constantFrom(
      ...[
        '</script><script>globalThis.hacked = 1</script>',
        '<img src=x onerror="globalThis.hacked = 1">',
        '"><svg onload=hacked=1>',
      ],
      ...[
        'javascript:hacked=1',
        '<!--<script>',
        ']]>',
        '</title><base href="//evil.test/">',
        '<style>*{display:none}</style>',
      ],
      ...[
        '\u202egnp.exe',
        'a\u0000b',
        'a\nb\r\nc\td',
        '\ud800',
        '{{7*7}}',
        '__proto__',
        '&lt;b&gt;',
        'x'.repeat(10_000),
      ],
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(names, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })), async (name) => {
        const { page, complaints } = await browser.open(namedRun(name))
        await inPage(page, `document.querySelectorAll('details').forEach((fold) => { fold.open = true })`)
        await page.locator('.case-row').first().click()
        expect(complaints).toEqual([])
        expect(await inPage(page, `globalThis.hacked`)).toBeUndefined()
        expect(await page.locator('script').count()).toBe(2)
        expect(await page.locator('style').count()).toBe(1)
        expect(await page.locator('base, iframe, object, embed, form, img').count()).toBe(0)
        expect(await page.locator('#page').innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000]/)
        expect(await page.locator('h1').isVisible()).toBe(true)
        await page.close()
      }),
      { numRuns: 30, examples: [['</script><script>globalThis.hacked = 1</script>'], ['\u202egnp.exe'], ['a\u0000b']] },
    )
  })
})

/** The page hears of paper in its next frame, which may be late on a busy machine. */
const patient = { timeout: 30_000 }

const colourNames = [
  'bg',
  'card',
  'text',
  'muted',
  'accent',
  'passed',
  'failed',
  'timed-out',
  'flaky',
  'blocked',
  'skipped',
]

/** What an expression comes to in the page; as text, since this side knows no document. */
async function inPage<Value = unknown>(page: Page, expression: string): Promise<Value> {
  return page.evaluate<Value>(expression)
}

/** Contrast of two colours as accessibility guidelines define it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const part = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
