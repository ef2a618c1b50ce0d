import type { ReactNode } from 'react'
import { CodeBlock } from '@/components/ui/code-block'

type Problem = { status: number; type: string; title: string }

const problemExample = (base: string) =>
  JSON.stringify({
    type: `${base}/api/docs#problem-invalid`,
    title: 'Some of what was sent is not right',
    status: 422,
    detail: 'Some of what was sent is not right.',
    errors: [{ path: 'steps.0.connection.endpoint.url', message: 'Give a full address that starts with https://.' }],
  })

/** What holds for every call. */
export function Start({ base, problems, perMinute }: { base: string; problems: Problem[]; perMinute: number }) {
  return (
    <section aria-labelledby="start" className="mb-12">
      <h1 id="start" className="scroll-mt-20 font-semibold text-2xl">
        API reference
      </h1>
      <p className="mt-2 max-w-2xl text-pretty text-secondary">
        Everything that can be done in the browser can be done here. Sign up to get a key, or make one in the settings
        of your account; leads are submitted without it.
      </p>
      <div className="mt-6 grid gap-x-10 gap-y-8 xl:grid-cols-2">
        <Note title="Calling">
          <p>
            Send the key with every call, and bodies as JSON. A key acts as the person who made it, in one account. More
            than {perMinute.toLocaleString('en-US')} calls in a minute are answered with 429 and the time to wait.
          </p>
          <CodeBlock
            title="Who am I"
            language="shell"
            code={`export BATON_API_KEY=bat_…\ncurl "${base}/api/v1/me" \\\n  -H "Authorization: Bearer $BATON_API_KEY"`}
          />
        </Note>
        <Note title="Values">
          <ul className="list-disc space-y-1 pl-4">
            <li>Times are ISO 8601 in UTC, ids are UUIDv7.</li>
            <li>Money is a decimal number with two places, in the currency of the account.</li>
            <li>
              Lists are <code className="font-mono text-xs">{'{ data, next_cursor }'}</code>. Send{' '}
              <code className="font-mono text-xs">cursor</code> to go on; it is null on the last page.
            </li>
            <li>
              A secret is write-only: reading gives <code className="font-mono text-xs">{'{ "secret": "sec_…" }'}</code>
              , which may be sent back to keep it.
            </li>
            <li>An id that is not yours is not there: 404.</li>
          </ul>
        </Note>
        <Note title="Errors">
          <p>
            Every refusal is <code className="font-mono text-xs">application/problem+json</code>. In{' '}
            <code className="font-mono text-xs">errors</code> stands each thing that is wrong, by its path in what was
            sent.
          </p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
            {problems.map(({ status, type, title }) => (
              <div key={type} className="contents">
                <dt id={`problem-${type}`} className="scroll-mt-20 font-mono text-xs/5 target:text-accent-text">
                  {status} {type}
                </dt>
                <dd>{title}</dd>
              </div>
            ))}
          </dl>
        </Note>
        <CodeBlock title="A refusal" language="json" code={problemExample(base)} wrap className="self-start" />
      </div>
    </section>
  )
}

function Note({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0 space-y-3 text-secondary">
      <h2 className="font-medium text-foreground text-lg">{title}</h2>
      {children}
    </section>
  )
}
