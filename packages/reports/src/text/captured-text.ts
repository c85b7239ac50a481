// What an attempt printed, of which only the beginning and the end may have been kept.
import type { CapturedText } from '@muster/core'

/** Both parts as one text, with a line between them that says how much is missing; empty where nothing was printed. */
export function capturedText(captured: CapturedText | undefined): string {
  if (captured === undefined) return ''
  const { head, tail, omittedBytes } = captured
  return omittedBytes > 0 && head + tail !== '' ? `${head}\n… ${omittedBytes} bytes left out …\n${tail}` : head + tail
}
