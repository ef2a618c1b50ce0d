import {
  type DestinationConfig,
  type FlowDocument,
  type MappedValue,
  type RecordedRequest,
  renderSample,
} from '../engine'
import { previewRequest } from './preview-request'

const sample = { eventId: '01990a2b-7c5d-7e8f-9a0b-1c2d3e4f5a6b', leadId: '01990a2b-7c5d-7e8f-9a0b-1c2d3e4f5a6c' }

type SampledPing = { response: { capture?: Record<string, string> | undefined } }

/** The sample lead as a configuration sends it, each mapping's value, and why it would not be sent at all. */
export type SamplePreview = { request: RecordedRequest; values: Record<string, MappedValue>; problem?: string }

/**
 * Shows what a configuration makes of the sample lead. Sends, saves and opens nothing.
 * @param given whose fields may be read: a flow's, or those that a seller shares; any where neither is known. `ping`: the
 *   one that comes before it, where the configuration does not say so itself.
 */
export function previewSample(
  config: DestinationConfig,
  given: {
    fields?: FlowDocument['fields'] | undefined
    sharedFields?: string[] | undefined
    ping?: SampledPing | undefined
  },
): SamplePreview {
  const { request, values } = renderSample(config, { ...sample, ...given, now: Date.now() })
  const { problem } = request
  return {
    request: previewRequest(request, {
      ...sample,
      isTest: true,
      ...(config.request.batch && { batch: { id: sample.eventId, size: 2 } }),
    }),
    values,
    ...(problem !== undefined && { problem }),
  }
}
