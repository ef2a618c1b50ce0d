import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import type { SourceDocs } from '@/lib/flows'
import { exampleBid, examplePing } from './examples'

/** How to ask what a lead would be paid; nothing where the source may not. */
export function PingCard({ docs }: { docs: SourceDocs }) {
  const { pings } = docs
  if (!pings) return null
  return (
    <Card
      title="Ask for a bid first"
      description={`What a lead would be paid, for as many of its fields as you would tell before it is sold. A bid is honoured for ${pings.validSeconds} seconds: submit the lead with its id as bid_id.`}
    >
      <div className="flex flex-col gap-3">
        <CodeBlock code={examplePing({ ...docs, pingUrl: pings.url })} language="shell" label="Example ping" wrap />
        <CodeBlock code={exampleBid} language="json" label="Example bid" wrap />
      </div>
    </Card>
  )
}
