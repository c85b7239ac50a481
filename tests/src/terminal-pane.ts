// A real terminal for tests: a pane of tmux with a shell in it, whose screen, scrollback and cursor can be read.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { main } from './cli-project.ts'

/** Whether there is a tmux; tests that need one are skipped by name elsewhere. */
export const hasTmux: boolean = ['/usr/bin/tmux', '/usr/local/bin/tmux', '/opt/homebrew/bin/tmux'].some(existsSync)

/** What stands in the title of tests that are skipped without one. */
export const needsTmux: string = hasTmux ? '' : ' (skipped: install `tmux`)'

/** The size of a pane. */
export interface PaneSize {
  readonly columns: number
  readonly rows: number
}

/** A shell in a terminal, with `muster` as a command. */
export class TerminalPane implements Disposable {
  readonly #server: string

  constructor(folder: string, { columns, rows }: PaneSize, variables: readonly string[] = []) {
    this.#server = `muster-${String(process.pid)}-${Math.random().toString(36).slice(2)}`
    const size = ['-x', String(columns), '-y', String(rows)]
    const unset = ['CI', 'NO_COLOR', 'FORCE_COLOR', 'GITHUB_ACTIONS', 'NODE_OPTIONS'].flatMap((name) => ['-u', name])
    const shell = ['env', ...unset, 'PS1=ready$ ', 'LC_ALL=C.UTF-8', ...variables, 'bash', '--norc', '--noprofile']
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', folder, ...shell)
    this.#tmux('set', '-g', 'status', 'off')
    this.resize({ columns, rows })
    this.type(`muster() { "${process.execPath}" "${main}" "$@"; }; clear`)
  }

  resize({ columns, rows }: PaneSize): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows))
  }

  /** Types a line and presses Enter. */
  type(line: string): void {
    this.#tmux('send-keys', '-l', line)
    this.press('Enter')
  }

  press(key: string): void {
    this.#tmux('send-keys', key)
  }

  /** The lines that can be seen. */
  screen(): string {
    return this.#tmux('capture-pane', '-p')
  }

  /** What has scrolled away and what can be seen, with wrapped lines put together. */
  everything(): string {
    return this.#tmux('capture-pane', '-p', '-J', '-S', '-10000')
  }

  /** As {@link everything}, with the sequences that colour it. */
  coloured(): string {
    return this.#tmux('capture-pane', '-p', '-e', '-S', '-10000')
  }

  get showsCursor(): boolean {
    return this.#tmux('display', '-p', '#{cursor_flag}').trim() === '1'
  }

  /** Waits until the screen fits; the time limit of the test is the limit. */
  async until(fits: (screen: string) => boolean): Promise<string> {
    for (;;) {
      const screen = this.screen()
      if (fits(screen)) return screen
      await pause(20)
    }
  }

  /** Waits until the shell has its prompt again. */
  async prompt(): Promise<string> {
    return this.until((screen) => screen.trimEnd().split('\n').at(-1)?.trimEnd() === 'ready$')
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.#server, ...args], { encoding: 'utf8' })
  }

  [Symbol.dispose](): void {
    this.#tmux('kill-server')
  }
}
