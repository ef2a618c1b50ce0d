'use client'

import type { ManualConnection } from '@/components/flow/draft-document'
import { useAnswer } from '@/components/form/use-answer'
import type { BuyerStep, FlowDocument } from '@/lib/engine/schema'
import { previewAction } from '../actions'

/** What a manual step makes of the sample lead of this flow, and of a bid where the buyer is pinged. */
export function useFlowSample(
  { endpoint, request }: ManualConnection,
  fields: FlowDocument['fields'],
  ping: BuyerStep['ping'],
) {
  const { url, method, headers } = endpoint
  const capture = ping?.response.capture
  const bid = ping && { ping: { response: capture ? { capture } : {} } }
  return useAnswer({ request, endpoint: { url, method, headers }, fields, ...bid }, previewAction)
}
