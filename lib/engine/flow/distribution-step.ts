import { findReference, type Names } from '../names/references'
import type { Scope } from '../names/scope'
import { textOf } from '../names/scope'
import { compileRule } from '../rules/index'
import type { DistributionStep } from '../schema'
import type { Turn } from '../selling/reserve'
import type { Bid, FlowInput, Offer, Round, TraceEntry } from '../types'
import { compileTargeted } from './compile-buyer'
import type { CompiledBuyer, CompiledDistribution, CompiledMember } from './compiled'
import { ruleEntry, shortReason, unmet } from './criteria'

const everybody = 1_000

function tableOf({ table }: DistributionStep, names: Names): CompiledDistribution['table'] {
  if (!table) return undefined
  const field = table.field.startsWith('lead.') ? table.field : `lead.${table.field}`
  const found = findReference(field.split('.'), names, 'rule')
  const members = new Map(Object.entries(table.members).map(([value, id]) => [value.trim().toLowerCase(), id]))
  const reference = 'problem' in found ? undefined : found.reference
  return {
    read: reference?.read ?? (() => undefined),
    words: reference?.words ?? table.field,
    members,
    ...(table.default !== undefined && { default: table.default }),
  }
}

const bidsWithin = 3

/** @param auction the distribution whose bids say the order, where this one stands in it. */
export function compileDistribution(
  step: DistributionStep,
  names: Names,
  input: FlowInput,
  auction?: string,
): CompiledDistribution {
  const table = tableOf(step, names)
  const ownAuction = step.strategy === 'highest_price' ? (auction ?? step.id) : undefined
  return {
    type: 'distribution',
    id: step.id,
    name: step.name,
    strategy: step.strategy,
    sellTo: step.sell_to ?? (step.strategy === 'broadcast' ? everybody : 1),
    weight: step.weight ?? 1,
    ...(step.parallel && { parallel: true }),
    members: step.buyers.flatMap((member): CompiledMember[] => {
      if (member.type === 'buyer') return [compileTargeted(member, names, input, ownAuction)]
      return member.active === false ? [] : [compileDistribution(member, names, input, ownAuction)]
    }),
    bidsWithinMs: Math.round((step.bids_within_seconds ?? bidsWithin) * 1000),
    ...(step.time_budget_seconds !== undefined && { budgetMs: Math.round(step.time_budget_seconds * 1000) }),
    ...(step.when !== undefined && { when: compileRule(step.when, names) }),
    ...(table && { table }),
  }
}

export function* buyersWithin(members: readonly CompiledMember[]): Generator<CompiledBuyer> {
  for (const member of members) {
    if (member.type === 'buyer') yield member
    else yield* buyersWithin(member.members)
  }
}

type Bids = Readonly<Record<string, Bid>>
/** What the buyers of an auction bid, once they were asked. */
type Asked = { auction: string; bids: Bids }

const offerOf = ({ id }: CompiledBuyer): Offer => ({ stepId: id })
const isAsked = (member: CompiledMember) => member.type === 'distribution' || !member.standby

/** Members one after the other: buyers beside each other share a round, a group brings its own. */
function inOrder(members: readonly CompiledMember[], scope: Scope, asked?: Asked): Round[] {
  const rounds: Round[] = []
  let open: Round | undefined
  for (const member of members) {
    if (member.type === 'distribution') {
      rounds.push(...planOf(member, scope, asked))
      open = undefined
    } else if (open) open.offers.push(offerOf(member))
    else {
      open = { offers: [offerOf(member)] }
      rounds.push(open)
    }
  }
  return rounds
}

/** What a group brings to a round of turns; nothing where bids must be heard first, or nobody is there. */
function partsOf(rounds: Round[]): NonNullable<Turn['groups']>[string] {
  if (rounds.some(({ auction }) => auction !== undefined)) return []
  return rounds.map(({ offers, turn }) => ({ stepIds: offers.map(({ stepId }) => stepId), ...(turn && { turn }) }))
}

/** Buyers and groups in turn. A group that has to hear bids first is asked after them. */
function byTurns(step: CompiledDistribution, members: readonly CompiledMember[], scope: Scope, asked?: Asked): Round[] {
  const turn: Turn = { owner: `${scope.flow.id}/${step.id}`, weights: {} }
  const inTurn: Round = { offers: [], turn }
  const later: Round[] = []
  const takeShare = (member: CompiledMember, weight: number) => {
    const rounds = member.type === 'buyer' ? [{ offers: [offerOf(member)] }] : planOf(member, scope, asked)
    const parts = partsOf(rounds)
    if (parts.length === 0) return later.push(...rounds)
    turn.weights[member.id] = weight
    if (member.type === 'distribution') turn.groups = { ...turn.groups, [member.id]: parts }
    return inTurn.offers.push(...rounds.flatMap(({ offers }) => offers))
  }
  for (const member of members) {
    const weight = step.strategy === 'round_robin' ? 1 : member.weight
    if (weight > 0) takeShare(member, weight)
  }
  return inTurn.offers.length > 0 ? [inTurn, ...later] : later
}

