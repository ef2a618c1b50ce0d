import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { type Actor, hasRole } from '../actor'
import { previewRequest, recordMail } from '../delivery/index'
import {
  answerOf,
  type Effect,
  type Nested,
  type Problem,
  renderMails,
  renderPing,
  renderRequest,
} from '../engine/index'
import { conflict, forbidden, invalid, notFound, type Refusal, unavailable } from '../errors'
import { type LoadedFlow, loadDraft, loadStep } from '../flows/index'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { admit } from './admission'
import { carryThrough, openDurably } from './carry-through'
import { sourceOfConsole } from './console-source'
import { eventIdFor } from './event-id'
import type { Exchanged, Job } from './job'
import { acknowledge } from './journal'
import { carry, holdLease } from './owner'
import { attempt, check } from './perform'
import { eventIdOf } from './rows'
import { type TestRun, TestRunInput, type TestStep } from './schema'
import { step } from './step'
import { prepare } from './submit'

const invitedWords =
  'A buyer that was invited gets test leads by the test console, where both of you have them in your log. Try a dry run here.'

/**
 * Runs a flow's draft on a test lead: the real path, marked as a test, counted nowhere. A dry run sends nothing and
 * leaves no trace in the log. With a `stepId` only that step is tried, which is not in the log either. Refuses a draft
 * with errors (`invalid`), a viewer, and another account's flow.
 */
export async function runTest(actor: Actor, input: unknown): Promise<Result<TestRun>> {
  if (!hasRole(actor, 'member')) return err(forbidden('Viewers can look, but not run tests.'))
  const parsed = parseInput(TestRunInput, input)
  if (!parsed.ok) return parsed
  const { flowId, stepId } = parsed.value
  const flow = await (stepId === undefined ? loadDraft(flowId) : loadStep(flowId, stepId))
  if (flow?.flow.accountId === actor.accountId) return tried(flow, parsed.value)
  return err(notFound(stepId === undefined ? 'The flow' : 'The step'))
}

type Tested = LoadedFlow & { problems: Problem[] }

async function tried(flow: Tested, { stepId, lead, dryRun }: z.output<typeof TestRunInput>): Promise<Result<TestRun>> {
  const refusal = whyNot(flow, dryRun ? undefined : stepId)
  if (refusal) return err(refusal)
  const job = await testJob(flow, lead as Nested)
  if (!job) return err(notFound('The flow'))
  const isLogged = !dryRun && stepId === undefined
  const ran = await carried(job, dryRun ? dryRunOf : isLogged ? realRunOf : tryOf)
  return ran.ok ? ok({ ...(isLogged && { leadId: job.run.leadId }), ...testRunOf(job), problems: flow.problems }) : ran
}

/** Why a draft can't be tried, or the step that is to be sent. */
function whyNot(flow: Tested, sentStep: string | undefined): Refusal | undefined {
  const errors = flow.problems.filter((problem) => problem.severity === 'error')
  if (errors.length > 0) return invalid('The draft has problems. Mend them first.', errors)
  const isInvited = sentStep !== undefined && flow.targets[sentStep]?.sharedFields !== undefined
  return isInvited ? conflict(invitedWords) : undefined
}

/** Runs a test lead as one of the leads under way. */
async function carried(job: Job, run: (job: Job) => Promise<boolean>): Promise<Result<true>> {
  const leave = admit(job.flow.flow.accountId)
  if (!leave) return err(unavailable('Too many leads are being processed. Try again in a moment.', 1))
  try {
    return (await run(job)) ? ok(true) : err(unavailable('The test broke off. Its lead page shows how far it came.'))
  } finally {
    leave()
  }
}

/** A test lead that is about to start; nothing when the flow has no document that it could run on. */
async function testJob(flow: LoadedFlow, fields: Nested): Promise<Job | undefined> {
  const source = sourceOfConsole(flow)
  if (!source) return undefined
  const submission = { isTest: true, ip: '', userAgent: 'Baton test console', receivedAt: Date.now() }
  return prepare({ flow, source, fields, ...submission }, randomBytes(32))
}

const startOf = (job: Job) => step(job, { kind: 'start', now: job.run.receivedAt, nextEventId: eventIdFor(job.run) })

