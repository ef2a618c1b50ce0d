import { deliveryNames, destinationNames } from '../flow/render-request'
import { findReference, type Names, namesInPing, type Reference } from '../names/references'
import { type DestinationConfig, type PingedConfig, pingPartsOf } from '../schema'
import { compileTemplate } from '../templates/index'
import type { Problem } from '../types'
import { checkBatch, checkNoBatch } from './check-batch'
import { checkDelivery } from './check-delivery'
import { checkEndpoint, checkKeyInBody } from './check-endpoint'
import { checkRequest, eventIdAdvice, mapsEventId, templatesOf } from './check-request'
import { checkResponse } from './check-response'
import { Problems } from './problems'

/** Whether some template reads the field that a reference means. */
const sends = ({ field }: Reference, { request }: DestinationConfig, names: Names) =>
  templatesOf(request).some((source) => compileTemplate(source, names).references.some((read) => read.field === field))

/** Fields a buyer can't do without must be there to be mapped at all. */
function checkRequired(config: DestinationConfig, names: Names, to: Problems): void {
  const keys = new Set([
    ...Object.keys(config.request.mappings),
    ...(config.request.conditional_mappings ?? []).flatMap(({ mappings }) => Object.keys(mappings)),
  ])
  for (const [index, name] of config.required_fields.entries()) {
    if (keys.has(name)) continue
    const found = findReference(['lead', ...name.replace(/^lead\./, '').split('.')], names, 'template')
    const message = 'problem' in found ? found.problem : found.warning
    if (message) to.add('warning', `required_fields.${index}`, `${message} Every lead would be skipped.`)
    else if ('reference' in found && !sends(found.reference, config, names)) {
      to.add('warning', `required_fields.${index}`, `“${name}” is required, but no mapping sends it.`)
    }
  }
}

const hasPing = (config: DestinationConfig): config is PingedConfig => config.ping !== undefined

/** What is the ping's own: that its credentials and headers are right is said of the delivery, which it shares them with. */
function checkPing(config: PingedConfig, { pingFields: told, secretNames }: Known, to: Problems): void {
  const known = told ? namesInPing(destinationNames([]), told) : destinationNames(undefined)
  const names = { ...known, ...(secretNames && { knownSecrets: secretNames }) }
  const { endpoint, request, response } = pingPartsOf(config)
  const own = { ...endpoint, auth: { type: 'none' } as const, headers: {} }
  checkEndpoint(own, to, { path: 'ping.endpoint', names })
  checkKeyInBody({ endpoint, request }, to, { path: 'ping.endpoint', names })
  checkRequest(request, to, { path: 'ping.request', names })
  checkDelivery({ endpoint, request }, to, { path: 'ping' })
  checkResponse(response, to, { path: 'ping.response' })
  checkNoBatch(request, to, { path: 'ping.request' })
}

type Known = {
  sharedFields?: readonly string[] | undefined
  pingFields?: readonly string[] | undefined
  secretNames?: ReadonlySet<string>
}

/**
 * What a buyer should mend in a destination before it is saved or tested; paths point into the configuration.
 * @param given `sharedFields`: what the seller shares, when it is known: reading anything else is reported.
 *   `pingFields`: the same of what may be told in a ping. `secretNames`: the secrets that the account keeps by name; without them any name passes.
 */
export function checkDestination(config: DestinationConfig, given: Known = {}): Problem[] {
  const to = new Problems()
  const { sharedFields, secretNames } = given
  const names = { ...deliveryNames(config, sharedFields), ...(secretNames && { knownSecrets: secretNames }) }
  checkEndpoint(config.endpoint, to, { path: 'endpoint', names })
  checkKeyInBody(config, to, { path: 'endpoint', names })
  checkRequest(config.request, to, { path: 'request', names })
  checkDelivery(config, to, { path: '' })
  checkResponse(config.response, to, { path: 'response' })
  checkBatch(config, to, { path: '', names })
  checkRequired(config, names, to)
  if (!config.request.batch && !mapsEventId(config)) to.add('warning', 'request.mappings', eventIdAdvice)
  if (hasPing(config)) checkPing(config, given, to)
  return to.found
}
