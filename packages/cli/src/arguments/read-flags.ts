// Values of flags as numbers, durations and names; each refusal names the flag.
import { MusterError } from '@muster/core'

/** A whole number from `least` up, or nothing where the flag was not given. */
export function wholeNumber(values: Readonly<Record<string, string>>, flag: string, least: number): number | undefined {
  const text = values[flag]
  if (text === undefined) return undefined
  const number = /^-?\d+$/.test(text) ? Number(text) : NaN
  if (Number.isSafeInteger(number) && number >= least) return number
  throw misuse(flag, `a whole number from ${String(least)} up`, text)
}

const unitsMs: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }

/** Milliseconds of `1500`, `90s`, `10m`, `1.5h`, or nothing where the flag was not given. */
export function milliseconds(values: Readonly<Record<string, string>>, flag: string): number | undefined {
  const text = values[flag]
  if (text === undefined) return undefined
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text) ?? []
  const factor = unitsMs[unit]
  const ms = number === undefined || factor === undefined ? NaN : Number(number) * factor
  if (Number.isFinite(ms) && ms > 0) return ms
  throw misuse(flag, 'milliseconds above 0, or a time such as 90s, 10m or 1h', text)
}

/** One of some names, or nothing where the flag was not given. */
export function oneOf<Name extends string>(
  values: Readonly<Record<string, string>>,
  flag: string,
  names: readonly Name[],
): Name | undefined {
  const text = values[flag]
  if (text === undefined) return undefined
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw misuse(flag, `one of ${names.join(', ')}`, text)
}

/** Some of some names, parted by commas, or nothing where the flag was not given. */
export function namesOf<Name extends string>(
  values: Readonly<Record<string, string>>,
  flag: string,
  names: readonly Name[],
): readonly Name[] | undefined {
  const text = values[flag]
  if (text === undefined) return undefined
  return text.split(',').map((part) => {
    const found = names.find((name) => name === part.trim())
    if (found !== undefined) return found
    throw misuse(flag, `some of ${names.join(', ')}, parted by commas`, text)
  })
}

function misuse(flag: string, expected: string, got: string): MusterError {
  return new MusterError('OPTIONS_INVALID', {
    expected: `--${flag} to be ${expected}`,
    got: JSON.stringify(got),
    remedy: `Correct --${flag}.`,
  })
}
