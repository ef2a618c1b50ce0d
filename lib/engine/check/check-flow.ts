import { isTimeZone } from '../../time'
import { isPinged } from '../flow/pinged'
import { stepKey } from '../names/appended'
import { namesAfterPing } from '../names/ping'
import { findReference, type Names, namesBefore, namesOf } from '../names/references'
import { variableTable } from '../names/variables'
import type { BuyerStep, DistributionStep, FlowDocument, SourceSettings, Step } from '../schema'
import { placedBuyers } from '../shapes/buyers'
import type { FlowInput, Problem, RuleResources, StepTarget } from '../types'
import { checkBatch, checkCollecting, checkNoBatch } from './check-batch'
import { checkDelivery } from './check-delivery'
import { checkEmail } from './check-email'
import { checkEndpoint, checkKeyInBody } from './check-endpoint'
import { checkRequest, eventIdAdvice, mapsEventId } from './check-request'
import { checkResponse } from './check-response'
import { checkBusinessHours, checkCaps, checkDistribution, checkSelling, checkStandIns } from './check-selling'
import { type At, checkDuplicateCheck, checkFilter, checkLookup, checkMapping, checkSuppression } from './check-steps'
import { Problems } from './problems'

function checkFields(document: FlowDocument, to: Problems): void {
  const seen = new Set<string>()
  for (const [index, { name }] of document.fields.entries()) {
    const path = `fields.${index}.name`
    if (seen.has(name)) to.add('error', path, `There are two fields named “${name}”.`)
    seen.add(name)
    if (variableTable.has(`lead.${name}`))
      to.add('error', path, `“${name}” is taken: lead.${name} means something else.`)
  }
}

function checkInbound(mappings: FlowDocument['mappings'], names: Names, to: Problems): void {
  for (const [index, { to: target }] of mappings.entries()) {
    const found = findReference(['lead', ...target.split('.')], names, 'rule')
    const message = 'problem' in found ? found.problem : found.warning
    if (message)
      to.add(
        'warning',
        `mappings.${index}.to`,
        `“${target}” is not a field of this flow; rules and mappings can’t rely on it.`,
      )
  }
}

type Acceptance = FlowDocument['acceptance']

function checkAcceptance(acceptance: Acceptance, names: Names, to: Problems): void {
  if (!acceptance) return
  to.addRule(acceptance.rule, names, 'acceptance.rule')
  to.addTemplate(acceptance.reason, names, 'acceptance.reason')
}

const feedbackAllowed = ({ feedback }: FlowDocument) => feedback.return.allowed || feedback.conversion.allowed

/** `delivery` repeats method and format; what it says beyond the usual has to be what is sent. */
function checkSaidTwice({ connection, delivery, id }: BuyerStep, path: string, to: Problems): void {
  if (connection.method !== 'manual') return
  const { endpoint, request } = connection
  if (delivery.method !== 'POST' && delivery.method !== endpoint.method && request.format !== 'query') {
    to.add('warning', `${path}.delivery.method`, `Leads are sent by ${endpoint.method}, as the endpoint says.`, id)
  }
  if (delivery.format !== 'json' && delivery.format !== request.format) {
    to.add('warning', `${path}.delivery.format`, `Leads are sent as ${request.format}, as the request says.`, id)
  }
}

function checkManual(step: BuyerStep, { path, names, document }: At, to: Problems): void {
  const { connection, id: stepId } = step
  if (connection.method !== 'manual') return
  const at = `${path}.connection`
  checkEndpoint(connection.endpoint, to, { path: `${at}.endpoint`, names, stepId })
  checkKeyInBody(connection, to, { path: `${at}.endpoint`, names, stepId })
  checkRequest(connection.request, to, { path: `${at}.request`, names, stepId })
  checkDelivery(connection, to, { path: at, stepId })
  checkSaidTwice(step, path, to)
  checkResponse(connection.response, to, { path: `${at}.response`, stepId })
  checkBatch(connection, to, { path: at, names, stepId })
  if (!connection.request.batch && feedbackAllowed(document) && !mapsEventId(connection)) {
    to.add('warning', `${at}.request.mappings`, eventIdAdvice, stepId)
  }
}

/** Whose bids a distribution orders its buyers by. */
function isAuctioned({ steps }: Pick<FlowDocument, 'steps'>, id: string): boolean {
  const within = (members: readonly (Step | DistributionStep)[]): boolean =>
    members.some(
      (member) =>
        member.type === 'distribution' &&
        ((member.strategy === 'highest_price' && member.buyers.some((one) => one.id === id)) || within(member.buyers)),
    )
  return within(steps)
}

