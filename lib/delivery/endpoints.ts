import type { Endpoint } from '../engine'

/** An endpoint of a document, and the step that it belongs to. */
type Found = { path: string; stepId?: string; endpoint: Endpoint }

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isEndpoint = (key: string, value: unknown): value is Endpoint =>
  key === 'endpoint' && isObject(value) && typeof value['url'] === 'string' && isObject(value['auth'])

/** Every endpoint of a flow's document or a destination's configuration, whatever kind of step has it. */
export function endpointsIn(document: unknown, path = '', stepId?: string): Found[] {
  if (!isObject(document)) return []
  const own = typeof document['id'] === 'string' && typeof document['type'] === 'string' ? document['id'] : stepId
  return Object.entries(document).flatMap(([key, value]): Found[] => {
    const at = path === '' ? key : `${path}.${key}`
    if (!isEndpoint(key, value)) return endpointsIn(value, at, own)
    return [{ path: at, endpoint: value, ...(own !== undefined && { stepId: own }) }]
  })
}
