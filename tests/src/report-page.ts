// The HTML report in a real browser, watched: whatever it asks of a network, complains about or throws is kept, so that every
// test can say there was none of it.
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RunReport } from '@muster/core'
import { type HtmlOptions, writeHtml } from '@muster/reports'
import { type Browser, chromium, type Page } from 'playwright-core'

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is; nothing on machines without one. */
export const chromiumPath: string | undefined = places.find((place) => place !== undefined && existsSync(place))

/** What stands in the title of tests that are skipped without one. */
export const needsChromium: string =
  chromiumPath === undefined ? ' (skipped: install `chromium`, or name a program in CHROMIUM)' : ''

/** A browser with reports in it. */
export class ReportBrowser implements AsyncDisposable {
  readonly #browser: Browser
  readonly #folder: string

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser
    this.#folder = folder
  }

  static async start(): Promise<ReportBrowser> {
    // Tests run as root in containers, where Chromium has no sandbox of its own.
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] })
    return new ReportBrowser(browser, await mkdtemp(join(tmpdir(), 'muster report ')))
  }

  /** Opens the page of a report and waits until it is ready. */
  async open(report: RunReport, look: Look = {}): Promise<OpenReport> {
    const { width = 1200, theme = 'light', html } = look
    const file = join(this.#folder, 'report.html')
    await writeFile(file, writeHtml(report, html))
    const page = await this.#browser.newPage({ viewport: { width, height: 900 }, colorScheme: theme })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith('file:') && !url.startsWith('data:')) complaints.push(`a request: ${url}`)
    })
    await page.goto(pathToFileURL(file).href)
    await page.locator('html[data-ready=true]').waitFor()
    return { page, complaints }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** How a page is looked at. */
export interface Look {
  readonly width?: number
  readonly theme?: 'light' | 'dark'
  /** How the page is written. */
  readonly html?: HtmlOptions
}

/** A page, and what it did that it should not. */
export interface OpenReport {
  readonly page: Page
  readonly complaints: readonly string[]
}
