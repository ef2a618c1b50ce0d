'use client'

import type { ManualConnection } from '@/components/flow/draft-document'
import { useAnswer } from '@/components/form/use-answer'
import type { FlowDocument } from '@/lib/engine/schema'
import { previewAction } from '../actions'

/** What a manual step makes of the sample lead of this flow. */
export function useFlowSample({ endpoint, request }: ManualConnection, fields: FlowDocument['fields']) {
  const { url, method, headers } = endpoint
  return useAnswer({ request, endpoint: { url, method, headers }, fields }, previewAction)
}
