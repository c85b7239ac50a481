// Takes the pictures of the board that the docs show: a real run in a real terminal (tmux), its screen as it is at that moment,
// drawn by headless Chromium. Run it by hand after the board has changed: `node tools/board-pictures.ts`, with a built tree.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from './entries.ts'

interface Picture {
  readonly name: string
  readonly columns: number
  readonly rows: number
}

const pictures: readonly Picture[] = [
  { name: 'board', columns: 100, rows: 26 },
  { name: 'board-narrow', columns: 46, rows: 20 },
]

/** Pixels of a character and of a line, at the size of the font below. */
const cell = { width: 8.43, height: 18 }
/** A run takes some 20 s, and several times that on a machine that is busy otherwise. In milliseconds. */
const longestRunMs = 120_000
const colours: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  32: '#56d364',
  33: '#e3b341',
  34: '#79c0ff',
  36: '#76e3ea',
}

const chromium = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (place) => place !== undefined && existsSync(place),
)
if (chromium === undefined) throw new Error('Expected Chromium to be installed, or named in CHROMIUM.')

const folder = mkdtempSync(join(tmpdir(), 'board pictures '))
const project = join(folder, 'shop')
try {
  writeProject()
  const muster = `${JSON.stringify(process.execPath)} ${JSON.stringify(join(root, 'packages/cli/dist/main.js'))}`
  // The first run is remembered, so that the second knows how long it will go on.
  execFileSync('sh', ['-c', `${muster} run --slots 4 >/dev/null 2>&1 || true`], { cwd: project })
  for (const picture of pictures) {
    const screen = await screenOf(picture, `clear; ${muster} run --slots 4`)
    draw(picture, screen)
    process.stdout.write(`docs/images/${picture.name}.png\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The screen of a run in the middle, once something has failed and much has passed. */
async function screenOf({ columns, rows }: Picture, command: string): Promise<string> {
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', `pictures-${String(process.pid)}`, ...args], { encoding: 'utf8' })
  const size = ['-x', String(columns), '-y', String(rows)]
  const shell = ['env', '-u', 'CI', '-u', 'NO_COLOR', 'LC_ALL=C.UTF-8', 'PS1=', 'bash', '--norc', '--noprofile']
  tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', project, ...shell)
  try {
    tmux('set', '-g', 'status', 'off')
    tmux('resize-window', ...size)
    tmux('send-keys', '-l', command)
    tmux('send-keys', 'Enter')
    const lastMs = Date.now() + longestRunMs
    while (Date.now() < lastMs) {
      await pause(50)
      const screen = tmux('capture-pane', '-p', '-e')
      if (/ {1,3}(4|5)\d%/.test(screen) && screen.includes('failed') && screen.split('●').length > 4) return screen
    }
    throw new Error(`Expected a run to be half done within ${String(longestRunMs / 1000)} s.`)
  } finally {
    tmux('kill-server')
  }
}

function draw({ name, columns, rows }: Picture, screen: string): void {
  const page = join(folder, `${name}.html`)
  const lines = htmlOf(screen.trimEnd()).split('\n')
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><style>
      body { margin: 0; background: #0d1117; color: #e6edf3; }
      pre { margin: 12px; font: 14px/${String(cell.height)}px 'DejaVu Sans Mono', monospace; }
    </style><pre>${lines.join('\n')}</pre>`,
  )
  const width = Math.ceil(columns * cell.width) + 24
  const height = Math.min(rows, lines.length) * cell.height + 24
  const image = join(root, 'docs', 'images', `${name}.png`)
  const size = [`--window-size=${String(width)},${String(height)}`, '--force-device-scale-factor=1.5']
  const args = ['--headless', '--no-sandbox', '--hide-scrollbars', ...size, `--screenshot=${image}`, page]
  execFileSync(chromium ?? '', args, { stdio: 'ignore' })
}

/** A screen with colour sequences as HTML: a colour goes on over the ends of lines. */
function htmlOf(screen: string): string {
  let html = ''
  let classes = new Set<string>()
  for (const part of screen.split(/(\u001B\[[\d;]*m)/)) {
    const codes = /^\u001B\[([\d;]*)m$/.exec(part)?.[1]
    if (codes === undefined) {
      if (part !== '') html += `<span style="${styleOf(classes)}">${escaped(part)}</span>`
      continue
    }
    for (const code of codes.split(';')) classes = after(classes, code)
  }
  return html
}

function after(before: ReadonlySet<string>, code: string): Set<string> {
  if (code === '' || code === '0') return new Set()
  if (code === '39') return new Set([...before].filter((one) => colours[one] === undefined))
  if (code === '22') return new Set([...before].filter((one) => one !== '1' && one !== '2'))
  return new Set([...before, code])
}

function styleOf(codes: ReadonlySet<string>): string {
  const styles = [...codes].flatMap((code) => {
    if (code === '1') return ['font-weight:bold']
    if (code === '2') return ['opacity:.6']
    const colour = colours[code]
    return colour === undefined ? [] : [`color:${colour}`]
  })
  return styles.join(';')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** A shop with tests that take their time: some fail, one is flaky, one blocks what depends on it. */
function writeProject(): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(project, file)), { recursive: true })
    writeFileSync(join(project, file), text)
  }
  const head = `import test from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
`
  const tests = (ms: number, titles: readonly string[], more = ''): string =>
    head + titles.map((title) => `test(${JSON.stringify(title)}, () => wait(${String(ms)}))`).join('\n') + more
  const counted = (count: number, title: string): readonly string[] =>
    Array.from({ length: count }, (_, at) => `${title} ${String(at + 1)}`)
  write('package.json', JSON.stringify({ name: 'shop', type: 'module', scripts: { test: 'node --test' } }))
  const config = { retry: 2, dependencies: [{ files: 'test/e2e/**', on: 'test/database.test.js' }] }
  write('muster.config.json', JSON.stringify(config))
  const wrong = `\ntest('an empty basket costs nothing', () => assert.equal(1, 0))`
  const flaky = `\ntest('a rate of today', () => {
  if (existsSync('tried')) return rmSync('tried')
  writeFileSync('tried', '')
  throw new Error('no rate of today yet')
})`
  write('test/basket.test.js', tests(60, counted(4, 'adds article'), wrong))
  write('test/rates.test.js', tests(100, counted(3, 'reads currency'), flaky))
  write(
    'test/database.test.js',
    tests(200, [], `\ntest('opens', () => { throw new Error('connect ECONNREFUSED 127.0.0.1:5432') })`),
  )
  write('test/checkout.test.js', tests(700, counted(12, 'pays by card')))
  write('test/orders/history.test.js', tests(400, counted(14, 'shows order')))
  write('test/orders/refund.test.js', tests(300, counted(12, 'pays back article')))
  for (const page of counted(9, 'page')) write(`test/e2e/${page.replace(' ', '-')}.test.js`, tests(100, ['opens']))
  for (const unit of counted(12, 'module'))
    write(`test/unit/${unit.replace(' ', '-')}.test.js`, tests(250, counted(5, 'does step')))
}
