const written = /^\s*(\d{1,2})(?::?(\d{2}))?(?::\d{2})?\s*(?:([ap])\.?m\.?)?\s*$/i

function hoursOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** Minutes since midnight of a time of day as people write it: "0830", "8:30", "17", "5 pm", 900. 24:00 is the end of the day. */
export function minuteOf(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value)
  // "900" is nine o'clock.
  const [, hour, minute = '0', half] = written.exec(/^\d{3}$/.test(text) ? `0${text}` : text) ?? []
  const hours = hour === undefined ? undefined : hoursOf(Number(hour), half)
  if (hours === undefined || Number(minute) > 59) return undefined
  const minutes = hours * 60 + Number(minute)
  return minutes <= 24 * 60 ? minutes : undefined
}

const two = (value: number) => String(value).padStart(2, '0')

/** "08:30" of minutes since midnight. */
export const clockText = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
