'use client'

import { RotateCcw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { restoreVersionAction } from '../../actions'

export function RestoreButton({ flowId, version }: { flowId: string; version: number }) {
  const router = useRouter()
  async function restore() {
    const result = await restoreVersionAction({ flowId, version })
    if (!result.ok) return void toast.error(result.error.message)
    toast.success(`The draft is version ${version} now. Look it over, then publish.`)
    router.push(`/seller/flows/${flowId}`)
  }
  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" className="self-start">
          <RotateCcw className="size-3.5" />
          Restore
        </Button>
      }
      title={`Restore version ${version}?`}
      description="It replaces the draft. What is live stays live until you publish."
      confirm="Restore into draft"
      onConfirm={restore}
    />
  )
}
