// Light or dark: as the system says, until somebody chooses. The choice is kept where the browser allows a file to keep
// something.
import type { Printed } from './print.ts'

const key = 'muster-report-theme'

type Theme = 'light' | 'dark'

/** The theme that is shown. */
export class ThemeSwitch {
  readonly #system: MediaQueryList = matchMedia('(prefers-color-scheme: dark)')
  readonly #onChange: () => void
  #chosen: Theme | undefined
  #isPrinting = false

  constructor(onChange: () => void) {
    this.#onChange = onChange
    this.#chosen = remembered()
    this.#system.addEventListener('change', () => this.#apply())
    this.#apply()
  }

  get isDark(): boolean {
    return (this.#chosen ?? (this.#system.matches ? 'dark' : 'light')) === 'dark'
  }

  /** Paper is white. */
  get printed(): Printed {
    const turn = (isPrinting: boolean): void => {
      this.#isPrinting = isPrinting
      this.#apply()
    }
    return { begin: () => turn(true), end: () => turn(false) }
  }

  toggle(): void {
    this.#chosen = this.isDark ? 'light' : 'dark'
    try {
      localStorage.setItem(key, this.#chosen)
    } catch {
      // A page from a file may keep nothing in some browsers; the choice then holds until it is closed.
    }
    this.#apply()
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.isDark && !this.#isPrinting ? 'dark' : 'light'
    this.#onChange()
  }
}

function remembered(): Theme | undefined {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'light' || kept === 'dark' ? kept : undefined
  } catch {
    // As above: where nothing may be kept, nothing was chosen before.
    return undefined
  }
}
