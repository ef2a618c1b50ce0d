'use client'

import { useState } from 'react'
import { signInTools } from '@/app/_endpoint/tools'
import { lastAnswerAction, testAnswerAction } from '@/app/answer-actions'
import { AnswerEditor } from '@/components/answer/answer-editor'
import { DraftSignIn } from '@/components/endpoint/draft-sign-in'
import { problemsWithin } from '@/components/endpoint/sign-in-editor'
import { withStep } from '@/components/flow/draft-document'
import { DraftFrame, DraftNumber, DraftText } from '@/components/flow/draft-field'
import { MappingEditor } from '@/components/flow/mapping-editor'
import { ProblemNotes, problemsAt } from '@/components/flow/problem-notes'
import { RuleEditor } from '@/components/flow/rule-editor'
import { BesideParameters } from '@/components/request/beside-parameters'
import { BodyOrMappings, bodyFor } from '@/components/request/body-or-mappings'
import { FormatFields } from '@/components/request/format-fields'
import { placeWords } from '@/components/request/format-words'
import { SoapFields } from '@/components/request/soap-fields'
import { NativeSelect } from '@/components/ui/native-select'
import type { LookupStep, Request, Rule } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { findOperationsAction } from '../../actions'
import { checkUrl } from '../connection-methods'
import { useEditor } from '../editor-context'
import { PanelFrame, PanelPart } from '../panel-frame'
import { ruleVariables } from '../rule-variables'
import { StepActions } from '../step-actions'
import { StepTest } from '../step-test'
import { StepName } from './step-name'

type PartProps = {
  step: LookupStep
  path: string
  problems: readonly Problem[]
  set: (part: Partial<LookupStep>) => void
}

function withCondition({ run_when: _, ...step }: LookupStep, rule: Rule | undefined): LookupStep {
  return rule === undefined ? step : { ...step, run_when: rule }
}

/** A step that asks a service by HTTP, and leaves what it answers to later steps. */
export function LookupPanel({ step, index }: { step: LookupStep; index: number }) {
  const { view, problems: all, change, revision } = useEditor()
  const path = `steps.${index}`
  const problems = problemsAt(all, path)
  const edit = (part: (is: LookupStep) => LookupStep) =>
    change((now) => withStep(now, step.id, (is) => (is.type === 'lookup' ? part(is) : is)))
  const props: PartProps = { step, path, problems, set: (part) => edit((is) => ({ ...is, ...part })) }
  return (
    <PanelFrame
      title={step.name}
      description="Asks a service about the lead: is the phone reachable, what is the score, does the address exist."
      actions={<StepActions step={step} index={index} />}
    >
      <StepName step={step} />
      <RuleEditor
        label="Only when"
        hint="No conditions: for every lead."
        rule={step.run_when}
        variables={ruleVariables(view.variables)}
        problems={problemsAt(problems, `${path}.run_when`)}
        onChange={(rule) => edit((is) => withCondition(is, rule))}
      />
      <Service {...props} />
      <Asked {...props} />
      <PanelPart
        title="Answer"
        description={`What is captured stands in later steps as appended.${step.id.replaceAll('-', '_')}.<name>, in rules and in mappings.`}
      >
        <AnswerEditor
          key={step.id}
          side="lookup"
          answers={step.response}
          path={`${path}.response`}
          problems={problems}
          prefix={`appended.${step.id.replaceAll('-', '_')}`}
          revision={revision}
          tools={{
            test: testAnswerAction,
            last: () => lastAnswerAction({ flow_id: view.flow.id, step_id: step.id }),
          }}
          onChange={(response) => props.set({ response })}
        />
      </PanelPart>
      <WhenItFails {...props} />
      <PanelPart title="Try it">
        <StepTest step={step} index={index} />
      </PanelPart>
    </PanelFrame>
  )
}

function Service({ step, path, problems, set }: PartProps) {
  const { view, revision } = useEditor()
  const { endpoint } = step
  const change = (part: Partial<LookupStep['endpoint']>) => set({ endpoint: { ...endpoint, ...part } })
  return (
    <PanelPart title="Service">
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

function Asked({ step, path, problems, set }: PartProps) {
  const { view, document, revision } = useEditor()
  const { endpoint, request } = step
  const at = `${path}.request`
  /** Rises when the operation of a service brings mappings of its own. */
  const [chosen, setChosen] = useState(0)
  const save = (part: Partial<Request>, more: Partial<LookupStep['endpoint']> = {}) =>
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

function WhenItFails({ step, path, problems, set }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <DraftNumber
        label="Give up after"
        suffix="seconds"
        value={step.timeout_seconds}
        min={1}
        max={60}
        hint="The lead waits for the answer."
        problems={problemsAt(problems, `${path}.timeout_seconds`)}
        onChange={(seconds) => set({ timeout_seconds: seconds ?? 10 })}
      />
      <DraftFrame
        label="When it fails"
        hint="A refusal, an error, or no answer in time."
        problems={problemsAt(problems, `${path}.on_failure`)}
      >
        {(control) => (
          <NativeSelect
            {...control}
            value={step.on_failure}
            onChange={(event) => set({ on_failure: event.target.value as LookupStep['on_failure'] })}
          >
            <option value="continue">The lead goes on</option>
            <option value="stop">The lead ends with that reason</option>
          </NativeSelect>
        )}
      </DraftFrame>
    </div>
  )
}
