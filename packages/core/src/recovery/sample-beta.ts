// Draws from a beta distribution with dice that are passed in, so that a choice can be repeated. By two gamma draws (G. Marsaglia
// and W. W. Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26, 2000).

/** A number in [0, 1) each time it is called. */
export type Roll = () => number

/** A draw from Beta(a, b); both above 0. */
export function sampleBeta(a: number, b: number, roll: Roll): number {
  const x = sampleGamma(a, roll)
  const y = sampleGamma(b, roll)
  return x + y === 0 ? a / (a + b) : x / (x + y)
}

function sampleGamma(shape: number, roll: Roll): number {
  // Below 1 the method does not hold: draw one higher and scale.
  if (shape < 1) return sampleGamma(shape + 1, roll) * Math.max(roll(), Number.MIN_VALUE) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  // Each round is taken with more than 95 %; dice that always lose must not hold anybody.
  for (let round = 0; round < 100; round += 1) {
    const x = sampleNormal(roll)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    const u = Math.max(roll(), Number.MIN_VALUE)
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
  return shape
}

/** Box and Muller, 1958. */
function sampleNormal(roll: Roll): number {
  return Math.sqrt(-2 * Math.log(Math.max(roll(), Number.MIN_VALUE))) * Math.cos(2 * Math.PI * roll())
}
