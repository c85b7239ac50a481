// The public entry of this package; named exports only. Nothing is public yet.
export const packageName: string = '@muster/analysis'
