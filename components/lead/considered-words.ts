import type { Considered } from '@/lib/leads/schema'

/** Where a reason is a word, what was noted beside it says more. */
export function reasonOf({ reason, trace }: Considered): string | undefined {
  const said = trace.find(({ comparisons, text }) => comparisons === undefined && text !== reason)
  return said?.text ?? reason
}

const wayWords: Record<NonNullable<Considered['via']>, (other: string) => string> = {
  overflow: (other) => `in place of ${other}, which is full`,
  alternate: (other) => `in place of ${other}, which is closed`,
  remediation: (other) => `in place of ${other}, which wants more of a lead`,
  failover: (other) => `after ${other} failed`,
  reassigned: (other) => `sent here while it waited for ${other}`,
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** How a buyer came to its place, in a few words each. */
export function factsOf({ place, via, insteadOf, tries }: Considered): string[] {
  const way = via === undefined ? undefined : insteadOf === undefined ? 'as a backup' : wayWords[via](insteadOf)
  const facts = [place, way && capital(way), tries !== undefined && tries > 1 && `${tries} tries`]
  return facts.filter((fact): fact is string => typeof fact === 'string')
}
