import type { BacktestView } from '@/lib/backtests/schema'

/** What was tried: "Draft", "Version 7". */
export const versionWords = ({ version }: Pick<BacktestView, 'version'>): string =>
  version === 'draft' ? 'Draft' : `Version ${version}`

const day = (at: string) => at.slice(0, 10)

/** On what: "last 1,000 leads", "2026-01-01 to 2026-01-31", "a CSV file". */
export function leadsWords({ asked: { leads } }: Pick<BacktestView, 'asked'>): string {
  if ('file' in leads) return 'a CSV file'
  if ('last' in leads) return `last ${leads.last.toLocaleString('en-US')} leads`
  // The end is the first moment after the last day.
  const last = leads.to === undefined ? undefined : day(new Date(Date.parse(leads.to) - 1).toISOString())
  return last === undefined ? `since ${day(leads.from)}` : `${day(leads.from)} to ${last}`
}

export const isOpen = ({ status }: Pick<BacktestView, 'status'>): boolean =>
  status === 'waiting' || status === 'running'

/** More or less money, in cents, with its sign. */
export const revenueChange = ({ totals }: Pick<BacktestView, 'totals'>): number | undefined =>
  totals && totals.before.leads > 0 ? totals.after.revenueCents - totals.before.revenueCents : undefined
