// What a person asked of a benchmark and cannot have: told in one line with the usage, and exit code 2, never as a stack.

/** Options that do not fit, or a data set that is not given. */
export class BenchMisuse extends Error {}
