import { sampleLead } from '../fields/index'
import { compileMail } from '../mail/compile-mail'
import { type Names, namesOf } from '../names/references'
import type { EmailSpec, FlowDocument, MailTemplate } from '../schema'
import type { LeadMail, Run, TypedLead } from '../types'
import type { CompiledFlow } from './compiled'
import { scopeOf } from './criteria'
import { defaultDocument } from './document'
import { bidOf } from './holdings'
import { destinationNames, testScope } from './render-request'

type Mails = { mail?: LeadMail; copy?: LeadMail }

/**
 * The mails of an attempt that was accepted: `mail` is the delivery itself, `copy` is the seller's beside it. The same
 * run, step, event id, time and price always give the same mails, so they can be written again after a crash.
 */
export function renderMails(
  flow: CompiledFlow,
  run: Run,
  at: { stepId: string; eventId: string; now: number; priceCents?: number },
): Mails {
  const step = flow.buyers.get(at.stepId)
  if (!step?.mail && !step?.copy) return {}
  const scope = scopeOf(flow, run, at.now, at.eventId, bidOf(run, step.id) ?? at.priceCents ?? step.priceCents)
  return {
    ...(step.mail && { mail: step.mail.render(scope) }),
    ...(step.copy && { copy: step.copy.render(scope) }),
  }
}

/** Whose fields a mail shows that is not of a lead under way: a flow's, those a buyer is shared, or the usual ones. */
export type MailSubject = {
  document?: Pick<FlowDocument, 'fields'> | undefined
  sharedFields?: readonly string[] | undefined
  /** A lead to show instead of the sample. */
  lead?: TypedLead | undefined
  flowName?: string | undefined
  defaults?: MailTemplate | undefined
}

/** A lead that is shown outside any flow shows all that it has. */
function namesFor({ document, sharedFields, lead }: MailSubject): Names {
  if (sharedFields || (lead && !document)) return destinationNames(sharedFields)
  return namesOf(document ?? defaultDocument())
}

/** A mail as it would be for a lead that is not under way: a preview, or one that is sent to try it, marked as a test. */
export function renderTestMail(
  spec: EmailSpec,
  subject: MailSubject,
  given: { eventId: string; leadId: string; now: number },
): LeadMail {
  const { sharedFields, defaults } = subject
  const names = namesFor(subject)
  const { run, flow, ...scope } = testScope(given, sharedFields ?? [])
  const lead =
    subject.lead ??
    (sharedFields ? run.lead : sampleLead([...names.fields.keys()], (name) => names.fields.get(name)?.type, given.now))
  return compileMail(spec, defaults, names).render({
    ...scope,
    flow: { ...flow, name: subject.flowName ?? flow.name },
    run: { ...run, lead },
  })
}
