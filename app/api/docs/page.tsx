import type { Metadata } from 'next'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Logo } from '@/components/ui/logo'
import { apiDocument, callsPerMinute, problemKinds } from '@/lib/api'
import { Browse } from './_components/browse'
import { CallView } from './_components/call-view'
import { ShapeView } from './_components/fields'
import { Start } from './_components/start'
import type { Call, NamedShape } from './_components/types'
import { type Document, groupsOf, shapesOf } from './reference'

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every call of the Baton API: what it takes, what it answers, and a command to paste.',
}

/** Everything that a search may find a call by. */
function wordsOf(call: Call): string {
  const fields = [...call.parameters, ...(call.body?.shape.fields ?? [])].map((field) => field.name)
  return [call.summary, call.method, call.path, call.description ?? '', call.id, ...fields].join(' ').toLowerCase()
}

export default function ApiReferencePage() {
  const document = apiDocument() as unknown as Document
  const base = document.servers[0]?.url ?? ''
  const groups = groupsOf(document).map(({ calls, ...group }) => ({
    ...group,
    calls: calls.map((call) => ({
      id: call.id,
      method: call.method,
      summary: call.summary,
      words: wordsOf(call),
      node: <CallView call={call} />,
    })),
  }))
  return (
    <>
      <header className="border-b">
        <div className="mx-auto flex h-16 w-full max-w-[90rem] items-center gap-4 px-5 sm:px-8">
          <Link href="/" className="inline-flex rounded-md" aria-label="Baton, start page">
            <Logo />
          </Link>
          <span className="text-tertiary max-sm:hidden">API reference</span>
          <nav aria-label="Site" className="ml-auto flex items-center gap-2">
            <Button variant="ghost" asChild>
              <a href="/api/openapi.json">OpenAPI 3.1</a>
            </Button>
            <Button asChild className="max-sm:hidden">
              <Link href="/sign-in">Sign in</Link>
            </Button>
          </nav>
        </div>
      </header>
      <main id="content">
        <Browse
          groups={groups}
          before={<Start base={base} problems={problemKinds} perMinute={callsPerMinute.key} />}
          after={<Shapes shapes={shapesOf(document)} />}
        />
      </main>
    </>
  )
}

function Shapes({ shapes }: { shapes: NamedShape[] }) {
  return (
    <section aria-labelledby="shapes" className="mt-12">
      <h2 id="shapes" className="scroll-mt-20 font-semibold text-xl">
        Shapes
      </h2>
      <p className="mt-1 mb-6 text-secondary">What bodies and answers are made of, by name.</p>
      <div className="grid gap-x-10 xl:grid-cols-2">
        {shapes.map(({ name, shape }) => (
          <div key={name} className="min-w-0 border-t py-6">
            <h3 id={`shape-${name}`} className="mb-2 scroll-mt-20 font-medium">
              {name}
            </h3>
            <ShapeView shape={shape} />
          </div>
        ))}
      </div>
    </section>
  )
}
