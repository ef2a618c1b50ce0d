import { isTimeZone } from '../../time'
import { findReference, type Names } from '../names/references'
import type { BuyerStep, DistributionStep, FlowDocument } from '../schema'
import { placedBuyers } from '../shapes/buyers'
import type { Caps } from '../shapes/selling'
import type { FlowInput } from '../types'
import type { Problems } from './problems'

type At = { path: string; names: Names; document: FlowDocument }
/** A step within it whose buyer is asked for its bid, whoever configured that. */
type AtGroup = At & { isPinged: (step: BuyerStep) => boolean }

/** A step by its id that somebody else names. */
type Named = { id: string; path: string; words: string }

function namedBy({ conditional_delivery: conditions, failover }: BuyerStep, path: string): Named[] {
  const { time_restrictions: times, caps, quality_requirements: quality } = conditions ?? {}
  const at = `${path}.conditional_delivery`
  const named: [string | undefined, string, string][] = [
    [times?.alternate_buyer, `${at}.time_restrictions.alternate_buyer`, 'the alternate buyer'],
    [caps?.when_exceeded.backup_buyer, `${at}.caps.when_exceeded.backup_buyer`, 'the backup buyer'],
    [
      quality?.when_not_met.remediation_buyer,
      `${at}.quality_requirements.when_not_met.remediation_buyer`,
      'the remediation buyer',
    ],
    ...(failover?.failover_chain ?? []).map((link, index): [string | undefined, string, string] => [
      'buyer' in link ? link.buyer : undefined,
      `${path}.failover.failover_chain.${index}.buyer`,
      'a failover buyer',
    ]),
  ]
  return named.flatMap(([id, where, words]) => (id === undefined ? [] : [{ id, path: where, words }]))
}

/** Whoever stands in for a buyer must be there, and nobody stands in for itself, however long the way round. */
export function checkStandIns(document: FlowDocument, to: Problems): void {
  const buyers = placedBuyers(document)
  const steps = new Map(buyers.map((placed) => [placed.step.id, placed]))
  const reaches = (from: string, target: string, seen: Set<string>): boolean => {
    const placed = steps.get(from)
    if (!placed || seen.has(from)) return false
    seen.add(from)
    return namedBy(placed.step, placed.path).some(({ id }) => id === target || reaches(id, target, seen))
  }
  for (const { step, path } of buyers) {
    for (const named of namedBy(step, path)) {
      if (!steps.has(named.id))
        to.add('error', named.path, `There is no buyer step “${named.id}” to be ${named.words}.`, step.id)
      else if (named.id === step.id || reaches(named.id, step.id, new Set()))
        to.add('error', named.path, `“${named.id}” leads back to “${step.id}”: a circle.`, step.id)
    }
  }
}

function checkZone(zone: string | undefined, path: string, to: Problems, stepId?: string): void {
  if (zone !== undefined && zone !== '' && !isTimeZone(zone))
    to.add('error', path, `“${zone}” is not a time zone. Use a name like America/Los_Angeles.`, stepId)
}

export function checkCaps(caps: Caps | undefined, path: string, to: Problems, stepId?: string): void {
  if (!caps) return
  checkZone(caps.timezone, `${path}.timezone`, to, stepId)
  const counts: [keyof Caps, number][] = [
    ['per_minute', 1],
    ['hourly', 1],
    ['daily', 1],
    ['weekly', 1],
    ['monthly', 1],
  ]
  const set = counts.flatMap(([name]) => (Number(caps[name] ?? 0) > 0 ? [{ name, limit: Number(caps[name]) }] : []))
  for (const [index, { name, limit }] of set.entries()) {
    const wider = set.slice(index + 1).find((other) => other.limit < limit)
    if (wider)
      to.add('warning', `${path}.${name}`, `${name} is ${limit}, but ${wider.name} allows only ${wider.limit}.`, stepId)
  }
}

/** Its own, or those of its partner. */
const hasHours = ({ id, conditional_delivery: conditions }: BuyerStep, targets: FlowInput['targets']): boolean =>
  conditions?.time_restrictions !== undefined || targets[id]?.partnerHours !== undefined