function checkPing(step: BuyerStep, { path, names, document }: At, to: Problems): void {
  const { ping, id: stepId } = step
  if (!ping) return
  const at = `${path}.ping`
  if (step.connection.method === 'invite') {
    to.add('error', at, 'An invited buyer sets its requests up itself: it can’t be pinged from here.', stepId)
  } else if (step.standby || !isAuctioned(document, stepId)) {
    const message = 'Its ping is not sent: only a distribution that asks the highest price first waits for bids.'
    to.add('warning', at, message, stepId)
  }
  checkEndpoint(ping.endpoint, to, { path: `${at}.endpoint`, names, stepId })
  checkKeyInBody(ping, to, { path: `${at}.endpoint`, names, stepId })
  checkRequest(ping.request, to, { path: `${at}.request`, names, stepId })
  checkNoBatch(ping.request, to, { path: `${at}.request`, stepId })
  checkDelivery(ping, to, { path: at, stepId })
  checkResponse(ping.response, to, { path: `${at}.response`, stepId })
}

function checkMails(step: BuyerStep, { path, names }: At, to: Problems): void {
  const { connection, email, id: stepId } = step
  if (connection.method === 'email')
    checkEmail(connection.email, to, { path: `${path}.connection.email`, names, stepId })
  if (email) checkEmail(email, to, { path: `${path}.email`, names, stepId })
}

function checkInvited(step: BuyerStep, target: StepTarget | undefined, at: At, to: Problems): void {
  const { connection, id: stepId } = step
  if (connection.method !== 'invite') return
  const path = `${at.path}.connection`
  if (!connection.connection_id && !connection.invitation_id) {
    to.add('warning', path, 'Nobody is invited yet, so every lead skips this step.', stepId)
  } else if (target?.blocked !== undefined) {
    to.add('warning', path, `Every lead skips this step: ${target.blocked}.`, stepId)
  }
  const shared = target?.sharedFields ?? connection.shared_fields
  if (shared.length === 0)
    to.add('warning', `${path}.shared_fields`, 'No field is shared, so the buyer has nothing to map.', stepId)
  checkShared(step, connection, at, to)
}

type Invite = Extract<BuyerStep['connection'], { method: 'invite' }>

/** Fields that are named as shared, or as told in a ping, and are none. */
function checkShared(
  { id }: BuyerStep,
  { shared_fields: shared, ping_fields: told = [] }: Invite,
  at: At,
  to: Problems,
) {
  const path = `${at.path}.connection`
  for (const [index, name] of shared.entries()) {
    const found = findReference(['lead', ...name.split('.')], at.names, 'template')
    if ('problem' in found || found.warning)
      to.add('warning', `${path}.shared_fields.${index}`, `“${name}” is shared, but is not a field of this flow.`, id)
  }
  for (const [index, name] of told.entries())
    if (!shared.includes(name))
      to.add('warning', `${path}.ping_fields.${index}`, `“${name}” is not shared, so no ping tells it.`, id)
}

function checkBuyer(step: BuyerStep, target: StepTarget | undefined, at: At, to: Problems): void {
  if (step.eligible_when !== undefined) to.addRule(step.eligible_when, at.names, `${at.path}.eligible_when`, step.id)
  checkManual(step, { ...at, names: namesAfterPing(at.names, step.id, step.ping) }, to)
  checkCollecting(step, target, at, to)
  checkPing(step, at, to)
  checkInvited(step, target, at, to)
  checkMails(step, at, to)
}

/** Every step of a document with its path: those in distributions have ids of the same kind. */
function* placedSteps(
  steps: readonly (Step | DistributionStep)[],
  path: string,
): Generator<{ step: Step; path: string }> {
  for (const [index, step] of steps.entries()) {
    const at = `${path}.${index}`
    yield { step, path: at }
    if (step.type === 'distribution') yield* placedSteps(step.buyers, `${at}.buyers`)
  }
}

type AtStep = At & Pick<Parameters<typeof checkDistribution>[1], 'isPinged'>

/** Steps that are not buyers; those are checked wherever they stand. */
function checkStep(step: Step, at: AtStep, to: Problems): void {
  switch (step.type) {
    case 'filter':
      checkFilter(step, at, to)
      break
    case 'mapping':
      checkMapping(step, at, to)
      break
    case 'lookup':
      checkLookup(step, at, to)
      break
    case 'duplicate_check':
      checkDuplicateCheck(step, at, to)
      break
    case 'suppression':
      checkSuppression(step, at, to)
      break
    case 'distribution':
      checkDistribution(step, at, to)
      break
  }
}

