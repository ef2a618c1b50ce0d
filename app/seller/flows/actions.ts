'use server'

import { refresh } from 'next/cache'
import type { z } from 'zod'
import type { Actor } from '@/lib/actor'
import { sellerAction } from '@/lib/auth'
import { createFlow, updateFlow } from '@/lib/flows'
import { CreateFlowInput, UpdateFlowInput } from '@/lib/flows/schema'

export const createFlowAction = sellerAction(CreateFlowInput, createFlow)

export const updateFlowAction = sellerAction(
  UpdateFlowInput,
  async (actor: Actor, input: z.output<typeof UpdateFlowInput>) => {
    const updated = await updateFlow(actor, input)
    if (updated.ok) refresh()
    return updated
  },
)
