// What somebody gave us, in words that follow "got": short, and with its type where that may be what is wrong.

/** A value as a message shows it: `"fast"`, `3 (number)`, `a list of 2`, `nothing`. */
export function showValue(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing'
    case 'string':
      return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
    case 'number':
    case 'bigint':
    case 'boolean':
      return `${String(value)} (${typeof value})`
    case 'function':
    case 'symbol':
      return `a ${typeof value}`
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
  }
}
