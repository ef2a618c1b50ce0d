'use client'

import { useAnswer } from '@/components/form/use-answer'
import type { DestinationConfig, PingedConfig } from '@/lib/engine/schema'
import { previewAction, previewPingAction } from '../actions'

/** The request that a configuration would send, and what is wrong with it. */
export const usePreview = (config: DestinationConfig, sharedFields: string[] | undefined) =>
  useAnswer({ config, ...(sharedFields && { sharedFields }) }, previewAction)

/** The same of its ping. */
export const usePingPreview = (config: PingedConfig, pingFields: string[] | undefined) =>
  useAnswer({ config, ...(pingFields && { pingFields }) }, previewPingAction)
