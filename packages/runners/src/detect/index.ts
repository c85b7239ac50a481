// The public entry of runner detection; named exports only. Nothing is public yet.
export const entryName: string = 'detect'