/** What a buyer bids, or else its price; a group is worth what its best member is. */
function priceOf(member: CompiledMember, bids: Bids): number {
  if (member.type === 'distribution') {
    return Math.max(0, ...member.members.filter(isAsked).map((one) => priceOf(one, bids)))
  }
  const bid = Object.hasOwn(bids, member.id) ? bids[member.id] : undefined
  return bid && 'priceCents' in bid ? bid.priceCents : (member.priceCents ?? 0)
}

/** The highest price first. Where buyers are pinged, nobody knows it before they were: one round of all until then. */
function byPrice(step: CompiledDistribution, members: readonly CompiledMember[], scope: Scope, asked?: Asked): Round[] {
  const isAuction = [...buyersWithin(members)].some(({ ping }) => ping?.auction === step.id)
  if (isAuction && asked?.auction !== step.id) {
    const offers = inOrder(members, scope).flatMap((round) => round.offers)
    return [{ offers, auction: step.id }]
  }
  const bids = asked?.bids ?? {}
  return inOrder(
    members.toSorted((a, b) => priceOf(b, bids) - priceOf(a, bids)),
    scope,
    asked,
  )
}

/** The members that a table chooses for this lead, in words too. */
function byTable({ table, members }: CompiledDistribution, scope: Scope): { chosen: CompiledMember[]; words: string } {
  if (!table) return { chosen: [], words: 'The table is missing' }
  const value = textOf(table.read(scope)).trim()
  const id = table.members.get(value.toLowerCase()) ?? table.default
  const chosen = members.filter((member) => member.id === id)
  const found = chosen[0]?.name ?? 'nobody'
  return { chosen, words: `${table.words} is ${value === '' ? 'blank' : value}: ${found}` }
}

const strategyWords: Record<CompiledDistribution['strategy'], string> = {
  priority: 'In the order of priority',
  weighted: 'By weight',
  round_robin: 'Everybody in turn',
  highest_price: 'The highest price first',
  rules: 'The first whose rule is met',
  table: 'By the table',
  broadcast: 'Everybody',
}

/** How a distribution goes about this lead, in words. */
export function planWords(step: CompiledDistribution, scope: Scope): string {
  const words = step.strategy === 'table' ? byTable(step, scope).words : strategyWords[step.strategy]
  return step.parallel && step.sellTo > 1 ? `${words}, several at once` : words
}

/**
 * Who is asked in which order, as the strategy says for this lead at this moment.
 * @param asked what the buyers of an auction bid, once it is over.
 */
export function planOf(step: CompiledDistribution, scope: Scope, asked?: Asked): Round[] {
  const members = step.members.filter(isAsked)
  switch (step.strategy) {
    case 'weighted':
    case 'round_robin':
      return byTurns(step, members, scope, asked)
    case 'highest_price':
      return byPrice(step, members, scope, asked)
    case 'rules':
      return inOrder(
        members.filter(({ when }) => !when || when.test(scope)),
        scope,
      )
    case 'table':
      return inOrder(byTable(step, scope).chosen, scope)
    default:
      return inOrder(members, scope)
  }
}

type Why = { reason: string; trace: TraceEntry[] }

const isOrHas = (member: CompiledMember, stepId: string): boolean =>
  member.id === stepId || (member.type === 'distribution' && member.members.some((one) => isOrHas(one, stepId)))

/** Why the strategies on the way to a buyer leave it out for this lead; undefined when it is one of those to be asked. */
export function whyLeftOut(step: CompiledDistribution, stepId: string, scope: Scope): Why | undefined {
  const member = step.members.find((one) => isOrHas(one, stepId))
  if (!member) return undefined
  return leftOut(step, member, scope) ?? (member.type === 'buyer' ? undefined : whyLeftOut(member, stepId, scope))
}

function leftOut(step: CompiledDistribution, member: CompiledMember, scope: Scope): Why | undefined {
  const { strategy } = step
  if (strategy === 'weighted' && member.weight === 0) {
    return { reason: 'Its weight is 0', trace: [] }
  }
  if (strategy === 'table') {
    const { chosen, words } = byTable(step, scope)
    return chosen.includes(member) ? undefined : { reason: `Not chosen: ${words}`, trace: [] }
  }
  const { when } = member
  const why = strategy === 'rules' ? unmet(member, when, scope) : undefined
  if (!when || why === undefined) return undefined
  const reason = shortReason(`Not chosen: ${why}`)
  return { reason, trace: [ruleEntry('distribution', false, reason, when, scope)] }
}
