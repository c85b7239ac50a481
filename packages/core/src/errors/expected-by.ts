// What a schema wanted, in words that follow "expected", the same that a configuration is refused in. Words of the library
// that checks are for whoever knows that library.
import type { z } from 'zod'

/** What would have been right where an issue was found: `a number of at least 1`. */
export function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeName(issue.expected)
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return `${sizeName(issue.origin)} of ${issue.inclusive === false ? 'more than' : 'at least'} ${String(issue.minimum)}`
    case 'too_big':
      return `${sizeName(issue.origin)} of ${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message.replace(/^expected /, '')
  }
}

function typeName(expected: string): string {
  switch (expected) {
    case 'int':
      return 'a whole number'
    case 'array':
      return 'a list'
    case 'object':
    case 'record':
      return 'an object'
    case 'string':
      return 'a text'
    default:
      return `a ${expected}`
  }
}

function sizeName(origin: string): string {
  switch (origin) {
    case 'string':
      return 'a text with a length'
    case 'array':
      return 'a list with a length'
    default:
      return 'a number'
  }
}
