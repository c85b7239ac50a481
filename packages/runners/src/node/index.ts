// The public entry of the node adapter; named exports only. Nothing is public yet.
export const runnerName: string = 'node'
