import type { Verdict } from '../types'
import { percentOf } from './simulate'

/** What a buyer step is taken to say where nobody asked it. */
export type Assumption = { answers: 'accepts' | 'rejects' } | { answers: 'accepts_percent'; percent: number }

/** The verdict of an assumption on a lead: the same lead and step always give the same. */
export function assumedVerdict(assumption: Assumption, leadId: string, stepId: string): Verdict {
  const accepts =
    assumption.answers === 'accepts_percent'
      ? percentOf(`${leadId} ${stepId}`) < assumption.percent
      : assumption.answers === 'accepts'
  return accepts ? { outcome: 'accepted' } : { outcome: 'rejected', reason: 'Taken to be rejected' }
}
