// Numbers among a benchmark's own options. One that is none is refused before anything is measured: NaN tasks take no time.
import { BenchMisuse } from './bench-misuse.ts'
import type { BenchContext } from './bench.ts'

/** A whole number from `least` up. */
export function wholeNumber(
  { options }: Pick<BenchContext, 'options'>,
  name: string,
  { fallback, least = 1 }: { readonly fallback: number; readonly least?: number },
): number {
  const given = options[name] ?? fallback
  const number = Number(given)
  if (given !== true && Number.isInteger(number) && number >= least) return number
  throw new BenchMisuse(`Expected --${name} to be a whole number from ${least} up, got ${String(given)}.`)
}

/** A number above 0. */
export function positiveNumber({ options }: Pick<BenchContext, 'options'>, name: string, fallback: number): number {
  const given = options[name] ?? fallback
  const number = Number(given)
  if (given !== true && Number.isFinite(number) && number > 0) return number
  throw new BenchMisuse(`Expected --${name} to be a number above 0, got ${String(given)}.`)
}
