'use client'

import { useState } from 'react'
import type { z } from 'zod'
import { signInTools } from '@/app/_endpoint/tools'
import { DraftSignIn } from '@/components/endpoint/draft-sign-in'
import { problemsWithin } from '@/components/endpoint/sign-in-editor'
import { DraftText } from '@/components/flow/draft-field'
import { MappingEditor } from '@/components/flow/mapping-editor'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { BesideParameters } from '@/components/request/beside-parameters'
import { BodyOrMappings, bodyFor } from '@/components/request/body-or-mappings'
import { FormatFields } from '@/components/request/format-fields'
import { placeWords } from '@/components/request/format-words'
import { SoapFields } from '@/components/request/soap-fields'
import type { Endpoint, Request } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { findOperationsAction } from '../../actions'
import { checkUrl } from '../connection-methods'
import { useEditor } from '../editor-context'
import { PanelPart } from '../panel-frame'

type Asked = { endpoint: z.infer<typeof Endpoint>; request: Request }
type PartProps = {
  asked: Asked
  /** Where endpoint and request stand in the document. */
  path: string
  problems: readonly Problem[]
  set: (part: Partial<Asked>) => void
}

/** A request of its own beside the delivery: where it goes, how it proves itself, and what it says. */
export function AskedService({ title, ...part }: PartProps & { title: string }) {
  return (
    <>
      <Service title={title} {...part} />
      <WhatIsSent {...part} />
    </>
  )
}

/** Where a request goes, and how it proves itself. */
export function Service({ title, asked, path, problems, set }: PartProps & { title: string }) {
  const { view, revision } = useEditor()
  const { endpoint } = asked
  const change = (part: Partial<Asked['endpoint']>) => set({ endpoint: { ...endpoint, ...part } })
  return (
    <PanelPart title={title}>
      <DraftText
        label="URL"
        mono
        type="url"
        inputMode="url"
        value={endpoint.url}
        maxLength={2000}
        check={checkUrl}
        problems={problemsAt(problems, `${path}.endpoint.url`)}
        onChange={(url) => change({ url: url.trim() })}
      />
      <DraftSignIn
        endpoint={endpoint}
        tools={{ ...signInTools, secrets: view.flow.secrets }}
        problems={problemsWithin(problems, `${path}.endpoint`)}
        revision={revision}
        onChange={(next) => set({ endpoint: next })}
      />
    </PanelPart>
  )
}

/** Format and content of a request. */
export function WhatIsSent({ asked, path, problems, set }: PartProps) {
  const { view, document, revision } = useEditor()
  const { endpoint, request } = asked
  const at = `${path}.request`
  /** Rises when the operation of a service brings mappings of its own. */
  const [chosen, setChosen] = useState(0)
  const save = (part: Partial<Request>, more: Partial<Asked['endpoint']> = {}) =>
    set({ endpoint: { ...endpoint, ...more }, request: { ...request, ...part } })
  const part = { request, onChange: save, variables: view.variables, path: at, problems }
  return (
    <PanelPart title="What is sent" description={placeWords[request.format].hint}>
      <FormatFields
        {...part}
        method={endpoint.method}
        methodPath={`${path}.endpoint.method`}
        onFormat={(format, method) => save({ format, ...bodyFor(request, format) }, { method })}
      />
      <SoapFields
        key={`soap ${revision} ${request.soap?.operation}`}
        {...part}
        findOperations={findOperationsAction}
        secretTools={{ ...signInTools, secrets: view.flow.secrets }}
        onChoose={({ request: wanted, url }) => {
          save(wanted, { method: 'POST', ...(url && { url }) })
          setChosen(chosen + 1)
        }}
      />
      <BodyOrMappings {...part}>
        <ProblemNotes
          problems={problems.filter((problem) => problem.path === at || problem.path === `${at}.mappings`)}
        />
        <MappingEditor
          key={`${revision} ${chosen}`}
          mappings={request.mappings}
          variables={view.variables}
          path={`${at}.mappings`}
          problems={problems}
          fields={document.fields.map(({ name }) => name)}
          place={placeWords[request.format]}
          onChange={(mappings) => save({ mappings })}
        />
      </BodyOrMappings>
      <BesideParameters key={`beside ${revision}`} {...part} />
    </PanelPart>
  )
}
