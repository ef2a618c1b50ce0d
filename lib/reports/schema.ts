/** What an account's overview shows, from the hourly rollups: the last 24 hours by hour, and totals beside the 24 before. */
export type Overview = {
  totals: { leads: number; sold: number; revenueCents: number; costCents: number; errors: number; unknown: number }
  before: { leads: number; sold: number; revenueCents: number; costCents: number }
  /** Oldest first, 24 entries; `at` is the start of the hour, ISO 8601. */
  hours: { at: string; success: number; failure: number; error: number; pending: number }[]
  /** Deliveries by step (seller) or connection (buyer), most first. */
  subjects: {
    id: string
    name: string
    href: string
    accepted: number
    rejected: number
    error: number
    unknown: number
    skipped: number
    cents: number
    medianMs?: number
  }[]
}

/** Counts by outcome, by step id. A step that no lead reached is not in it. */
export type StepOutcomes = Record<string, Record<string, number>>
