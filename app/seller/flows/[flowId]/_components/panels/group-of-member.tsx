'use client'

import { Split } from 'lucide-react'
import { Button } from '@/components/ui/button'
import type { DistributionStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'

/** The way from a member to its distribution, where it is moved and removed. */
export function GroupOfMember({ within }: { within: DistributionStep }) {
  const { go } = useEditor()
  return (
    <Button size="sm" className="max-w-60" onClick={() => go({ kind: 'step', id: within.id })}>
      <Split />
      <span className="truncate">{within.name}</span>
    </Button>
  )
}
