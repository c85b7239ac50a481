// Loaded by a worker process; nothing is here yet.
export const moduleName: string = 'node/reporter'