/** No two steps have one id, nor one name in rules and templates, as `a-b` and `a_b` would. */
function checkIds({ steps }: FlowDocument, to: Problems): void {
  const placed = [...placedSteps(steps, 'steps')]
  for (const [index, { step, path }] of placed.entries()) {
    const same = placed.slice(0, index).find((other) => other.step.id === step.id)
    if (same) to.add('error', `${path}.id`, `“${same.step.name}” has the id “${step.id}” too.`, step.id)
    const key = stepKey(step.id)
    const alike = placed.find((other) => other.step.id !== step.id && stepKey(other.step.id) === key)
    if (alike) {
      const message = `Rules can’t tell “${step.id}” and “${alike.step.id}” apart: both are appended.${key}, and the later one counts.`
      to.add('warning', `${path}.id`, message, step.id)
    }
  }
}

function checkSteps({ document, targets, hasBusinessHours }: CheckInput, names: Names, to: Problems): void {
  checkIds(document, to)
  const targetOf = ({ id }: BuyerStep) => (Object.hasOwn(targets, id) ? targets[id] : undefined)
  const asks = (step: BuyerStep) => isPinged(step, targetOf(step), (name) => names.fields.get(name)?.type)
  for (const [index, step] of document.steps.entries()) {
    const at = { path: `steps.${index}`, names: namesBefore(names, index), document, index }
    checkStep(step, { ...at, isPinged: asks }, to)
  }
  const buyers = placedBuyers(document)
  for (const { step, path, index } of buyers) {
    const at = { path, names: namesBefore(names, index), document, index }
    checkBuyer(step, targetOf(step), at, to)
    checkSelling(step, at, to)
  }
  checkStandIns(document, to)
  if (hasBusinessHours === false) checkBusinessHours(document, targets, to)
  checkCaps(document.caps, 'caps', to)
  if (document.succeed_when !== 'always' && buyers.length === 0) {
    to.add('error', 'steps', 'Add a buyer step: without one no lead can be sold.')
  }
}

type CheckInput = Pick<FlowInput, 'document' | 'flow' | 'targets' | 'resources'> & {
  /** The secrets that the account keeps by name; without them any name passes. */
  secretNames?: ReadonlySet<string>
  /** Whether the account has business hours, where somebody asks for them. */
  hasBusinessHours?: boolean | undefined
}

/**
 * Everything a seller should mend in a flow. Errors stop publishing, warnings do not; `path` points into the document
 * (`steps.2.connection.request.mappings.email`).
 */
export function checkFlow(input: CheckInput): Problem[] {
  const to = new Problems()
  const { document, secretNames } = input
  const names = { ...namesOf(document, input.resources), ...(secretNames && { knownSecrets: secretNames }) }
  if (!isTimeZone(input.flow.timeZone))
    to.add('error', '', `“${input.flow.timeZone}” is not a time zone; set one for the account.`)
  checkFields(document, to)
  checkInbound(document.mappings, names, to)
  checkAcceptance(document.acceptance, names, to)
  checkSteps(input, names, to)
  return to.found
}

const isOrigin = (text: string) => {
  if (text === '*') return true
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '')
}

function checkAnswerFields(fields: readonly string[], names: Names, to: Problems): void {
  for (const [index, name] of fields.entries()) {
    const segments = name.split('.')
    if (!/^(lead|appended)$/.test(segments[0] ?? '') || name === 'lead.id') continue
    const found = findReference(segments, namesBefore(names), 'template')
    const message = 'problem' in found ? found.problem : found.warning
    if (message) to.add('problem' in found ? 'error' : 'warning', `response_fields.${index}`, message)
  }
}

/** What a seller should mend in the settings of a source of a flow. */
export function checkSourceSettings(
  document: FlowDocument,
  settings: SourceSettings,
  resources?: RuleResources,
): Problem[] {
  const to = new Problems()
  const names = namesOf(document, resources)
  checkAcceptance(settings.acceptance, names, to)
  checkInbound(settings.mappings, names, to)
  checkCaps(settings.caps, 'caps', to)
  checkAnswerFields(settings.response_fields ?? [], names, to)
  for (const [index, origin] of settings.cors_origins.entries()) {
    if (!isOrigin(origin))
      to.add('error', `cors_origins.${index}`, 'Give an origin like https://www.example.com, without a path.')
  }
  return to.found
}
