import type { FlowDocument } from '../engine/index'
import { dayMs } from '../time'

/** The delivery that feedback is about, as the log has it. */
export type AboutEvent = {
  type: string
  outcome: string
  isTest: boolean
  deliveredAt: number
  /** Feedbacks on it so far, and whether a return was accepted. */
  feedbacks: number
  isReturned: boolean
}

/** More is a sender that repeats itself with changing words. */
export const mostFeedbacks = 50

const kinds = ['return', 'conversion'] as const

/** Why feedback can't be taken for this event at all, or `undefined`. */
function refusedByEvent(event: AboutEvent): string | undefined {
  if (event.type !== 'delivery') {
    return `This is the event of a ${event.type.replaceAll('_', ' ')}; send the event ID of your delivery`
  }
  if (event.isTest) return 'Feedback on a test lead is not taken'
  if (event.outcome === 'skipped') return 'This lead was not sent: its step was skipped'
  if (event.outcome === 'rejected') return 'This lead was rejected, so there is nothing to give feedback on'
  if (event.outcome === 'error') return 'This lead was not delivered, so there is nothing to give feedback on'
  if (event.feedbacks >= mostFeedbacks) return 'Too many feedbacks on this event'
  return undefined
}

/**
 * Decides feedback by the flow's rules (`api.md` §2): the reason of the refusal, or `undefined` when it is accepted.
 * The window is N × 24 hours from the delivery to that buyer; 0 days is no limit.
 */
export function refusalOf(
  event: AboutEvent,
  rules: FlowDocument['feedback'],
  feedback: { type: string; reason?: string | undefined },
  now: number,
): string | undefined {
  const byEvent = refusedByEvent(event)
  if (byEvent !== undefined) return byEvent
  const allowed = kinds.filter((kind) => rules[kind].allowed)
  const type = allowed.find((kind) => kind === feedback.type)
  if (!type) {
    const list = allowed.length > 0 ? `Allowed: ${allowed.join(', ')}` : 'This flow takes no feedback'
    return feedback.type === '' ? `Type is required. ${list}` : `Type ${feedback.type} is not allowed. ${list}`
  }
  return type === 'return' ? refusedReturn(event, rules.return, feedback.reason, now) : undefined
}

function refusedReturn(
  event: AboutEvent,
  rules: FlowDocument['feedback']['return'],
  reason: string | undefined,
  now: number,
): string | undefined {
  const { within_days: days, reasons } = rules
  if (event.isReturned) return 'This lead was returned already'
  if (days > 0 && now > event.deliveredAt + days * dayMs) return `Must provide return within ${days} days`
  if (rules.reason_required && !reason?.trim()) return 'Reason is required'
  const wanted = reason?.trim().toLowerCase()
  if (wanted && reasons.length > 0 && !reasons.some((one) => one.toLowerCase() === wanted)) {
    return `Reason must be one of: ${reasons.join(', ')}`
  }
  return undefined
}
