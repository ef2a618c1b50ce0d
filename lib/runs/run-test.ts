import { randomBytes } from 'node:crypto'
import { type Actor, hasRole } from '../actor'
import { previewRequest, recordMail } from '../delivery/index'
import { answerOf, type Effect, type Nested, renderMails, renderRequest } from '../engine/index'
import { forbidden, invalid, notFound, unavailable } from '../errors'
import { loadDraft } from '../flows/index'
import { parseInput } from '../input'
import { err, ok, type Result } from '../result'
import { admit } from './admission'
import { carryThrough, openDurably } from './carry-through'
import { sourceOfConsole } from './console-source'
import { eventIdFor } from './event-id'
import type { Exchanged, Job } from './job'
import { acknowledge } from './journal'
import { carry, holdLease } from './owner'
import { step } from './perform'
import { type TestRun, TestRunInput, type TestStep } from './schema'
import { prepare } from './submit'

/**
 * Runs a flow's draft on a test lead: the real path, marked as a test, counted nowhere. A dry run sends nothing and
 * leaves no trace in the log. Refuses a draft with errors (`invalid`), a viewer, and another account's flow.
 */
export async function runTest(actor: Actor, input: unknown): Promise<Result<TestRun>> {
  if (!hasRole(actor, 'member')) return err(forbidden('Viewers can look, but not run tests.'))
  const parsed = parseInput(TestRunInput, input)
  if (!parsed.ok) return parsed
  const { flowId, lead, dryRun } = parsed.value
  const flow = await loadDraft(flowId)
  if (!flow || flow.flow.accountId !== actor.accountId) return err(notFound('The flow'))
  const { problems } = flow
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (errors.length > 0) return err(invalid('The draft has problems. Mend them first.', errors))
  const source = sourceOfConsole(flow)
  if (!source) return err(notFound('The flow'))
  const job = await prepare(
    {
      flow,
      source,
      fields: lead as Nested,
      isTest: true,
      ip: '',
      userAgent: 'Baton test console',
      receivedAt: Date.now(),
    },
    randomBytes(32),
  )
  const leave = admit(actor.accountId)
  if (!leave) return err(unavailable('Too many leads are being processed. Try again in a moment.', 1))
  try {
    if (dryRun) dryRunOf(job)
    else if (!(await realRunOf(job)))
      return err(unavailable('The test broke off. Its lead page shows how far it came.'))
  } finally {
    leave()
  }
  return ok({ ...(!dryRun && { leadId: job.run.leadId }), ...testRunOf(job), problems })
}

async function realRunOf(job: Job): Promise<boolean> {
  await holdLease()
  const effect = step(job, { kind: 'start', now: job.run.receivedAt, nextEventId: eventIdFor(job.run) })
  const putDown = carry(job.run.leadId)
  try {
    const opened = await openDurably(job, effect)
    return opened.kind === 'opened' && (await carryThrough(job, effect, opened.configVersion))
  } finally {
    putDown()
    acknowledge(job.run.leadId)
  }
}

function dryRunOf(job: Job): void {
  let effect: Effect | undefined = step(job, {
    kind: 'start',
    now: job.run.receivedAt,
    nextEventId: eventIdFor(job.run),
  })
  while (effect?.kind === 'attempt') {
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
    const eventId = result.type === 'buyer' ? result.eventId : undefined
    const exchange = eventId === undefined ? undefined : job.exchanges[eventId]
    const byBuyer = flow.targets[result.stepId]?.buyerAccountId !== undefined
    return {
      id: result.stepId,
      name: result.name,
      type: result.type,
      outcome: result.outcome,
      ...(result.reason !== undefined && { reason: result.reason }),
      durationMs: result.endedAt - result.startedAt,
      trace: result.trace,
      ...(result.type === 'buyer' && { recipient: result.recipient }),
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
