// The colours of the timeline: a canvas knows no style sheet, so it is asked for what it says whenever a theme changes.

/** Colours of everything that is drawn. */
export interface GanttColours {
  readonly text: string
  readonly muted: string
  readonly line: string
  readonly accent: string
  readonly load: string
  readonly starting: string
  readonly font: string
  readonly bars: Readonly<Record<string, { readonly fill: string; readonly ink: string }>>
}

/** Colours as the style sheet has them now. */
export function coloursOf(node: HTMLElement): GanttColours {
  const style = getComputedStyle(node)
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const bar = (name: string): { readonly fill: string; readonly ink: string } => ({
    fill: colour(`bar-${name}`),
    ink: colour(`bar-${name}-ink`),
  })
  return {
    text: colour('text'),
    muted: colour('muted'),
    line: colour('line'),
    accent: colour('accent'),
    load: colour('load'),
    starting: colour('bar-starting'),
    font: style.fontFamily,
    bars: {
      passed: bar('passed'),
      failed: bar('failed'),
      'timed-out': bar('timed-out'),
      skipped: bar('other'),
      cancelled: bar('other'),
    },
  }
}