/** Sends what the step sends, once, and keeps nothing of it. */
async function tryOf(job: Job): Promise<boolean> {
  job.oneByOne = true
  let effect = startOf(job)
  while (effect?.kind === 'check' || effect?.kind === 'attempt') {
    effect = await (effect.kind === 'check' ? check(job, effect) : attempt(job, effect))
  }
  return true
}

async function realRunOf(job: Job): Promise<boolean> {
  await holdLease()
  const effect = startOf(job)
  const putDown = carry(job.run.leadId)
  try {
    const opened = await openDurably(job, effect)
    return opened.kind === 'opened' && (await carryThrough(job, opened.effect, opened.configVersion))
  } finally {
    putDown()
    acknowledge(job.run.leadId)
  }
}

async function dryRunOf(job: Job): Promise<boolean> {
  job.oneByOne = true
  let effect: Effect | undefined = startOf(job)
  while (effect?.kind === 'check' || effect?.kind === 'attempt' || effect?.kind === 'ping') {
    if (effect.kind === 'check') {
      effect = await check(job, effect)
      continue
    }
    if (effect.kind === 'ping') {
      effect = assumeBids(job, effect)
      continue
    }
    const { stepId, eventId } = effect
    const at = { stepId, eventId, now: Date.now() }
    const request = renderRequest(job.compiled, job.run, at)
    const mails = renderMails(job.compiled, job.run, at)
    const extra = { eventId, leadId: job.run.leadId, isTest: true }
    job.exchanges[eventId] = {
      ...(request && { request: previewRequest(request, extra) }),
      sentFields: request?.sentFields ?? mails.mail?.sentFields ?? [],
      ...mails,
    }
    const verdict = { outcome: 'accepted' as const, reason: 'Dry run: nothing was sent' }
    effect = step(job, { kind: 'answered', eventId, verdict, now: Date.now(), nextEventId: eventIdFor(job.run) })
  }
  return true
}

/** What would be asked of buyers; each is taken to bid what it usually pays. */
function assumeBids(job: Job, { eventId: pings, stepIds, withinMs }: Extract<Effect, { kind: 'ping' }>) {
  const { leadId } = job.run
  const now = Date.now()
  const answers = stepIds.map((stepId) => {
    const eventId = eventIdFor(job.run)
    const request = renderPing(job.compiled, job.run, { stepId, eventId, now, withinMs })
    job.exchanges[eventId] = {
      ...(request && { request: previewRequest(request, { eventId, leadId, isTest: true }) }),
      sentFields: request?.sentFields ?? [],
    }
    const verdict = { outcome: 'accepted' as const }
    return { stepId, eventId, verdict, startedAt: now, endedAt: now, withinMs, assumed: true as const }
  })
  return step(job, { kind: 'pinged', eventId: pings, answers, now, nextEventId: eventIdFor(job.run) })
}

/** The mails of a step, as far as its seller wrote them. */
function mailsShown(exchange: Exchanged | undefined, byBuyer: boolean) {
  const mails = [!byBuyer && exchange?.mail, exchange?.copy].filter((mail) => !!mail)
  return mails.length > 0 ? { mails: mails.map(recordMail) } : {}
}

function testRunOf(job: Job): Omit<TestRun, 'problems'> {
  const { run, flow } = job
  const answer = answerOf(run)
  const steps = run.results.map((result): TestStep => {
    const eventId = eventIdOf(result)
    const exchange = eventId === undefined ? undefined : job.exchanges[eventId]
    const byBuyer = (exchange?.buyerAccountId ?? flow.targets[result.stepId]?.buyerAccountId) !== undefined
    return {
      id: result.stepId,
      name: result.name,
      type: result.type,
      outcome: result.outcome,
      ...(result.reason !== undefined && { reason: result.reason }),
      durationMs: result.endedAt - result.startedAt,
      trace: result.trace,
      ...((result.type === 'buyer' || result.type === 'ping') && { recipient: result.recipient }),
      ...(eventId !== undefined && { eventId }),
      ...(byBuyer ? { configuredByBuyer: true } : exchange?.request && { request: exchange.request }),
      ...(!byBuyer && exchange?.response && { response: exchange.response }),
      ...mailsShown(exchange, byBuyer),
    }
  })
  return {
    outcome: answer.outcome,
    ...(answer.status && { status: answer.status }),
    ...(answer.reason !== undefined && { reason: answer.reason }),
    priceCents: answer.priceCents,
    revenueCents: run.revenueCents,
    trace: run.trace,
    steps,
  }
}
