// Compiles the pure part of every package without the platform: where a decision reads a clock, starts a timer or
// touches a file, it does not compile.
import { join } from 'node:path'
import { allPackages } from './entries.ts'
import { runCommand } from './run-command.ts'

const waiting = allPackages().map(({ folder }) => folder)
let failed = 0
const worker = async (): Promise<void> => {
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const { code, output } = await runCommand({
      program: 'tsc',
      args: ['-p', join(folder, 'tsconfig.pure.json'), '--noEmit'],
    })
    if (code === 0) continue
    failed += 1
    process.stdout.write(output)
  }
}
await Promise.all([worker(), worker()])
if (failed > 0) process.exitCode = 1
