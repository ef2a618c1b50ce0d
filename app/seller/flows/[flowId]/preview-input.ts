import { z } from 'zod'
import { Endpoint, FlowDocument, Request, ResponseSpec } from '@/lib/engine/schema'

const { url, method, headers } = Endpoint.shape

/** A request to be shown on the sample lead of a flow; nothing is sent or saved. */
export const PreviewInput = z.object({
  request: Request,
  endpoint: z.object({ url, method, headers }),
  fields: FlowDocument.shape.fields,
  /** The ping before it, where there is one: the request may say what was bid. */
  ping: z.object({ response: ResponseSpec.pick({ capture: true }) }).optional(),
})
