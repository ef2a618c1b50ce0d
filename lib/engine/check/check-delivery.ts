import { isSoap, shapeOf } from '../delivery/formats'
import type { DestinationConfig } from '../schema'
import { type Place, under } from './place'
import type { Problems } from './problems'

function checkContentType({ endpoint, request }: Parts, to: Problems, { path, stepId }: Omit<Place, 'names'>): void {
  const { family, words } = shapeOf(request)
  for (const [name, value] of Object.entries(endpoint.headers)) {
    if (name.toLowerCase() !== 'content-type' || family.test(value.trim())) continue
    to.add('error', under(path, `endpoint.headers.${name}`), `Content-Type must be ${words}.`, stepId)
  }
}

type Parts = Pick<DestinationConfig, 'endpoint' | 'request'>

/** What an endpoint and the format of its request have to agree on: the method and the Content-Type. */
export function checkDelivery(parts: Parts, to: Problems, place: Omit<Place, 'names'>): void {
  const { endpoint, request } = parts
  const at = under(place.path, 'endpoint.method')
  if (endpoint.method === 'GET' && request.format !== 'query') {
    to.add('error', at, 'GET has no body. Choose query parameters as the format, or another method.', place.stepId)
  }
  if (isSoap(request.format) && endpoint.method !== 'POST') {
    to.add('error', at, 'SOAP messages are sent by POST.', place.stepId)
  }
  checkContentType(parts, to, place)
}
