/** Steps from one word to another, each a letter more, less or changed; `most` + 1 when there are more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? most + 1
}

/** The name that was probably meant, as a sentence to put behind a problem; empty when none is near. */
export function didYouMean(typed: string, names: Iterable<string>): string {
  if (typed.length > 60) return ''
  const most = typed.length < 5 ? 1 : 2
  let nearest: { name: string; steps: number } | undefined
  for (const name of names) {
    const steps = distance(typed.toLowerCase(), name.toLowerCase(), most)
    if (steps <= most && steps < (nearest?.steps ?? most + 1)) nearest = { name, steps }
  }
  return nearest ? ` Did you mean “${nearest.name}”?` : ''
}
