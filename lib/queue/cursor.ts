import { isUuid } from '../ids'

/** Where a page ends: a moment in microseconds since 1970, and among equals the lead's id. */
export const cursorOf = (microseconds: string, leadId: string): string => `${microseconds}.${leadId}`

/** The other way round; nothing for a cursor that is none. */
export function readCursor(cursor: string | undefined): { us: string; id: string } | undefined {
  const [us = '', id = ''] = (cursor ?? '').split('.')
  return /^\d{1,18}$/.test(us) && isUuid(id) ? { us, id } : undefined
}
