import { notFound } from 'next/navigation'
import { Alert } from '@/components/ui/alert'
import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { Logo } from '@/components/ui/logo'
import { findSourceDocs } from '@/lib/flows'
import { exampleAnswer, exampleRequest } from './_components/examples'
import { FieldTable } from './_components/field-table'
import { PendingCard } from './_components/pending-card'
import { PingCard } from './_components/ping-card'

type Props = { params: Promise<{ flowId: string; sourceId: string }> }

export const metadata = { title: 'Submission docs', robots: { index: false } }

/** How to submit leads to one source, for whoever has its address. */
export default async function SubmissionDocsPage({ params }: Props) {
  const { flowId, sourceId } = await params
  const docs = await findSourceDocs(flowId, sourceId)
  if (!docs) notFound()
  return (
    <main className="mx-auto flex w-full max-w-page flex-col gap-6 px-5 py-8 sm:px-8">
      <Logo />
      <header className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl">Submit leads to {docs.flow}</h1>
        <p className="text-secondary">
          {docs.source}, for {docs.seller}
        </p>
      </header>
      {!docs.takesLeads && <Alert kind="warning">This source takes no leads at the moment.</Alert>}
      <Card title="Request" description="POST a form, JSON or XML, or GET with the fields in the query.">
        <CodeBlock code={exampleRequest(docs)} language="shell" label="Example request" wrap />
      </Card>
      <Card title="Answer" description="Status 201 for every decided lead, in JSON, XML or text by the Accept header.">
        <CodeBlock code={exampleAnswer} language="json" label="Example answer" />
      </Card>
      <PendingCard docs={docs} />
      <PingCard docs={docs} />
      {docs.criteria.length > 0 && (
        <Card title="Accepted when">
          <ul className="flex list-disc flex-col gap-1 pl-5">
            {docs.criteria.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Card>
      )}
      <Card title="Fields" description="Fields that are not listed are kept as they are sent." flush>
        <FieldTable fields={docs.fields} />
      </Card>
    </main>
  )
}