/** Whoever is to be asked in business hours only needs some, where the account has none either. */
export function checkBusinessHours(document: FlowDocument, targets: FlowInput['targets'], to: Problems): void {
  const buyers = placedBuyers(document)
  for (const { step, path } of buyers) {
    for (const [index, link] of (step.failover?.failover_chain ?? []).entries()) {
      if (!('buyer' in link) || !link.conditions?.business_hours_only) continue
      const member = buyers.find((one) => one.step.id === link.buyer)?.step
      if (!member || hasHours(member, targets)) continue
      const where = `${path}.failover.failover_chain.${index}.conditions.business_hours_only`
      const message = `Neither “${member.name}” nor your account has business hours, so it is asked at any time.`
      to.add('warning', where, message, step.id)
    }
  }
}

const needsBuyer = (action: string, wanted: string, buyer: string | undefined) =>
  action === wanted && buyer === undefined

function checkActions({ conditional_delivery: conditions, id }: BuyerStep, path: string, to: Problems): void {
  const { time_restrictions: times, caps, quality_requirements: quality } = conditions ?? {}
  const at = `${path}.conditional_delivery`
  if (times && needsBuyer(times.outside_hours, 'alternate_buyer', times.alternate_buyer))
    to.add('error', `${at}.time_restrictions.alternate_buyer`, 'Name the alternate buyer.', id)
  if (caps && needsBuyer(caps.when_exceeded.action, 'overflow_to_backup', caps.when_exceeded.backup_buyer))
    to.add('error', `${at}.caps.when_exceeded.backup_buyer`, 'Name the backup buyer.', id)
  if (
    quality &&
    needsBuyer(quality.when_not_met.action, 'route_to_remediation', quality.when_not_met.remediation_buyer)
  )
    to.add('error', `${at}.quality_requirements.when_not_met.remediation_buyer`, 'Name the remediation buyer.', id)
}

function checkQuality(step: BuyerStep, { path, names }: At, to: Problems): void {
  const quality = step.conditional_delivery?.quality_requirements
  if (!quality) return
  const at = `${path}.conditional_delivery.quality_requirements`
  const check = (name: string, where: string) => {
    const found = findReference((name.startsWith('lead.') ? name : `lead.${name}`).split('.'), names, 'rule')
    const message = 'problem' in found ? found.problem : found.warning
    if (message) to.add('problem' in found ? 'error' : 'warning', where, message, step.id)
  }
  if (quality.min_score !== undefined) check(quality.score_field, `${at}.score_field`)
  for (const [index, name] of (quality.required_fields ?? []).entries()) check(name, `${at}.required_fields.${index}`)
}

function checkFailover(step: BuyerStep, path: string, to: Problems): void {
  const { failover, on_unknown: unknown } = step
  if (failover?.primary_buyer !== undefined && failover.primary_buyer !== step.id)
    to.add('warning', `${path}.failover.primary_buyer`, `The primary buyer is this step, “${step.id}”.`, step.id)
  if (failover?.failure_detection?.timeout_ms !== undefined || unknown === 'next_buyer') {
    const where = unknown === 'next_buyer' ? `${path}.on_unknown` : `${path}.failover.failure_detection.timeout_ms`
    to.add(
      'warning',
      where,
      'After an attempt without an answer the lead goes on, so it can be sold twice. The first attempt is kept for a decision and not charged.',
      step.id,
    )
  }
}

/** Hours, caps, quality, failover and retries of a buyer step. */
export function checkSelling(step: BuyerStep, at: At, to: Problems): void {
  const { path } = at
  const { time_restrictions: times, caps } = step.conditional_delivery ?? {}
  if (step.when !== undefined) to.addRule(step.when, at.names, `${path}.when`, step.id)
  checkZone(times?.timezone, `${path}.conditional_delivery.time_restrictions.timezone`, to, step.id)
  checkCaps(caps, `${path}.conditional_delivery.caps`, to, step.id)
  checkActions(step, path, to)
  checkQuality(step, at, to)
  checkFailover(step, path, to)
}

const deepest = 4

