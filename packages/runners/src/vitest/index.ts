// The public entry of the vitest adapter; named exports only. Nothing is public yet.
export const runnerName: string = 'vitest'
