'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { TextField } from '@/components/form/fields'
import { Form, SubmitButton } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { nameOf } from '@/components/lead/lead-state'
import { Dialog, DialogButtons, DialogContent } from '@/components/ui/dialog'
import { DropInput, type QueueItem } from '@/lib/queue/schema'
import { dropAction } from '../actions'
import { countOf, reportWords } from './queue-words'

export type AskedProps = { leads: readonly QueueItem[]; onClose: () => void; onDone: () => void }

/** "Ana García", or "3 leads". */
export const theseLeads = (leads: readonly QueueItem[]): string => {
  const [only] = leads
  return only && leads.length === 1 ? nameOf(only) : countOf(leads.length)
}

/** Asks once before leads are given up, and for what reason. */
export function DropDialog({ leads, onClose, onDone }: AskedProps) {
  const router = useRouter()
  const defaults = { leadIds: leads.map(({ leadId }) => leadId), reason: '' }
  const form = useActionForm(DropInput, dropAction, defaults, {
    onSuccess: (report) => {
      toast.success(reportWords(report, 'is dropped', 'are dropped'))
      onDone()
      router.refresh()
    },
  })
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={`Drop ${theseLeads(leads)}?`}
        description="No other buyer is asked. What is not sold ends as a failure, and its source is told so. This can’t be undone."
      >
        <Form form={form}>
          <TextField
            name="reason"
            label="Reason"
            hint="What the source is told, and what stands in the lead’s log."
            placeholder="Dropped from the queue"
            optional
            autoFocus
            autoComplete="off"
          />
          <DialogButtons>
            <SubmitButton className="bg-red text-background hover:bg-red/90">Drop {countOf(leads.length)}</SubmitButton>
          </DialogButtons>
        </Form>
      </DialogContent>
    </Dialog>
  )
}
