/** "14:02:11.031": the time of day to the millisecond, where the account is. */
export const clockTime = (atMs: number, timeZone: string): string =>
  new Date(atMs).toLocaleTimeString('en-US', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZone,
  })

/** "Nov 21, 2026": the day, where the account is. */
export const dayOf = (atMs: number, timeZone: string): string =>
  new Date(atMs).toLocaleDateString('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone })
