'use client'

import { FlaskConical, Mail, Webhook } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Form } from '@/components/form/form'
import { type ActionResult, useActionForm } from '@/components/form/use-action-form'
import { RadioGroup } from '@/components/ui/radio-group'
import {
  CreateDestinationInput,
  type DestinationView,
  type Integration,
  type IntegrationView,
} from '@/lib/destinations/schema'
import { setDeliveryAction } from '../../connections/actions'
import { createDestinationAction } from '../actions'
import { SaveBar } from './save-bar'
import { AddressFields, confirmedAddress, MailboxFields, NameFields, SandboxFields } from './where-fields'

const icons: Record<Integration, ReactNode> = { webhook: <Webhook />, email: <Mail />, sandbox: <FlaskConical /> }
const [WebhookInput, EmailInput, SandboxInput] = CreateDestinationInput.options

type Names = { name: string; description: string }
type Setup = { connectionId: string; attach: boolean }
type Mappings = IntegrationView['starter']['request']['mappings']

type NewDestinationProps = {
  integrations: readonly IntegrationView[]
  /** What a new destination begins with when it is known what is shared. */
  mappings?: Mappings
  setup?: Setup
}

/** The first step: which kind, what it is called, and where it is. */
export function NewDestination({ integrations, mappings, setup }: NewDestinationProps) {
  const [chosen, choose] = useState<{ id: Integration; names: Names }>({
    id: 'webhook',
    names: { name: '', description: '' },
  })
  const typed = useRef<() => Names>(() => chosen.names)
  const integration = integrations.find(({ id }) => id === chosen.id)
  if (!integration) return null
  const starter = mappings
    ? { ...integration.starter, request: { ...integration.starter.request, mappings } }
    : integration.starter
  const Fields = forms[chosen.id]
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <RadioGroup
        aria-label="Kind of destination"
        columns={3}
        value={chosen.id}
        onValueChange={(id) => choose({ id: id as Integration, names: typed.current() })}
        options={integrations.map(({ id, name, description }) => ({
          value: id,
          label: name,
          hint: description,
          icon: icons[id],
        }))}
      />
      <Fields key={chosen.id} starter={starter} names={chosen.names} typed={typed} setup={setup} />
    </div>
  )
}

const forms: Record<Integration, (props: FieldsProps) => ReactNode> = {
  webhook: NewWebhook,
  email: NewMailbox,
  sandbox: NewSandbox,
}

type FieldsProps = {
  starter: IntegrationView['starter']
  names: Names
  typed: React.RefObject<() => Names>
  setup: Setup | undefined
}

/** Saves, ties the connection to it where that may be, and goes on to the next step. */
function useCreate(setup: Setup | undefined) {
  const router = useRouter()
  async function create(values: CreateDestinationInput): Promise<ActionResult<DestinationView>> {
    const made = await createDestinationAction(values)
    if (made.ok && setup?.attach) {
      // Left undone it is made up for by going live, so its refusal stops nobody here.
      await setDeliveryAction({ connectionId: setup.connectionId, destinationId: made.value.id })
    }
    return made
  }
  const goOn = ({ id, integration }: DestinationView) =>
    router.push(
      `/buyer/destinations/${id}/setup/${integration === 'email' ? 'mapping' : 'sign-in'}${setup ? `?connection=${setup.connectionId}` : ''}`,
    )
  return { create, goOn }
}

/** Lets the choice of another kind keep what was typed. */
function useTyped(typed: FieldsProps['typed'], read: () => { name: string; description?: string | undefined }) {
  useEffect(() => {
    typed.current = () => {
      const { name, description = '' } = read()
      return { name, description }
    }
  }, [read, typed])
}

function NewWebhook({ starter, names, typed, setup }: FieldsProps) {
  const { create, goOn } = useCreate(setup)
  const form = useActionForm(
    WebhookInput,
    async (values) => {
      const confirmed = confirmedAddress(values.config.endpoint.url, values.insecureConfirmed)
      return confirmed.ok ? create({ ...values, insecureConfirmed: confirmed.value }) : confirmed
    },
    {
      ...names,
      integration: 'webhook',
      config: { ...starter, endpoint: { ...starter.endpoint, url: '' } },
      insecureConfirmed: false,
    },
    { onSuccess: goOn },
  )
  useTyped(typed, form.fields.getValues)
  return (
    <Form form={form} className="gap-5">
      <NameFields />
      <AddressFields />
      <SaveBar isPending={form.isPending} way={{ mode: 'setup', next: '' }} />
    </Form>
  )
}

function NewMailbox({ names, typed, setup }: FieldsProps) {
  const { create, goOn } = useCreate(setup)
  const form = useActionForm(
    EmailInput,
    create,
    { ...names, integration: 'email', email: { to: [] } },
    { onSuccess: goOn },
  )
  useTyped(typed, form.fields.getValues)
  return (
    <Form form={form} className="gap-5">
      <NameFields />
      <MailboxFields />
      <SaveBar isPending={form.isPending} way={{ mode: 'setup', next: '' }} />
    </Form>
  )
}

function NewSandbox({ starter, names, typed, setup }: FieldsProps) {
  const { create, goOn } = useCreate(setup)
  const form = useActionForm(
    SandboxInput,
    create,
    { ...names, integration: 'sandbox', settings: { mode: 'accept' }, config: { request: starter.request } },
    { onSuccess: goOn },
  )
  useTyped(typed, form.fields.getValues)
  return (
    <Form form={form} className="gap-5">
      <NameFields />
      <SandboxFields />
      <SaveBar isPending={form.isPending} way={{ mode: 'setup', next: '' }} />
    </Form>
  )
}
