'use client'

import { useController, useFormState } from 'react-hook-form'
import { signInTools } from '@/app/_endpoint/tools'
import { problemsWithin, SignInEditor } from '@/components/endpoint/sign-in-editor'
import { Form } from '@/components/form/form'
import { useActionForm } from '@/components/form/use-action-form'
import { Alert } from '@/components/ui/alert'
import { type DestinationView, UpdateDestinationInput } from '@/lib/destinations/schema'
import type { Endpoint } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import type { Issue } from '@/lib/errors'
import { SaveBar, type Way } from './save-bar'
import { saveDestination } from './save-destination'
import { useSaved } from './use-saved'

const at = 'config.endpoint'

/** What the browser found wrong, by path: the form keeps it as a tree. */
function issuesIn(errors: unknown, path = ''): Issue[] {
  if (typeof errors !== 'object' || errors === null) return []
  const { message } = errors as { message?: unknown }
  if (typeof message === 'string') return [{ path, message }]
  return Object.entries(errors).flatMap(([key, inner]) =>
    key === 'ref' || key === 'root' ? [] : issuesIn(inner, path === '' ? key : `${path}.${key}`),
  )
}

type FieldsProps = { destination: DestinationView; refused: readonly Issue[] }

function SignInFields({ destination, refused }: FieldsProps) {
  const { field } = useController({ name: at })
  const { errors } = useFormState()
  const endpoint: Endpoint = field.value
  const wrong = [...issuesIn(errors), ...refused].map((issue): Problem => ({ severity: 'error', ...issue }))
  const saved = destination.problems.map((problem) => ({ ...problem, path: `config.${problem.path}` }))
  function change(part: Partial<Endpoint>) {
    const merged = { ...endpoint, ...part }
    field.onChange(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)))
  }
  return (
    <SignInEditor
      endpoint={endpoint}
      onChange={change}
      tools={{ ...signInTools, secrets: destination.secrets }}
      problems={problemsWithin([...wrong, ...saved], at)}
    />
  )
}

/** How the destination is signed in to. The sandbox is our own and needs nothing. */
export function SignInForm({ destination, way }: { destination: DestinationView; way: Way }) {
  const { id, config, integration, status } = destination
  const isLive = status === 'live'
  const isOwn = integration === 'sandbox'
  const form = useActionForm(
    UpdateDestinationInput,
    saveDestination,
    isOwn ? { id } : { id, config: { endpoint: config.endpoint } },
    { onSuccess: useSaved(way, isLive) },
  )
  return (
    <Form form={form} className="max-w-2xl gap-5">
      {isOwn ? (
        <Alert>The sandbox is part of Baton: there is nothing to sign in to.</Alert>
      ) : (
        <SignInFields destination={destination} refused={form.refusal?.issues ?? []} />
      )}
      {(!isOwn || way.mode === 'setup') && <SaveBar isPending={form.isPending} way={way} isLive={isLive && !isOwn} />}
    </Form>
  )
}
