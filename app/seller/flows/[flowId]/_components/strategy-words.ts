import type { DistributionStep, Strategy } from '@/lib/engine/schema'

export const strategyWords: Record<Strategy, string> = {
  priority: 'By priority',
  weighted: 'By weight',
  round_robin: 'In turn',
  highest_price: 'Highest price first',
  rules: 'First rule that is met',
  table: 'By a table',
  broadcast: 'To everybody',
}

/** What a strategy does, in a sentence. */
export const strategyHelp: Record<Strategy, string> = {
  priority: 'Buyers are asked from top to bottom until enough have taken the lead.',
  weighted: 'Each buyer or group gets its share, exactly: of any ten leads at 70 to 30, seven and three.',
  round_robin: 'Everybody has a turn before anybody has a second one, whichever process takes the lead in.',
  highest_price: 'Whoever pays most is asked first. Buyers with a ping are asked for their bid before, all at once.',
  rules: 'The first buyer whose rule is met is asked, then the next one whose rule is met.',
  table: 'The value of a field chooses the buyer or group.',
  broadcast: 'All of them are asked.',
}

/** Whether several buyers may have a lead. */
export const sellsToSeveral = ({ strategy, sell_to: most }: DistributionStep): boolean =>
  most === undefined ? strategy === 'broadcast' : most > 1
