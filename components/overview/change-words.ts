const count = (value: number) => Math.abs(value).toLocaleString('en-US')

/** A number against the day before, in words: "12 more than the day before". */
export function changeWords(value: number, before: number): string {
  const change = value - before
  if (before === 0) return value === 0 ? 'none the day before either' : 'none the day before'
  if (change === 0) return 'as many as the day before'
  return `${count(change)} ${change > 0 ? 'more' : 'fewer'} than the day before`
}

/** "71% of leads"; nothing of nothing. */
export const shareWords = (part: number, whole: number, of: string): string =>
  whole === 0 ? `no ${of} yet` : `${Math.round((part / whole) * 100)}% of ${of}`
