// The public entry of the command adapter; named exports only. Nothing is public yet.
export const runnerName: string = 'command'
