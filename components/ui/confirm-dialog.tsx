'use client'

import { AlertDialog as Radix } from 'radix-ui'
import { type ReactNode, useState, useTransition } from 'react'
import { Button } from './button'

type ConfirmDialogProps = {
  /** The button that opens it. */
  trigger: ReactNode
  title: ReactNode
  /** What will happen, and whether it can be undone. */
  description: ReactNode
  /** The verb: "Revoke connection". */
  confirm: string
  cancel?: string
  danger?: boolean
  onConfirm: () => Promise<unknown> | undefined
}

/** Asks once before what can't be taken back. Stays open with a spinner until `onConfirm` is done. */
export function ConfirmDialog({ trigger, title, description, confirm, cancel, danger, onConfirm }: ConfirmDialogProps) {
  const [isOpen, setOpen] = useState(false)
  const [isPending, start] = useTransition()
  const run = () =>
    start(async () => {
      await onConfirm()
      setOpen(false)
    })
  return (
    <Radix.Root open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Radix.Content className="fixed inset-x-0 bottom-0 z-50 mx-auto flex w-full max-w-md animate-rise flex-col gap-1 rounded-t-xl border border-line-strong bg-raised p-5 shadow-lg sm:top-[18dvh] sm:bottom-auto sm:rounded-xl">
          <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
          <Radix.Description className="text-base text-secondary">{description}</Radix.Description>
          <div className="mt-4 flex justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{cancel ?? 'Cancel'}</Button>
            </Radix.Cancel>
            <Button
              variant="primary"
              className={danger ? 'bg-red text-background hover:bg-red/90' : undefined}
              pending={isPending}
              onClick={run}
            >
              {confirm}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
