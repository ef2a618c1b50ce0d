/** The one place that reads the clock for code that takes time as a value. Unix milliseconds, UTC. */
export const now = (): number => Date.now()
