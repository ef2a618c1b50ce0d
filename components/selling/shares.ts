/**
 * Weights as whole percents that add up to 100, each within one of its exact share (the largest remainders get the
 * rest); all 0 where every weight is 0.
 */
export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (weight / total) * 100)
  const shares = exact.map(Math.floor)
  const missing = Math.round(100 - shares.reduce((sum, share) => sum + share, 0))
  const byRemainder = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of byRemainder.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1
  return shares
}