function checkTable(step: DistributionStep, { path, names }: At, to: Problems): void {
  if (step.strategy !== 'table') return
  const { table } = step
  if (!table) {
    to.add('error', `${path}.table`, 'Give the field and whom each value chooses.', step.id)
    return
  }
  const found = findReference(
    (table.field.startsWith('lead.') ? table.field : `lead.${table.field}`).split('.'),
    names,
    'rule',
  )
  if ('problem' in found) to.add('error', `${path}.table.field`, found.problem, step.id)
  const ids = new Set(step.buyers.map(({ id }) => id))
  for (const [value, id] of Object.entries(table.members))
    if (!ids.has(id))
      to.add('error', `${path}.table.members.${value}`, `There is no “${id}” in this distribution.`, step.id)
  if (table.default !== undefined && !ids.has(table.default))
    to.add('error', `${path}.table.default`, `There is no “${table.default}” in this distribution.`, step.id)
}

const hearsBids = ({ strategy, buyers }: DistributionStep, isPinged: AtGroup['isPinged']): boolean =>
  buyers.some((member) =>
    member.type === 'distribution' ? hearsBids(member, isPinged) : strategy === 'highest_price' && isPinged(member),
  )

/** Whose bid is highest is known only once its group is asked, which is too late for a turn. */
function checkTurns({ strategy, buyers, id }: DistributionStep, { path, isPinged }: AtGroup, to: Problems): void {
  if (strategy !== 'weighted' && strategy !== 'round_robin') return
  for (const [index, member] of buyers.entries())
    if (member.type === 'distribution' && hearsBids(member, isPinged))
      to.add(
        'warning',
        `${path}.buyers.${index}`,
        'A group that waits for bids takes no turns: it is asked after those beside it.',
        id,
      )
}

/** Who pings, and whether anybody waits for its answer. */
function checkBids(step: DistributionStep, { path, isPinged }: AtGroup, to: Problems): void {
  const pings = step.buyers.some((member) => member.type === 'buyer' && isPinged(member) && !member.standby)
  const { bids_within_seconds: bids, time_budget_seconds: budget } = step
  if (bids === undefined) return
  const at = `${path}.bids_within_seconds`
  if (!pings || step.strategy !== 'highest_price')
    to.add('warning', at, 'Nobody is pinged here, so no bid is waited for.', step.id)
  else if (budget !== undefined && bids > budget / 2)
    to.add('warning', at, 'Bids are waited for no longer than half of the time for the whole step.', step.id)
}

/** As many are asked at once as may still have the lead: where that is one, they are asked one by one. */
function checkParallel(step: DistributionStep, path: string, to: Problems, depth: number): void {
  if (!step.parallel) return
  const at = `${path}.parallel`
  const most = step.sell_to ?? (step.strategy === 'broadcast' ? undefined : 1)
  if (depth > 1) to.add('warning', at, 'How many are asked at once is said by the outer distribution.', step.id)
  else if (most === 1) to.add('warning', at, 'It sells to one buyer, so one is asked at a time.', step.id)
}

/** A distribution itself; its buyers are checked one by one. */
export function checkDistribution(step: DistributionStep, at: AtGroup, to: Problems, depth = 1): void {
  const { path } = at
  const asked = step.buyers.filter((member) => member.type === 'distribution' || !member.standby)
  if (asked.length === 0) to.add('error', `${path}.buyers`, 'Add a buyer that is not on standby.', step.id)
  if (depth > deepest) to.add('error', `${path}.buyers`, `Groups may stand ${deepest} deep.`, step.id)
  if (step.strategy === 'weighted' && asked.every((member) => (member.weight ?? 1) === 0))
    to.add('error', `${path}.buyers`, 'Every weight is 0: nobody would get a lead.', step.id)
  if (step.when !== undefined) to.addRule(step.when, at.names, `${path}.when`, step.id)
  if (depth > 1 && step.sell_to !== undefined)
    to.add('warning', `${path}.sell_to`, 'How many buyers get a lead is said by the outer distribution.', step.id)
  checkBids(step, at, to)
  checkParallel(step, path, to, depth)
  if (depth > 1 && step.time_budget_seconds !== undefined)
    to.add('warning', `${path}.time_budget_seconds`, 'The time is limited by the outer distribution.', step.id)
  checkTable(step, at, to)
  checkTurns(step, at, to)
  for (const [index, member] of step.buyers.entries())
    if (member.type === 'distribution')
      checkDistribution(member, { ...at, path: `${path}.buyers.${index}` }, to, depth + 1)
}
