import { minuteMs } from '../../time'
import type { Scope } from '../names/scope'
import { textOf } from '../names/scope'
import { breakerWords, standingOf } from '../selling/breaker'
import { isOpen, momentWords, opensAt, zoneWords } from '../selling/hours'
import type { Offer, Run, TraceEntry, Via } from '../types'
import type { CompiledBuyer, CompiledFlow } from './compiled'
import { ruleEntry, unmet } from './criteria'

/**
 * Whether a buyer may be asked now. `skip` says why not; `instead` who stands in for it, `opensAt` when it could take
 * the lead, `failsOver` that its failover chain is asked, and `ends` that nobody else is to have it.
 */
export type Chance = {
  skip?: string
  trace: TraceEntry[]
  instead?: { buyer: string; via: Via }
  opensAt?: number
  failsOver?: true
  ends?: boolean
}

const skipped = (kind: TraceEntry['kind'], skip: string, more: Partial<Chance> = {}): Chance => ({
  skip,
  trace: [{ kind, passed: false, text: skip }],
  ...more,
})

const isBlankText = (value: unknown) => textOf(value).trim() === ''

function lackOfQuality({ quality }: CompiledBuyer, scope: Scope): string | undefined {
  if (!quality) return undefined
  const { score, required } = quality
  const isToCome = (value: unknown) => scope.run.isPing === true && isBlankText(value)
  const missing = required.find(({ read }) => isBlankText(read(scope)) && !isToCome(read(scope)))
  if (missing) return `${missing.words} is required by this buyer`
  if (!score || isToCome(score.read(scope))) return undefined
  const value = Number(textOf(score.read(scope)))
  const isMet = !isBlankText(score.read(scope)) && value >= score.least
  const shown = isBlankText(score.read(scope)) ? 'blank' : textOf(score.read(scope))
  return isMet ? undefined : `${score.words} must be at least ${score.least}, and is ${shown}`
}

function byQuality(step: CompiledBuyer, scope: Scope): Chance | undefined {
  const lack = lackOfQuality(step, scope)
  if (lack === undefined || !step.quality) return undefined
  const { action, buyer } = step.quality
  return skipped('quality', lack, {
    ...(action === 'reject' && { ends: true }),
    ...(action === 'route_to_remediation' && buyer !== undefined && { instead: { buyer, via: 'remediation' } }),
  })
}

function byHours(
  step: CompiledBuyer,
  offer: Offer,
  { now }: Scope,
  accountHours: CompiledBuyer['hours'],
): Chance | undefined {
  const own = step.hours ?? step.partnerHours ?? (offer.businessHoursOnly ? accountHours : undefined)
  const hours = [own, step.partnerHours].find((one) => one && !isOpen(one, now))
  if (!hours) return undefined
  const at = opensAt(hours, now)
  const until = at === undefined ? '' : ` until ${momentWords(at, now, hours.timeZone)} ${zoneWords(hours.timeZone)}`
  const { action, buyer } = step.outsideHours
  const whose = hours === step.partnerHours ? 'Partner closed' : 'Closed'
  return skipped('hours', `${whose}${until}`, {
    ...(action === 'queue' && at !== undefined && { opensAt: at }),
    ...(action === 'alternate_buyer' && buyer !== undefined && { instead: { buyer, via: 'alternate' } }),
  })
}

/** How long a lead waits for a target that somebody holds open by hand, before it looks again. */
const heldOpenMs = 30 * minuteMs

const queues = ({ retry, failover, outsideHours, whenFull }: CompiledBuyer) =>
  retry !== undefined ||
  failover.retryAfterMs !== undefined ||
  outsideHours.action === 'queue' ||
  whenFull.action === 'queue'

/** True for a target that this lead may not go to now, as it is known to fail. */
export function isShut({ target, breaker }: CompiledBuyer, { isTest }: Run, now: number, shut: CompiledFlow['shut']) {
  const known = breaker && shut?.get(target ?? '')
  if (!known || isTest) return false
  const standing = standingOf(known, now)
  return standing !== 'closed' && standing !== 'held closed' && standing !== 'due'
}

/** A target that is known to fail counts as if it had failed for this lead. A test lead is to see how it answers. */
function byBreaker(step: CompiledBuyer, { run, now, flow }: Scope, shut: CompiledFlow['shut']): Chance | undefined {
  const known = step.breaker && shut?.get(step.target ?? '')
  if (!known || run.isTest) return undefined
  const words = breakerWords(known, now, flow.timeZone)
  const standing = standingOf(known, now)
  if (words === undefined) return undefined
  if (standing === 'due') return { trace: [{ kind: 'breaker', passed: true, text: words }] }
  const at = standing === 'held open' || known.door.state === 'closed' ? now + heldOpenMs : known.door.until
  return skipped('breaker', words, { failsOver: true, ...(queues(step) && { opensAt: at }) })
}

function bySwitches(step: CompiledBuyer): Chance | undefined {
  if (step.blocked !== undefined) return skipped('connection', step.blocked)
  return step.active ? undefined : skipped('switch', 'Step is disabled')
}

function byRule(step: CompiledBuyer, scope: Scope): Chance {
  const { eligible } = step
  const why = unmet(step, eligible, scope)
  if (eligible && why !== undefined) {
    return { skip: why, trace: [ruleEntry('eligible', false, `Not eligible: ${why}`, eligible, scope)] }
  }
  const entry = eligible
    ? ruleEntry('eligible', true, `Eligible: ${eligible.words}`, eligible, scope)
    : ({ kind: 'eligible', passed: true, text: 'Every lead is eligible here' } as const)
  return { trace: [entry] }
}

const withBreaker = (ruled: Chance, known: Chance | undefined): Chance =>
  known ? { ...known, trace: [...ruled.trace, ...known.trace] } : ruled

/** Whether a buyer step gets the lead now, as far as it can be said without counters. The first rule that fails decides. */
export function chanceOf(
  step: CompiledBuyer,
  offer: Offer,
  scope: Scope,
  { hours, shut }: Pick<CompiledFlow, 'hours' | 'shut'> = {},
): Chance {
  const off = bySwitches(step)
  if (off) return off
  const ruled = byRule(step, scope)
  if (ruled.skip !== undefined) return ruled
  const refused = byQuality(step, scope) ?? byHours(step, offer, scope, hours)
  if (refused) return { ...refused, trace: [...ruled.trace, ...refused.trace] }
  const missing = scope.run.isPing ? undefined : step.request?.missing(scope)
  if (missing === undefined) return withBreaker(ruled, byBreaker(step, scope, shut))
  const skip = `Required field missing: ${missing}`
  return { skip, trace: [...ruled.trace, { kind: 'required', passed: false, text: skip }] }
}
