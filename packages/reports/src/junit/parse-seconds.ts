// Times as runners write them: seconds with a point, with grouping commas, with a decimal comma, or with a unit.

/**
 * Milliseconds of a time attribute, or undefined where it is no time.
 *
 * @example
 * ```ts
 * parseSeconds('1,234.5') // 1_234_500
 * parseSeconds('0,25s') // 250
 * parseSeconds('12 ms') // 12
 * ```
 */
export function parseSeconds(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^([-+0-9.,eE]{1,40}) ?(ms|s|sec|secs|seconds)?$/.exec(text.trim()) ?? []
  if (digits === '') return undefined
  const value = Number(plainNumber(digits))
  if (!Number.isFinite(value) || value < 0) return undefined
  // A millionth of a second is finer than any runner measures, and hides what binary fractions add.
  return unit === 'ms' ? value : Math.round(value * 1e6) / 1e3
}

function plainNumber(digits: string): string {
  const comma = digits.lastIndexOf(',')
  if (comma === -1) return digits
  const point = digits.lastIndexOf('.')
  if (point > comma || /^[1-9]\d{0,2}(?:,\d{3})+$/.test(digits)) return digits.replaceAll(',', '')
  return digits.replaceAll('.', '').replace(',', '.')
}
