import { now } from '../clock'
import { certificateProblems } from '../delivery/index'
import { checkFlow, type FlowDocument, type Problem, placedBuyers } from '../engine/index'
import { checkUrl } from '../http/index'
import type { flowFacts } from './own-flow'
import { isInviteStep, placedEndpoints } from './rules'
import type { Resolved } from './targets'

type Flow = ReturnType<typeof flowFacts>

/** An id in a document that names nothing of this account can't have come from an invitation. */
function linkProblems(document: FlowDocument, { links }: Resolved): Problem[] {
  return placedBuyers(document).flatMap(({ step, path }): Problem[] => {
    if (!isInviteStep(step)) return []
    const { connection_id: connectionId, invitation_id: invitationId } = step.connection
    const link = links.get(step.id)
    const at = (key: string, message: string): Problem => ({
      severity: 'error',
      path: `${path}.connection.${key}`,
      message,
      stepId: step.id,
    })
    if (connectionId) {
      return link?.connection?.id === connectionId
        ? []
        : [at('connection_id', 'There is no such connection in this account.')]
    }
    if (!invitationId || link?.invitation?.id === invitationId) return []
    return [at('invitation_id', 'There is no such invitation in this account.')]
  })
}

/** A partner that a step names: there, somebody who is sold to, and not another than its connection's. */
function partnerProblems(document: FlowDocument, { partners, links }: Resolved): Problem[] {
  return placedBuyers(document).flatMap(({ step, path }): Problem[] => {
    if (step.partner_id === undefined) return []
    const say = (severity: Problem['severity'], message: string): Problem[] => [
      { severity, path: `${path}.partner_id`, message, stepId: step.id },
    ]
    const partner = partners.get(step.partner_id)
    if (!partner) return say('error', 'There is no such partner in this account.')
    const own = links.get(step.id)?.partner
    if (own && own.id !== partner.id)
      return say('warning', `Its connection belongs to ${own.name}, whose limits count.`)
    if (partner.type === 'introducer')
      return say('warning', `${partner.name} is an introducer, whom you buy from. Make it both, as you sell to it too.`)
    if (partner.status === 'paused' && !own)
      return say('warning', `Every lead skips this step: ${partner.name} is paused.`)
    return []
  })
}

/** An address of a step that could never be called stops publishing. */
function addressProblems(document: FlowDocument): Problem[] {
  return placedEndpoints(document).flatMap(({ endpoint, path: at, stepId }): Problem[] => {
    const reachable = checkUrl(endpoint.url)
    if (reachable.ok) return []
    const path = `${at}.url`
    return [{ severity: 'error', path, message: reachable.error.message, stepId }]
  })
}

/** Everything to mend in a flow's document, from the engine and from what only this installation knows. */
export const problemsOf = (flow: Flow, document: FlowDocument, resolved: Resolved): Problem[] => [
  ...checkFlow({
    document,
    flow,
    targets: resolved.targets,
    resources: resolved.resources,
    secretNames: resolved.secretNames,
    hasBusinessHours: resolved.hasBusinessHours,
  }),
  ...linkProblems(document, resolved),
  ...partnerProblems(document, resolved),
  ...addressProblems(document),
  ...certificateProblems(document, now()),
]

export const isError = (problem: Problem): boolean => problem.severity === 'error'
