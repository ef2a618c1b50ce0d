import type { z } from 'zod'
import { maySell } from '../access'
import type { Actor } from '../actor'
import { knowBreakers, shutTargets } from '../breakers/index'
import { now } from '../clock'
import {
  type Ask,
  assumedBids,
  type CompiledFlow,
  carryTried,
  compileSource,
  endingOfRun,
  isLookup,
  isOfMoment,
  MemoryCounters,
  momentOf,
  type Nested,
  type Run,
  SourceSettings,
  type TriedAnswer,
  type TriedQuestion,
  tellRun,
  usageWords,
  type Verdict,
  whyOf,
} from '../engine/index'
import { invalid, notFound } from '../errors'
import { type LoadedFlow, loadDraft } from '../flows/index'
import { isUuid, uuidv7 } from '../ids'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { answerTried } from '../runs/index'
import { accountCipher } from '../secrets/index'
import { readCounters } from './live-counters'
import { findLogged, type LoggedLead } from './logged-leads'
import { type CapUse, type SimulatedAnswer, SimulateLeadInput, type Simulation } from './schema'
import { compiledFor, startOf } from './try-lead'

type Asked = z.output<typeof SimulateLeadInput>
type Draft = LoadedFlow & { live: NonNullable<LoadedFlow['live']> }

const verdicts: Record<SimulatedAnswer, Verdict> = {
  accepts: { outcome: 'accepted' },
  refuses: { outcome: 'rejected', reason: 'Taken to refuse it' },
  fails: { outcome: 'error', reason: 'Taken to fail' },
  silent: { outcome: 'unknown', reason: 'Taken to give no answer' },
}

async function draftOf(actor: Actor, flowId: string): Promise<Result<Draft>> {
  const draft = isUuid(flowId) ? await loadDraft(flowId) : undefined
  if (draft?.flow.accountId !== actor.accountId) return err(notFound('The flow'))
  const { live, problems } = draft
  if (live) return ok({ ...draft, live })
  const errors = problems.filter(({ severity }) => severity === 'error')
  return err(invalid('The draft has problems. Mend them first.', errors))
}

/** A lead of this flow, test leads too. What is sealed is opened in memory, as rules may ask about it. */
async function leadOf(actor: Actor, { flowId, leadId }: Asked): Promise<Result<LoggedLead | undefined>> {
  if (leadId === undefined) return ok(undefined)
  const cipher = await accountCipher(actor.accountId)
  const open = (id: string, name: string, sealed: string) =>
    cipher.open({ table: 'leads', column: `data.${name}`, row: id }, sealed)
  const wanted = { accountId: actor.accountId, flowId, tests: true }
  const found = isUuid(leadId) ? await findLogged(wanted, leadId, open) : undefined
  return found ? ok(found) : err(notFound('The lead'))
}

/** The values of a lead of before with others over them; null takes one away. */
function withValues(before: Nested | undefined, values: Record<string, unknown>): Nested {
  const submitted: Nested = { ...before }
  for (const [name, value] of Object.entries(values)) {
    for (const known of Object.keys(submitted)) {
      if (known === name || known.startsWith(`${name}.`)) delete submitted[known]
    }
    if (value !== null) submitted[name] = value as NonNullable<Nested[string]>
  }
  return submitted
}

function momentAsked({ at }: Asked, timeZone: string): Result<number> {
  if (at === undefined) return ok(now())
  const ms = at.length === 16 ? momentOf(at, timeZone) : Date.parse(at)
  if (ms !== undefined) return ok(ms)
  const message = 'Give a day and a time that there is.'
  return err(invalid(message, [{ path: 'at', message }]))
}

/** The source that the lead is taken to come from; without one it has no criteria, caps and price of its own. */
function sourceOf(flow: Draft, compiled: CompiledFlow, sourceId: string | undefined) {
  const known = flow.sources.get(sourceId ?? '')
  const nobody = { id: '00000000-0000-7000-8000-000000000000', name: 'Simulator', settings: SourceSettings.parse({}) }
  return compileSource(compiled, known ?? nobody)
}

/** A lead on its way through the draft, with the real counters beside it. */
type Trying = {
  flow: Draft
  compiled: CompiledFlow
  answers: Asked['answers']
  at: number
  now: number
  counters: MemoryCounters
  caps: Map<string, CapUse[]>
  notes: Set<string>
}

const emptyNote = 'The moment lies in another stretch of time than now: caps are taken as empty there.'
const ownNote = 'A buyer’s own limits are not tried: only the buyer knows them.'
const turnNote = 'Whose turn it is, is as it stands now.'
const bidNote = 'Nobody is pinged: buyers are taken to bid their usual price.'
const lookupNote = 'Look-ups are not asked: they answer without a value.'

/** How full the caps are that are asked about; the first look counts, as later ones have places that this lead took. */
function noteCaps({ caps, counters, notes, now: present }: Trying, { candidates, turn }: Ask): void {
  if (turn) notes.add(turnNote)
  for (const { stepId, needs: all } of candidates) {
    const needs = all.filter(({ of }) => of !== 'destination')
    if (needs.length < all.length) notes.add(ownNote)
    const uses = needs.map((need) => {
      return { words: usageWords(need, counters.usedOf(need.key)), isLive: isOfMoment(need, present) }
    })
    if (uses.some(({ isLive }) => !isLive)) notes.add(emptyNote)
    if (uses.length > 0 && !caps.has(stepId)) caps.set(stepId, uses)
  }
}

