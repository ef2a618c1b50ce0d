export const units = [
  { name: 'second', ms: 1_000 },
  { name: 'minute', ms: 60_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'day', ms: 86_400_000 },
] as const
export type Unit = (typeof units)[number]['name']

/** A stretch of time in the largest unit that says it in a whole number; in seconds otherwise. */
export function durationOf(ms: number): { count: number; unit: Unit } {
  const found = ms === 0 ? undefined : units.findLast((unit) => ms % unit.ms === 0)
  return found ? { count: ms / found.ms, unit: found.name } : { count: ms / 1_000, unit: 'second' }
}

/** "1 hour", "90 seconds": as the document says it. */
export const wordsOfDuration = (count: number, unit: Unit): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/** "1 h 30 min", "45 s": short, of the two largest units. */
export function shortDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const said = parts.filter(([count]) => count > 0).slice(0, 2)
  return said.length === 0 ? 'at once' : said.map(([count, unit]) => `${count} ${unit}`).join(' ')
}
