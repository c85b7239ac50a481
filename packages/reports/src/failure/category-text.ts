// Categories in words that need no glossary.
import type { Failure } from '@muster/core'

const words: Readonly<Record<Failure['category'], string>> = {
  assertion: 'Expectation not met',
  exception: 'Error thrown',
  timeout: 'Out of time',
  network: 'Network',
  resource: 'Out of resources',
  'hardware-device': 'Device',
  environment: 'Environment',
  'build-dependency': 'Build or dependency',
  'permission-auth': 'Permission',
  configuration: 'Configuration',
  'process-crash': 'Process died',
  infrastructure: 'Test infrastructure',
  'data-parse': 'Unreadable data',
  cancelled: 'Cancelled',
  unknown: 'No reason given',
}

/** A category in words, with the kind within it where that says more: `Network: refused`. Of a timeout it says only whose. */
export function categoryText({ category, code }: Pick<Failure, 'category' | 'code'>): string {
  return code === undefined || category === 'timeout'
    ? words[category]
    : `${words[category]}: ${code.replaceAll('-', ' ')}`
}
