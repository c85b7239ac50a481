// For executors that start commands: the same process groups, markers and time limits that Muster itself relies on.
export { runProcess, type ProcessEnding, type RunProcessOptions } from '../shell/run-process.ts'
