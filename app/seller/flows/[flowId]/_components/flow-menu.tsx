'use client'

import { CopyPlus, Download, Ellipsis, FileInput, GitCompareArrows, History, Waypoints } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import { toast } from 'sonner'
import { Button } from '@/components/ui/button'
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { ImportDialog } from '../../_components/import-dialog'
import { duplicateFlowAction, exportFlowAction } from '../../actions'
import { useEditor } from './editor-context'

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

const fileName = (name: string) =>
  `${
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-+|-+$/g, '') || 'flow'
  }.json`

/** Everything else that can be done with a flow. */
export function FlowMenu() {
  const { view, flush, go, reload } = useEditor()
  const router = useRouter()
  const [isImporting, setImporting] = useState(false)
  const [isPending, start] = useTransition()
  const { id, name } = view.flow
  const duplicate = () =>
    start(async () => {
      if (!(await flush())) return
      const made = await duplicateFlowAction({ flowId: id })
      if (!made.ok) return void toast.error(made.error.message)
      toast.success(`${made.value.name} is made. It has no sources yet.`)
      router.push(`/seller/flows/${made.value.id}`)
    })
  const exportIt = () =>
    start(async () => {
      await flush()
      const made = await exportFlowAction({ flowId: id })
      if (made.ok) download(fileName(name), `${JSON.stringify(made.value, null, 2)}\n`)
      else toast.error(made.error.message)
    })
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More about this flow" pending={isPending}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem className="sm:hidden" asChild>
            <Link href={`/seller/flows/${id}/simulate`} onClick={() => void flush()}>
              <Waypoints />
              Simulate
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/seller/flows/${id}/versions`} onClick={() => void flush()}>
              <GitCompareArrows />
              Versions
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => go({ kind: 'history' })}>
            <History />
            Who changed what
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          {view.canEdit && (
            <DropdownMenuItem onSelect={duplicate}>
              <CopyPlus />
              Duplicate flow
            </DropdownMenuItem>
          )}
          <DropdownMenuItem onSelect={exportIt}>
            <Download />
            Export as JSON
          </DropdownMenuItem>
          {view.canEdit && (
            <DropdownMenuItem onSelect={() => setImporting(true)}>
              <FileInput />
              Import into this flow
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ImportDialog
        isOpen={isImporting}
        onOpenChange={setImporting}
        flowId={id}
        before={flush}
        onDone={(made) => {
          setImporting(false)
          void reload()
          const added = made.kind === 'buyer' ? made.document.steps.at(-1) : undefined
          go(added ? { kind: 'step', id: added.id } : { kind: 'start' })
        }}
      />
    </>
  )
}
