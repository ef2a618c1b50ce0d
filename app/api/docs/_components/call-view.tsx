import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { CodeBlock, JsonBlock } from '@/components/ui/code-block'
import { Fields, ShapeView } from './fields'
import { Method } from './method'
import type { AnswerView, Call, Parameter } from './types'
import { Words } from './words'

const keyWords: Record<Call['key'], string> = {
  needed: 'API key',
  optional: 'with or without a key',
  source: "the source's key, if it asks for one",
  none: 'no key',
}

/** One call: what it does and takes on the left, how to make it and what comes back on the right. */
export function CallView({ call }: { call: Call }) {
  const good = call.answers.filter((answer) => Number(answer.status) < 400)
  const refusals = call.answers.filter((answer) => Number(answer.status) >= 400)
  return (
    <article id={call.id} aria-labelledby={`${call.id}-title`} className="scroll-mt-20 border-t pt-6 pb-10">
      <h3 id={`${call.id}-title`} className="font-semibold text-lg">
        <a href={`#${call.id}`} className="hover:underline">
          {call.summary}
        </a>
      </h3>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Method method={call.method} />
        <code className="break-all font-mono text-sm">{call.path}</code>
        <Badge>{keyWords[call.key]}</Badge>
      </p>
      <div className="mt-4 grid gap-x-10 gap-y-6 xl:grid-cols-2">
        <div className="min-w-0 space-y-6">
          {call.description && (
            <p className="text-pretty text-secondary">
              <Words text={call.description} />
            </p>
          )}
          <Parameters parameters={call.parameters} />
          {call.body && (
            <Part title={call.body.required ? 'Body' : 'Body, which may be left out'}>
              {call.body.types.length > 1 && (
                <p className="mb-2 text-secondary text-sm">{call.body.types.join(', ')}</p>
              )}
              <ShapeView shape={call.body.shape} />
            </Part>
          )}
          <Refusals answers={refusals} />
        </div>
        <div className="min-w-0 space-y-4">
          <CodeBlock title="Request" language="shell" code={call.curl} />
          {good.map((answer) => (
            <GoodAnswer key={answer.status} answer={answer} />
          ))}
        </div>
      </div>
    </article>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-2 font-medium text-sm">{title}</h4>
      {children}
    </section>
  )
}

const places: [Parameter['in'], string][] = [
  ['path', 'In the path'],
  ['query', 'In the query'],
  ['header', 'In the headers'],
]

function Parameters({ parameters }: { parameters: Parameter[] }) {
  return places.map(([place, title]) => {
    const rows = parameters.filter((parameter) => parameter.in === place)
    return (
      rows.length > 0 && (
        <Part key={place} title={title}>
          <Fields rows={rows} />
        </Part>
      )
    )
  })
}

function GoodAnswer({ answer }: { answer: AnswerView }) {
  const { status, description, shape, example, shownAt } = answer
  return (
    <div className="space-y-2">
      {example === undefined ? (
        <p className="rounded-lg border px-3 py-2 text-secondary text-sm">
          <span className="font-medium text-foreground">Answer {status}.</span> <Words text={description} />
          {shownAt && (
            <>
              {' '}
              It looks as under{' '}
              <a href={`#${shownAt.id}`} className="text-accent-text underline">
                {shownAt.summary}
              </a>
              .
            </>
          )}
        </p>
      ) : (
        <JsonBlock title={`Answer ${status}`} value={example} />
      )}
      {shape && !shownAt && (
        <details>
          <summary className="cursor-pointer rounded-sm text-secondary text-sm hover:text-foreground">
            What it is made of
          </summary>
          <div className="mt-2">
            <ShapeView shape={shape} />
          </div>
        </details>
      )}
    </div>
  )
}

function Refusals({ answers }: { answers: AnswerView[] }) {
  if (answers.length === 0) return null
  return (
    <Part title="Refusals">
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
        {answers.map(({ status, description }) => (
          <div key={status} className="contents">
            <dt className="font-mono text-xs/5">{status}</dt>
            <dd className="text-secondary">
              <Words text={description} />
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}