async function reserveTried(trying: Trying, ask: Ask, run: Run) {
  const { counters, flow, at } = trying
  const { leadId } = run
  const held = await readCounters({ accountId: flow.flow.accountId, leadId, at, now: trying.now }, ask)
  counters.begin(held.used, held.claims)
  counters.apply(run.moves, leadId)
  noteCaps(trying, ask)
  return counters.reserve(ask, leadId, at)
}

async function answerOf(trying: Trying, { effect, run }: TriedQuestion): Promise<TriedAnswer> {
  const { flow, compiled, answers, notes } = trying
  const { eventId } = effect
  if (effect.kind === 'check') {
    return { kind: 'checked', eventId, finding: await answerTried({ flow, compiled, run }) }
  }
  if (effect.kind === 'reserve')
    return { kind: 'reserved', eventId, reserved: await reserveTried(trying, effect.ask, run) }
  if (effect.kind === 'ping') {
    notes.add(bidNote)
    return { kind: 'pinged', eventId, answers: assumedBids(effect, run.receivedAt) }
  }
  if (isLookup(compiled, effect.stepId)) {
    notes.add(lookupNote)
    return { kind: 'answered', eventId, verdict: { outcome: 'accepted' } }
  }
  return { kind: 'answered', eventId, verdict: verdicts[answers[effect.stepId] ?? 'accepts'] }
}

/** Why the lead came to nobody else. */
const restOf = ({ state, reason }: Run): string => {
  if (state !== 'done') return 'Not reached so far'
  return reason === undefined ? 'Not reached' : `Not reached: ${reason}`
}

const stepsOf = ({ results }: Run): Simulation['steps'] =>
  results.flatMap((result) => {
    if (result.type === 'buyer' || result.type === 'distribution') return []
    const { stepId, name, type, outcome, reason, trace } = result
    return [{ stepId, name, type, outcome, trace, ...(reason !== undefined && { reason }) }]
  })

function consideredOf({ flow, compiled, caps }: Trying, run: Run): Simulation['considered'] {
  const told = tellRun(run, compiled)
  return whyOf({ document: flow.live.document, told, rest: restOf(run) }).map(({ eventId: _, ...row }) => {
    const uses = caps.get(row.stepId)
    return uses ? { ...row, caps: uses } : row
  })
}

/**
 * Who would get a lead by the flow's draft at a moment, and why: the engine's own way, with the caps, turns and contacts
 * as they stand, and with every buyer that is asked saying what `answers` says. Nothing is delivered, reserved or
 * logged. Refuses a draft with errors and a moment that is none (`invalid`), and what is not the actor's.
 */
export async function simulateLead(actor: Actor, input: unknown): Promise<Result<Simulation>> {
  const allowed = maySell(actor)
  if (!allowed.ok) return allowed
  const parsed = parseInput(SimulateLeadInput, input)
  if (!parsed.ok) return parsed
  const asked = parsed.value
  const draft = await draftOf(actor, asked.flowId)
  if (!draft.ok) return draft
  const logged = await leadOf(actor, asked)
  if (!logged.ok) return logged
  if (asked.sourceId !== undefined && !draft.value.sources.has(asked.sourceId)) return err(notFound('The source'))
  const timeZone = asked.timeZone ?? draft.value.flow.timeZone
  const at = momentAsked(asked, timeZone)
  if (!at.ok) return at
  return ok({
    at: new Date(at.value).toISOString(),
    timeZone,
    ...(await tried(draft.value, asked, logged.value, at.value)),
  })
}

async function tried(flow: Draft, asked: Asked, logged: LoggedLead | undefined, at: number) {
  await knowBreakers()
  const compiled = { ...compiledFor(flow, asked.allReady), shut: shutTargets() }
  const source = sourceOf(flow, compiled, asked.sourceId ?? logged?.sourceId)
  const trying: Trying = {
    flow,
    compiled,
    answers: asked.answers,
    at,
    now: now(),
    counters: new MemoryCounters(),
    caps: new Map(),
    notes: new Set(),
  }
  const lead = {
    key: logged?.leadId ?? uuidv7(),
    submitted: withValues(logged?.submitted, asked.lead),
    receivedAt: at,
    ...(logged && { submission: logged.submission }),
  }
  const way = carryTried(compiled, source, startOf(compiled, source, lead))
  let step = way.next()
  while (!step.done) step = way.next(await answerOf(trying, step.value))
  const { run, heldUntil } = step.value
  const { outcome, reason, revenueCents, costCents } = endingOfRun(run)
  return {
    outcome,
    ...(reason !== undefined && { reason }),
    ...(heldUntil !== undefined && { waitsUntil: new Date(heldUntil).toISOString() }),
    revenueCents,
    costCents,
    trace: run.trace,
    steps: stepsOf(run),
    considered: consideredOf(trying, run),
    notes: [...trying.notes],
  }
}
