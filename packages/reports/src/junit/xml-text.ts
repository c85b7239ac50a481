// Names and messages in XML. Titles of tests hold anything: colours, NULs, half characters. What XML 1.0 forbids is taken out,
// because one such character makes a whole report unreadable to a strict service.
import { plainText } from '../text/plain-text.ts'

/** `text` for the value of an attribute: line ends and tabs survive as references. */
function xmlAttribute(text: string): string {
  return xmlText(text).replace(/"/g, '&quot;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')
}

/** `text` between tags. */
export function xmlText(text: string): string {
  return (
    plainText(text)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/\r/g, '&#13;')
      // Marks that turn the direction of writing say the same as references, and show nobody anything else.
      .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (mark) => `&#x${mark.charCodeAt(0).toString(16)};`)
  )
}

/** Attributes in the order given; what is undefined is left out. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  let written = ''
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) written += ` ${name}="${xmlAttribute(String(value))}"`
  }
  return written
}

/** Seconds with three decimals at most, as the strictest schema asks. */
export function xmlSeconds(durationMs: number): string {
  return Number.isFinite(durationMs) && durationMs > 0 ? (Math.round(durationMs) / 1000).toFixed(3) : '0.000'
}
