// Whose use something is: names from the widest to the narrowest, parted by `/`, such as `mobile/checkout/ann`.
import type { TaskDefinition } from '@muster/core'

/** Whom a task without an owner is charged to. */
export const nobody = 'nobody'

/** The owner of a task as it is counted. */
export function ownerOf({ owner }: TaskDefinition): string {
  return owner === undefined || owner === '' ? nobody : owner
}

/** What is wrong with the name of an owner, in words; nothing where it can be one. */
export function wrongOwner(owner: string): string | undefined {
  const names = owner.split('/')
  if (names.some((name) => name === '')) return `${JSON.stringify(owner)} has an empty name in it`
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  return twice === undefined ? undefined : `${JSON.stringify(owner)} is a circle: ${twice} would be within itself`
}

/** The owner above, or nothing for one at the top. */
export function ownerAbove(owner: string): string | undefined {
  const end = owner.lastIndexOf('/')
  return end < 0 ? undefined : owner.slice(0, end)
}
