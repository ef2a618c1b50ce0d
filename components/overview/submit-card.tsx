import type { SourceView } from '@/lib/flows/schema'
import { Card } from '../ui/card'
import { CodeBlock } from '../ui/code-block'

const curlOf = ({ submitUrl, authenticationRequired }: SourceView) =>
  [
    `curl ${submitUrl}`,
    ...(authenticationRequired ? ["-H 'Authorization: Bearer <key of the source>'"] : []),
    '-d first_name=Ana -d last_name=García',
    '-d email=ana@example.com -d phone_1=5127891111 -d state=TX',
  ].join(' \\\n  ')

/** How to submit a lead to a source, ready to paste. */
export function SubmitCard({ source }: { source: SourceView }) {
  return (
    <Card title={`Submit to ${source.name}`} description="Paste this in a terminal, or point your form at the address.">
      <CodeBlock code={curlOf(source)} language="shell" label="a lead as curl" wrap />
    </Card>
  )
}
