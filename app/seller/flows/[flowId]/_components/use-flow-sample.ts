'use client'

import type { ManualConnection } from '@/components/flow/draft-document'
import { useSample } from '@/components/request/use-sample'
import type { FlowDocument } from '@/lib/engine/schema'
import { previewAction } from '../actions'

const ask = (wanted: string) => previewAction(JSON.parse(wanted))

/** What a manual step makes of the sample lead of this flow. */
export function useFlowSample({ endpoint, request }: ManualConnection, fields: FlowDocument['fields']) {
  const { url, method, headers } = endpoint
  return useSample(JSON.stringify({ request, endpoint: { url, method, headers }, fields }), ask)
}
