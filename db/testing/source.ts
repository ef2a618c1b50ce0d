import { expect } from 'vitest'
import type { Actor } from '../../lib/actor'
import { intakeApp } from '../../lib/api/index'
import { getLead } from '../../lib/leads/index'
import { must } from './results'

/*
 * What a source does, over HTTP as the intake answers it. Not in the index: it brings all of intake with it, which few
 * tests need.
 */

export type SourceAnswer = {
  outcome: string
  reason?: string
  lead: { id: string; status?: string }
  price: number
}

export const post = (path: string, fields: Record<string, string>) =>
  intakeApp.request(path, { method: 'POST', body: new URLSearchParams(fields) })

let people = 0

/** The email of the person whose lead was submitted last. */
export const lastEmail = () => `person${people}@example.com`

/** Submits the lead of another person from California; `more` says more of it, or otherwise. */
export async function submit(path: string, more: Record<string, string> = {}): Promise<SourceAnswer> {
  people++
  const answer = await post(path, { email: lastEmail(), state: 'CA', ...more })
  expect(answer.status).toBe(201)
  return (await answer.json()) as SourceAnswer
}

/** What the source is told when it asks for its lead. */
export async function answerNow(path: string, leadId: string): Promise<SourceAnswer> {
  const answer = await intakeApp.request(path.replace(/submit$/, `leads/${leadId}`))
  return (await answer.json()) as SourceAnswer
}

/** A lead with all that its viewer may see of what happened to it. */
export const leadSeenBy = async (actor: Actor, leadId: string) => must(await getLead(actor, leadId))
