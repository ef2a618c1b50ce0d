import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import type { SourceDocs } from '@/lib/flows'
import { exampleNotice, exampleQuestion, pendingAnswer } from './examples'

/** What a sender does while the result of a lead is not known yet. */
export function PendingCard({ docs }: { docs: SourceDocs }) {
  return (
    <Card
      title="When the result comes later"
      description="A lead that waits for its buyer is answered as pending. Don’t send it again."
    >
      <div className="flex flex-col gap-3">
        <CodeBlock code={pendingAnswer} language="json" label="Pending answer" />
        <p className="text-secondary">Ask for the result by the id of the lead; it comes in the shape of the answer.</p>
        <CodeBlock code={exampleQuestion(docs)} language="shell" label="Ask for the result" wrap />
        {docs.isTold ? (
          <>
            <p className="max-w-2xl text-pretty text-secondary">
              Your webhook is told the result too, once, when it is known. The call is signed by{' '}
              <a
                className="text-accent-text underline underline-offset-2"
                href="https://www.standardwebhooks.com"
                rel="noreferrer"
                target="_blank"
              >
                Standard Webhooks
              </a>
              ; answer it with any status of 2xx within ten seconds, or it is sent again for a day with the same{' '}
              <code>webhook-id</code>.
            </p>
            <CodeBlock code={exampleNotice} language="http" label="Call of your webhook" wrap />
          </>
        ) : (
          <p className="text-secondary">
            {docs.seller} can call an address of yours with the result instead: give them one.
          </p>
        )}
      </div>
    </Card>
  )
}
