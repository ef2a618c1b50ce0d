import type { z } from 'zod'
import { conflictsOf } from '../delivery/body'
import type { DestinationConfig, Request } from '../schema'
import { type Place, under } from './place'
import type { Problems } from './problems'

type Mappings = Record<string, string | number | boolean>

function checkMappings(mappings: Mappings, at: string, to: Problems, { names, stepId }: Place): void {
  for (const { key, message } of conflictsOf(Object.keys(mappings))) to.add('error', `${at}.${key}`, message, stepId)
  for (const [key, source] of Object.entries(mappings)) to.addTemplate(source, names, `${at}.${key}`, stepId)
}

export function checkRequest(request: z.infer<typeof Request>, to: Problems, place: Place): void {
  const { path, names, stepId } = place
  const at = under(path, 'mappings')
  const conditional = request.conditional_mappings ?? []
  if (Object.keys(request.mappings).length === 0 && conditional.length === 0) {
    to.add('warning', at, 'Nothing is mapped: the buyer would get an empty object.', stepId)
  }
  checkMappings(request.mappings, at, to, place)
  for (const [index, { condition, mappings }] of conditional.entries()) {
    const here = under(path, `conditional_mappings.${index}`)
    to.addRule(condition, names, `${here}.condition`, stepId)
    checkMappings(mappings, `${here}.mappings`, to, place)
    const together = conflictsOf([...new Set([...Object.keys(request.mappings), ...Object.keys(mappings)])])
    for (const { key, message } of together) {
      if (Object.hasOwn(mappings, key)) to.add('error', `${here}.mappings.${key}`, message, stepId)
    }
  }
}

/** True when some mapping, header or condition sends the event id. */
export const mapsEventId = ({ endpoint, request }: Pick<DestinationConfig, 'endpoint' | 'request'>): boolean => {
  const conditional = request.conditional_mappings?.flatMap(({ mappings }) => Object.values(mappings)) ?? []
  const sources = [...Object.values(request.mappings), ...Object.values(endpoint.headers), ...conditional]
  return sources.some((source) => typeof source === 'string' && /\{[{%].*\bevent_id\b/s.test(source))
}

export const eventIdAdvice =
  'Feedback is allowed, but {{event_id}} is not mapped. The buyer also gets it in the header X-Baton-Event-Id, which is always sent; map it if the buyer keeps only what is in the body.'
