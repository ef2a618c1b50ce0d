'use server'

import { z } from 'zod'
import type { Actor } from '@/lib/actor'
import { buyerAction } from '@/lib/auth'
import { setDelivery } from '@/lib/connections'
import { findOperations, previewSample } from '@/lib/delivery'
import { WsdlInput } from '@/lib/delivery/schema'
import {
  acknowledgeTest,
  createDestination,
  deleteDestination,
  disableDestination,
  enableDestination,
  goLive,
  holdDestinationCircuit,
  setDestinationCaps,
  testDestination,
  testPing,
  updateDestination,
} from '@/lib/destinations'
import {
  CreateDestinationInput,
  DestinationIdInput,
  HoldDestinationCircuitInput,
  SetDestinationCapsInput,
  TestDestinationInput,
  UpdateDestinationInput,
} from '@/lib/destinations/schema'
import { checkDestination, DestinationConfig, DestinationPing, pingAsDelivery } from '@/lib/engine'
import { ok } from '@/lib/result'
import { secretNames } from '@/lib/secrets'

export const createDestinationAction = buyerAction(CreateDestinationInput, createDestination)
export const updateDestinationAction = buyerAction(UpdateDestinationInput, updateDestination)
export const testDestinationAction = buyerAction(TestDestinationInput, testDestination)
export const acknowledgeTestAction = buyerAction(DestinationIdInput, acknowledgeTest)
export const disableDestinationAction = buyerAction(DestinationIdInput, disableDestination)
export const enableDestinationAction = buyerAction(DestinationIdInput, enableDestination)
export const holdCircuitAction = buyerAction(HoldDestinationCircuitInput, holdDestinationCircuit)
export const setCapsAction = buyerAction(SetDestinationCapsInput, setDestinationCaps)
export const deleteDestinationAction = buyerAction(DestinationIdInput, deleteDestination)

const GoLive = TestDestinationInput

/** Goes live; in a connection's setup its leads are delivered here from then on. */
async function goLiveFor(actor: Actor, { id, connectionId }: z.infer<typeof GoLive>) {
  const live = await goLive(actor, { id })
  if (!live.ok || connectionId === undefined) return live
  const delivered = await setDelivery(actor, { connectionId, destinationId: id })
  return delivered.ok ? live : delivered
}

export const goLiveAction = buyerAction(GoLive, goLiveFor)

const Preview = z.strictObject({
  config: DestinationConfig,
  sharedFields: z.array(z.string().max(100)).max(500).optional(),
})

/** The test lead's request as it would be sent, and what is wrong with the configuration. Sends and saves nothing. */
async function preview(actor: Actor, { config, sharedFields }: z.infer<typeof Preview>) {
  const known = { sharedFields, secretNames: await secretNames(actor.accountId) }
  return ok({ ...previewSample(config, { sharedFields }), problems: checkDestination(config, known) })
}

export const previewAction = buyerAction(Preview, preview, { needs: 'viewer' })

const PreviewPing = z.strictObject({
  config: DestinationConfig.extend({ ping: DestinationPing }),
  pingFields: z.array(z.string().max(100)).max(500).optional(),
})

/** The same of a ping for the test lead. */
async function previewPing(actor: Actor, { config, pingFields }: z.infer<typeof PreviewPing>) {
  const known = { pingFields, secretNames: await secretNames(actor.accountId) }
  const sample = previewSample(pingAsDelivery(config), { sharedFields: pingFields })
  return ok({ ...sample, problems: checkDestination(config, known) })
}

export const previewPingAction = buyerAction(PreviewPing, previewPing, { needs: 'viewer' })
export const testPingAction = buyerAction(TestDestinationInput, testPing)
export const findOperationsAction = buyerAction(WsdlInput, findOperations, { needs: 'viewer' })
