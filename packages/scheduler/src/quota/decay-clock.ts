// Use that fades: what was held counts half as much after every half-life. Nothing is touched as time goes by. Everything is
// kept on one scale that grows instead, so the order of two owners changes only when one of them does something.

/** Powers of two above which the scale begins anew, far from where numbers end. */
const mostHalfLives = 256

/** The growing scale. */
export class DecayClock {
  readonly #halfLifeMs: number
  #baseMs = 0

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs
  }

  /** What holding one unit for a while counts, on the scale: unit times milliseconds, later ones more. */
  span(fromMs: number, toMs: number): number {
    if (this.#halfLifeMs === Infinity) return toMs - fromMs
    const perMs = Math.LN2 / this.#halfLifeMs
    return (this.weight(fromMs) * Math.expm1((toMs - fromMs) * perMs)) / perMs
  }

  /** What one unit of a moment counts on the scale. */
  weight(atMs: number): number {
    return this.#halfLifeMs === Infinity ? 1 : 2 ** ((atMs - this.#baseMs) / this.#halfLifeMs)
  }

  /** By what everything that is kept has to be multiplied now; mostly 1. */
  renew(atMs: number): number {
    if (!((atMs - this.#baseMs) / this.#halfLifeMs > mostHalfLives)) return 1
    const factor = 1 / this.weight(atMs)
    this.#baseMs = atMs
    return factor
  }

  /** Mean of something since the start, weighed by how long ago it was, from what it counts on the scale. */
  mean(counted: number, atMs: number): number {
    if (this.#halfLifeMs === Infinity) return atMs > 0 ? counted / atMs : 0
    return ((counted / this.weight(atMs)) * Math.LN2) / this.#halfLifeMs
  }
}
