'use server'

import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { Actor } from '@/lib/actor'
import { sellerAction } from '@/lib/auth'
import { createFlow, duplicateFlow, exportFlow, importFlow, updateFlow } from '@/lib/flows'
import { CreateFlowInput, DuplicateFlowInput, FlowIdInput, ImportFlowInput, UpdateFlowInput } from '@/lib/flows/schema'

export const createFlowAction = sellerAction(CreateFlowInput, createFlow)

export const duplicateFlowAction = sellerAction(DuplicateFlowInput, duplicateFlow)

export const exportFlowAction = sellerAction(
  FlowIdInput,
  (actor: Actor, { flowId }: z.output<typeof FlowIdInput>) => exportFlow(actor, flowId),
  { needs: 'viewer' },
)

export const importFlowAction = sellerAction(ImportFlowInput, importFlow)

export const updateFlowAction = sellerAction(
  UpdateFlowInput,
  async (actor: Actor, input: z.output<typeof UpdateFlowInput>) => {
    const updated = await updateFlow(actor, input)
    if (updated.ok) refresh()
    return updated
  },
)
