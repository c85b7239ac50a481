// The board in a real terminal: it shows what runs, and whatever happens to it, it leaves the terminal as it was.
import { describe, expect, test } from 'vitest'
import { CliProject, failing, held, passing } from './cli-project.ts'
import { hasTmux, needsTmux, TerminalPane } from './terminal-pane.ts'

const wide = { columns: 100, rows: 24 }

/** What only the board draws. */
const board = /[█░]|● |○ |elapsed ·/

const files = {
  'a.test.js': passing('adds'),
  'bad.test.js': failing('breaks', 'expected 1 to be 2'),
  'held.test.js': held(),
}

describe.skipIf(!hasTmux)(`the board${needsTmux}`, () => {
  test('shows what runs and what failed, and is gone when the run is over', async () => {
    await using project = await CliProject.create(files)
    using pane = new TerminalPane(project.root, wide)
    pane.type('muster run --slots 2')
    const screen = await pane.until((text) => text.includes('2 of 3 tasks') && text.includes('● held.test.js'))
    expect(screen).toMatch(/✖ failed +bad\.test\.js/)
    expect(screen).toContain('expected 1 to be 2')
    expect(screen).toMatch(/✔ 1 passed .*✖ 1 failed/)
    expect(pane.showsCursor).toBe(false)
    await project.write({ release: '' })
    await pane.prompt()
    expect(pane.everything()).toContain('1 of 3 tasks did not pass')
    expect(pane.everything()).not.toMatch(board)
    expect(pane.showsCursor).toBe(true)
  })

  test('a second run says how long it will go on', async () => {
    await using project = await CliProject.create({ 'held.test.js': held(), release: '' })
    await project.muster('run')
    await project.shell('rm release')
    using pane = new TerminalPane(project.root, wide)
    pane.type('muster run')
    const screen = await pane.until((text) => text.includes('● held.test.js'))
    expect(screen).toMatch(/elapsed · about \d+:\d\d left/)
    await project.write({ release: '' })
    await pane.prompt()
  })

  test('Ctrl-C twice ends the run and gives the terminal back', async () => {
    await using project = await CliProject.create(files)
    using pane = new TerminalPane(project.root, wide)
    pane.type('muster run --slots 2')
    await pane.until((text) => text.includes('● held.test.js'))
    pane.press('C-c')
    await pane.until((text) => text.includes('ending what runs'))
    pane.press('C-c')
    await pane.prompt()
    expect(pane.everything()).toContain('The run was interrupted')
    expect(pane.everything()).not.toMatch(board)
    expect(pane.showsCursor).toBe(true)
  })

  test('Ctrl-\\ ends everything at once and gives the terminal back', async () => {
    await using project = await CliProject.create(files)
    using pane = new TerminalPane(project.root, wide)
    pane.type('muster run --slots 2')
    await pane.until((text) => text.includes('● held.test.js'))
    pane.press('C-\\')
    await pane.prompt()
    expect(pane.everything()).not.toMatch(board)
    expect(pane.showsCursor).toBe(true)
  })

  test('Ctrl-Z gives the terminal to the shell, and fg goes on', async () => {
    await using project = await CliProject.create(files)
    using pane = new TerminalPane(project.root, wide)
    pane.type('muster run --slots 2')
    await pane.until((text) => text.includes('● held.test.js'))
    pane.press('C-z')
    await pane.prompt()
    expect(pane.screen()).toContain('Stopped')
    expect(pane.screen()).not.toMatch(board)
    expect(pane.showsCursor).toBe(true)
    pane.type('fg')
    await pane.until((text) => text.includes('● held.test.js'))
    await project.write({ release: '' })
    await pane.prompt()
    expect(pane.everything()).not.toMatch(board)
  })

  test('a terminal that changes its size in mid-run shows the board once, as wide as it is', async () => {
    await using project = await CliProject.create(files)
    using pane = new TerminalPane(project.root, { columns: 120, rows: 40 })
    pane.type('muster run --slots 2')
    await pane.until((text) => text.includes('● held.test.js'))
    for (const columns of [70, 30, 110]) {
      pane.resize({ columns, rows: 40 })
      // Wherever a rest of the former board stood, it would stand there for ever.
      await pane.until(() => pane.everything().split('● held').length === 2)
    }
    expect(pane.screen()).toContain('elapsed ·')
    await project.write({ release: '' })
    await pane.prompt()
    expect(pane.everything()).not.toMatch(board)
  })

  test.each([
    ['NO_COLOR=1', true],
    ['TERM=dumb', false],
    ['CI=1', false],
  ])('with %s there is no colour, and a board: %s', async (variable, isLive) => {
    await using project = await CliProject.create(files)
    using pane = new TerminalPane(project.root, wide, [variable])
    pane.type('muster run --slots 2; echo code $?')
    await pane.until((text) => /failed +bad\.test\.js/.test(text) && (!isLive || text.includes('● held')))
    expect(board.test(pane.screen())).toBe(isLive)
    await project.write({ release: '' })
    await pane.until((text) => text.includes('code 1'))
    expect(pane.coloured()).not.toMatch(/\u001B\[3[0-9]m/)
  })

  test('a terminal of 20 columns and 8 rows', async () => {
    await using project = await CliProject.create({ 'held.test.js': held() })
    using pane = new TerminalPane(project.root, { columns: 20, rows: 8 })
    pane.type('muster run')
    const screen = await pane.until((text) => text.includes('● held'))
    expect(screen).toContain('0/1')
    await project.write({ release: '' })
    await pane.prompt()
    expect(pane.everything()).not.toMatch(board)
  })
})
