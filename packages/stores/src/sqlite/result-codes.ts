// The result codes of SQLite that we tell apart, by the names that its documentation gives them ("Result and Error Codes",
// https://sqlite.org/rescode.html).

/** Primary result codes: the lower byte of what SQLite says. */
export const resultCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

/** The primary code of an extended one; nothing where there is none. */
export function primaryCode(errcode: unknown): number | undefined {
  return typeof errcode === 'number' ? errcode & 0xff : undefined
}
