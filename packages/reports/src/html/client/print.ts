// On paper nothing folds out, nothing is pressed and the sheet is white: what is folded is opened before printing, the colours
// are the light ones, and both go back after.

/** Something that looks different on paper. */
export interface Printed {
  readonly begin: () => void
  readonly end: () => void
}

/** Calls `begin` before the page goes to paper and `end` after, however that is asked for. */
export function onPrint(printed: readonly Printed[]): void {
  let isPrinting = false
  const turn = (wanted: boolean): void => {
    if (wanted === isPrinting) return
    isPrinting = wanted
    for (const { begin, end } of printed)
      if (wanted) begin()
      else end()
  }
  const paper = matchMedia('print')
  paper.addEventListener('change', ({ matches }) => turn(matches))
  addEventListener('beforeprint', () => turn(true))
  addEventListener('afterprint', () => turn(paper.matches))
}

/** Opens every fold, and what a fold fills when it is opened, at once: printing does not wait. */
export function foldsForPrint(): Printed {
  let opened: HTMLDetailsElement[] = []
  return {
    begin: () => {
      for (let closed = closedFolds(); closed.length > 0; closed = closedFolds()) {
        opened.push(...closed)
        for (const fold of closed) {
          fold.open = true
          fold.dispatchEvent(new Event('toggle'))
        }
      }
    },
    end: () => {
      for (const fold of opened) fold.open = false
      opened = []
    },
  }
}

function closedFolds(): readonly HTMLDetailsElement[] {
  const found = Array.from(document.querySelectorAll('main details:not([open])'))
  return found.filter((fold) => fold instanceof HTMLDetailsElement)
}
