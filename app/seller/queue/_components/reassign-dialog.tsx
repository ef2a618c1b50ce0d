'use client'

import { useRouter } from 'next/navigation'
import { toast } from 'sonner'
import { Form, SubmitButton } from '@/components/form/form'
import { NativeSelectField } from '@/components/form/native-select-field'
import { useActionForm } from '@/components/form/use-action-form'
import { Dialog, DialogButtons, DialogContent } from '@/components/ui/dialog'
import { type QueueBuyer, ReassignInput } from '@/lib/queue/schema'
import { reassignAction } from '../actions'
import { type AskedProps, theseLeads } from './drop-dialog'
import { reportWords } from './queue-words'

type ReassignDialogProps = AskedProps & { buyers: Record<string, QueueBuyer[]> }

/** Chooses another buyer step of the flow, which is asked next. */
export function ReassignDialog({ leads, buyers, onClose, onDone }: ReassignDialogProps) {
  const flowIds = [...new Set(leads.map(({ flowId }) => flowId))]
  const waited = new Set(leads.map(({ stepId }) => stepId))
  const others = (buyers[flowIds[0] ?? ''] ?? []).filter(({ stepId }) => waited.size > 1 || !waited.has(stepId))
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={`Send ${theseLeads(leads)} to another buyer`}
        description="It is asked next, by its own rules. If it does not take the lead, the lead waits on as before."
      >
        {flowIds.length > 1 ? (
          <p className="text-secondary">These leads are of {flowIds.length} flows. Choose leads of one flow.</p>
        ) : others.length === 0 ? (
          <p className="text-secondary">This flow has no other buyer step.</p>
        ) : (
          <ReassignForm leads={leads} buyers={others} onDone={onDone} />
        )}
      </DialogContent>
    </Dialog>
  )
}

type ReassignFormProps = Omit<AskedProps, 'onClose'> & { buyers: readonly QueueBuyer[] }

function ReassignForm({ leads, buyers, onDone }: ReassignFormProps) {
  const router = useRouter()
  const defaults = { leadIds: leads.map(({ leadId }) => leadId), stepId: buyers[0]?.stepId ?? '' }
  const form = useActionForm(ReassignInput, reassignAction, defaults, {
    onSuccess: (report) => {
      toast.success(reportWords(report, 'is on its way', 'are on their way'))
      onDone()
      router.refresh()
    },
  })
  return (
    <Form form={form}>
      <NativeSelectField
        name="stepId"
        label="Buyer"
        options={buyers.map(({ stepId, name }) => ({ value: stepId, label: name }))}
      />
      <DialogButtons>
        <SubmitButton>Send</SubmitButton>
      </DialogButtons>
    </Form>
  )
}
