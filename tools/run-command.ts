// Starts other programs for the tools. The project's own programs come first on the path, so that a tool behaves the
// same whether npm started it or a person did.
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { root } from './entries.ts'

/** What to start. */
export interface Command {
  readonly program: string
  readonly args?: readonly string[]
  readonly cwd?: string
  /** Show the output as it comes instead of collecting it. */
  readonly isShown?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/** How it ended. */
export interface Ended {
  readonly code: number
  /** Standard output and standard error together; empty when shown. */
  readonly output: string
  readonly stdout: string
  readonly durationMs: number
}

/** Runs a program to its end; one that does not start ends with code 127. */
export function runCommand(command: Command): Promise<Ended> {
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command.program, command.args ?? [], {
      cwd: command.cwd ?? root,
      env: { ...environment(), ...command.env },
      stdio: command.isShown === true ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let stdout = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
    const end = (code: number): void => {
      resolve({ code, output, stdout, durationMs: performance.now() - began })
    }
    child.on('error', (error) => {
      output += `${command.program} did not start: ${error.message}\n`
      end(127)
    })
    child.on('close', (code) => {
      end(code ?? 1)
    })
  })
}

/** The environment without what an outer npm says of its own script, which would mislead an inner npm. */
export function environment(): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value === undefined || /^npm_(package|lifecycle|config_local_prefix|command|execpath|node_execpath)/.test(name))
      continue
    kept[name] = value
  }
  kept['PATH'] = join(root, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '')
  kept['TURBO_TELEMETRY_DISABLED'] = '1'
  kept['NO_UPDATE_NOTIFIER'] = '1'
  return kept
}
