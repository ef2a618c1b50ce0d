'use client'

import { FileInput } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ImportDialog } from './import-dialog'

/** *Import*, above the list of flows. */
export function ImportFlow() {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FileInput />
        Import
      </Button>
      <ImportDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        onDone={({ flowId }) => router.push(`/seller/flows/${flowId}`)}
      />
    </>
  )
}
