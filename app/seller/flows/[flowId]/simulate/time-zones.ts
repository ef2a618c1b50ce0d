import type { FlowDocument } from '@/lib/engine'

/** The time zones that a moment may be given in: the account's, then those of the buyers' hours and caps. */
export function timeZonesOf(document: FlowDocument, own: string): string[] {
  const found = JSON.stringify(document).matchAll(/"timezone":"([^"]+)"/g)
  return [...new Set([own, ...[...found].flatMap(([, zone]) => zone ?? [])])]
}
