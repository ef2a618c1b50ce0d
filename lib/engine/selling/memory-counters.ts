import type { Moves } from '../types'
import { type Ask, type Reserved, reserve } from './reserve'

/** A trial begins with empty counters: with a buyer's own caps in it, anybody could count up to them. */
const withoutBuyersOwn = (ask: Ask): Ask => ({
  ...ask,
  candidates: ask.candidates.map((candidate) => ({
    ...candidate,
    needs: candidate.needs.filter(({ of }) => of !== 'destination'),
  })),
})

/** Counters and contacts in memory: for trying leads without taking anything from the real ones. */
export class MemoryCounters {
  private readonly used = new Map<string, number>()
  private readonly claims = new Map<string, { leadId: string; at: number }>()

  /** What a counter holds. */
  usedOf(key: string): number {
    return this.used.get(key) ?? 0
  }

  /** Says what a counter holds to begin with, and when a contact was claimed. */
  begin(used: ReadonlyMap<string, number>, claims: ReadonlyMap<string, { leadId: string; at: number }>): void {
    for (const [key, value] of used) if (!this.used.has(key)) this.used.set(key, value)
    for (const [key, claim] of claims) if (!this.claims.has(key)) this.claims.set(key, claim)
  }

  keys(): string[] {
    return [...this.used.keys()]
  }

  /** What a lead gives back, and what it was dearer than reckoned. */
  apply(moves: Moves | undefined, leadId: string): void {
    for (const { key, delta } of moves?.counters ?? []) this.used.set(key, this.usedOf(key) + delta)
    for (const key of moves?.claims ?? []) if (this.claims.get(key)?.leadId === leadId) this.claims.delete(key)
  }

  /** Decides as the database would, and takes what is granted. */
  reserve(ask: Ask, leadId: string, now: number): Reserved {
    const reserved = reserve(withoutBuyersOwn(ask), {
      used: (key) => this.usedOf(key),
      claimedAt: (key) => this.claims.get(key)?.at,
    })
    const { granted } = reserved
    if (granted) {
      this.apply({ counters: granted.taken, claims: [] }, leadId)
      for (const key of granted.claims) this.claims.set(key, { leadId, at: now })
    }
    return reserved
  }
}
