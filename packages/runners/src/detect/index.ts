// The public entry of the detection of test runners; named exports only.
export { detectRunners, type RunnerCandidate } from './shell/detect-runners.ts'
