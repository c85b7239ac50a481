// The public entry of the SQLite store; named exports only. Nothing is public yet.
export const storeName: string = 'sqlite'
