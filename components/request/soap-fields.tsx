'use client'

import type { Request } from '@/lib/engine/schema'
import { SecretField } from '../endpoint/secret-field'
import type { SignInTools } from '../endpoint/sign-in-tools'
import { DraftText } from '../flow/draft-field'
import { MappingEditor } from '../flow/mapping-editor'
import { problemsAt } from '../flow/problem-notes'
import { Toggle } from '../form/toggle'
import { isSoapFormat } from './format-words'
import type { RequestPartProps } from './request-part'
import { type ChosenOperation, type FindOperations, WsdlFinder } from './wsdl-finder'

type Soap = NonNullable<Request['soap']>
export type SecretTools = Pick<SignInTools, 'secrets' | 'reveal'>

type SoapFieldsProps = RequestPartProps & {
  secretTools: SecretTools
  findOperations: FindOperations
  onChoose: (chosen: ChosenOperation) => void
}

/** Operation, namespace, action, headers and security of a SOAP message. */
export function SoapFields({
  request,
  onChange,
  variables,
  path,
  problems,
  findOperations,
  secretTools,
  onChoose,
}: SoapFieldsProps) {
  if (!isSoapFormat(request.format) || request.body !== undefined) return null
  const soap = request.soap ?? {}
  const set = (part: Partial<Soap>) => onChange({ soap: { ...soap, ...part } })
  const text = (
    name: 'operation' | 'namespace' | 'action' | 'prefix',
    label: string,
    hint: string,
    placeholder: string,
  ) => (
    <DraftText
      label={label}
      hint={hint}
      mono
      placeholder={placeholder}
      value={soap[name] ?? ''}
      problems={problemsAt(problems, `${path}.soap.${name}`)}
      onChange={(value) => set({ [name]: value.trim() === '' ? undefined : value.trim() })}
    />
  )
  return (
    <div className="flex flex-col gap-4">
      <WsdlFinder request={request} findOperations={findOperations} onChoose={onChoose} />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        {text('operation', 'Operation', 'The element in the body, around the arguments.', 'AddLead')}
        {text('namespace', 'Namespace', 'The service’s targetNamespace.', 'urn:leads')}
        {text('action', 'Action', 'Sent as SOAPAction, or in the Content-Type of 1.2.', 'urn:leads/AddLead')}
        {text('prefix', 'Prefix', 'With one, arguments stand outside of the namespace.', 'none')}
      </div>
      <Security soap={soap} onChange={set} path={path} problems={problems} secretTools={secretTools} />
      <fieldset className="flex min-w-0 flex-col gap-1.5">
        <legend className="mb-1.5 font-medium text-sm">Elements of the SOAP header</legend>
        <MappingEditor
          mappings={soap.headers ?? {}}
          variables={variables}
          path={`${path}.soap.headers`}
          problems={problems}
          addWords="Add an element"
          onChange={(headers) => set({ headers: Object.keys(headers).length === 0 ? undefined : headers })}
        />
      </fieldset>
    </div>
  )
}

type SecurityProps = { soap: Soap; secretTools: SecretTools; onChange: (part: Partial<Soap>) => void } & Pick<
  RequestPartProps,
  'path' | 'problems'
>

/** The user name token of WS-Security. */
function Security({ soap, secretTools, onChange, path, problems }: SecurityProps) {
  const { security } = soap
  return (
    <div className="flex flex-col gap-3">
      <Toggle
        label="WS-Security user name token"
        hint="A user name and a password in the header of each message, with its time."
        checked={security !== undefined}
        onChange={(isOn) => onChange({ security: isOn ? { username: 'user', password: '' } : undefined })}
      />
      {security && (
        <div className="grid items-start gap-3 sm:grid-cols-2">
          <DraftText
            label="User name"
            autoComplete="off"
            value={security.username}
            maxLength={200}
            check={(text) => (text.trim() === '' ? 'Give the user name.' : undefined)}
            problems={problemsAt(problems, `${path}.soap.security.username`)}
            onChange={(username) => onChange({ security: { ...security, username } })}
          />
          <SecretField
            label="Password"
            value={security.password}
            tools={secretTools}
            problems={problemsAt(problems, `${path}.soap.security.password`)}
            onChange={(password) => onChange({ security: { ...security, password } })}
          />
          <Toggle
            label="Send a digest"
            hint="The password itself does not leave; the service must know it in clear."
            checked={security.digest === true}
            onChange={(digest) => onChange({ security: { ...security, digest: digest || undefined } })}
          />
        </div>
      )}
    </div>
  )
}
