// Opens a page in a real browser and measures what a person feels: how long until it can be used, and how long until the list
// has followed a keystroke. Times are taken inside the page and end when the browser has painted.
import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

/** What a person feels, in milliseconds. */
export interface Felt {
  readonly interactiveMs: number
  /** One for each keystroke. */
  readonly keystrokesMs: readonly number[]
}

/** Where Chromium is, or nothing where there is none. */
export function findChromium(): string | undefined {
  const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return places.find((place) => place !== undefined && existsSync(place))
}

/** What stands in the page before its own script, as text: it runs there and not here. Promises, since the page forbids `eval`. */
const probe = `
  const felt = []
  const waiting = []
  const painted = (done) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done; port2.postMessage(0) })
  globalThis.interactive = new Promise((resolve) => {
    const wait = () => document.documentElement?.dataset.ready === 'true' ? painted(() => resolve(performance.now())) : setTimeout(wait, 1)
    wait()
  })
  globalThis.feltOf = (at) => new Promise((resolve) => { waiting[at] = resolve; if (felt[at] !== undefined) resolve(felt[at]) })
  let count = 0
  addEventListener('input', ({ timeStamp }) => {
    const at = count++
    painted(() => { felt[at] = performance.now() - timeStamp; waiting[at]?.(felt[at]) })
  }, true)
`

/** Opens a file and types a text into its search, letter by letter, then takes it back. */
export async function openPage(file: string, executablePath: string, text: string): Promise<Felt> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    await page.addInitScript(probe)
    await page.goto(pathToFileURL(file).href)
    const interactiveMs = await page.evaluate<number>('globalThis.interactive')
    await page.keyboard.press('/')
    const letters = Array.from(text)
    const keystrokesMs: number[] = []
    for (const key of [...letters, ...letters.map(() => 'Backspace')]) {
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      keystrokesMs.push(await page.evaluate<number>(`globalThis.feltOf(${keystrokesMs.length})`))
    }
    return { interactiveMs, keystrokesMs }
  } finally {
    await browser.close()
  }
}
