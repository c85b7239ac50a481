// What a variable of the environment must hold to mean yes: people write `CI=false` and `CI=0` to mean no.

/** Whether a variable is there and says neither `false` nor `0`. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
