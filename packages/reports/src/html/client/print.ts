// On paper nothing folds out: what is folded is opened before printing, and folded again after.

/** Opens folds for printing. */
export function openFoldsForPrint(): void {
  let opened: readonly HTMLDetailsElement[] = []
  addEventListener('beforeprint', () => {
    opened = Array.from(document.querySelectorAll('details:not([open])')).filter(
      (fold) => fold instanceof HTMLDetailsElement,
    )
    for (const fold of opened) fold.open = true
  })
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false
  })
}
