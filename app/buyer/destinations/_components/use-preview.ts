'use client'

import { useAnswer } from '@/components/form/use-answer'
import type { DestinationConfig } from '@/lib/engine/schema'
import { previewAction } from '../actions'

/** The request that a configuration would send, and what is wrong with it. */
export const usePreview = (config: DestinationConfig, sharedFields: string[] | undefined) =>
  useAnswer({ config, ...(sharedFields && { sharedFields }) }, previewAction)
