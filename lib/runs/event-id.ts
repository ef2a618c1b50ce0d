import { timeOfId, uuidv7 } from '../ids'

/**
 * An id for an event of this lead that sorts after the lead's own, also where this machine's clock is behind the one
 * that made the lead: look-ups of a lead's events start at the lead's id.
 */
export const eventIdAfter = (leadId: string): string => uuidv7(Math.max(Date.now(), timeOfId(leadId) + 1))

export const eventIdFor = ({ leadId }: { leadId: string }): string => eventIdAfter(leadId)
