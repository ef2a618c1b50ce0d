'use client'

import { useSample } from '@/components/request/use-sample'
import type { DestinationConfig } from '@/lib/engine/schema'
import { previewAction } from '../actions'

const ask = (wanted: string) => previewAction(JSON.parse(wanted))

/** The request that a configuration would send, and what is wrong with it. */
export const usePreview = (config: DestinationConfig, sharedFields: string[] | undefined) =>
  useSample(JSON.stringify({ config, ...(sharedFields && { sharedFields }) }), ask)
