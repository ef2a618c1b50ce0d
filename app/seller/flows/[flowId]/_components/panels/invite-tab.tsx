'use client'

import type { InviteConnection } from '@/components/flow/draft-document'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { SharedFields } from '@/components/flow/shared-fields'
import type { BuyerStep } from '@/lib/engine/schema'
import { useEditor } from '../editor-context'
import { fieldLabel } from '../field-label'
import { useLook } from '../use-look'
import { ConnectedBuyer } from './connected-buyer'
import { InviteForm } from './invite-form'
import { PendingInvitation } from './pending-invitation'
import type { StepTabProps } from './step-tab'

type InviteTabProps = StepTabProps & { step: BuyerStep; connection: InviteConnection }

/** The way to an invited buyer: whom to invite, how far it is, and what is shared. */
export function InviteTab({ step, connection, path, problems, set }: InviteTabProps) {
  const { document, view } = useEditor()
  const state = view.flow.steps.find(({ stepId }) => stepId === step.id)
  const setup = state?.setup ?? 'not_invited'
  const sharing = problemsAt(problems, `${path}.connection.shared_fields`)
  const pinging = problemsAt(problems, `${path}.connection.ping_fields`)
  const others = problemsAt(problems, `${path}.connection`).filter(
    (problem) => !sharing.includes(problem) && !pinging.includes(problem),
  )
  useLook(state !== undefined && setup !== 'not_invited' && setup !== 'ready')
  const setConnection = (next: InviteConnection) => set({ connection: next })
  const isConnected = state?.connectionId !== undefined && setup !== 'revoked'
  const isPending = setup === 'waiting_for_acceptance' || setup === 'invitation_expired'
  return (
    <>
      {isConnected && state && <ConnectedBuyer state={state} connection={connection} onChange={setConnection} />}
      {!isConnected && isPending && state?.invitationId && (
        <PendingInvitation key={state.invitationId} state={{ ...state, invitationId: state.invitationId }} />
      )}
      {!isConnected && !isPending && (
        <InviteForm step={step} connection={connection} setup={setup} onPick={setConnection} />
      )}
      <ProblemNotes problems={others} className="-mt-3" />
      <div className="flex flex-col gap-2">
        <SharedFields
          fields={document.fields.map((field) => ({ name: field.name, label: fieldLabel(field, view.variables) }))}
          shared={connection.shared_fields}
          onChange={(shared_fields) => setConnection({ ...connection, shared_fields })}
        />
        <ProblemNotes problems={sharing} />
      </div>
    </>
  )
}
