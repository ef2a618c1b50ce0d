'use client'

import { Paperclip, Send } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { MailPreview as Mail, PreviewMailInput } from '@/lib/lead-mail/schema'
import { useAnswer } from '../form/use-answer'
import { useVerb } from '../form/use-verb'
import { Button } from '../ui/button'
import { cn } from '../ui/cn'
import { CodeBlock } from '../ui/code-block'
import { NativeSelect } from '../ui/native-select'
import { Skeleton } from '../ui/skeleton'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../ui/tabs'
import { MailFrame } from './mail-frame'
import { type RecentLead, useMailVerbs } from './verbs'

type MailPreviewProps = { asked: Omit<PreviewMailInput, 'leadId'>; canSend: boolean }

/** The mail as it would be sent, on the sample lead or a recent one: as a mailbox shows it, as text, and its source. */
export function MailPreview({ asked, canSend }: MailPreviewProps) {
  const [leadId, setLeadId] = useState('')
  const whole = { ...asked, ...(leadId && { leadId }) }
  const { value: mail, refusal, isStale } = useAnswer<PreviewMailInput, Mail>(whole, useMailVerbs().preview)
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <LeadChoice value={leadId} onChange={setLeadId} />
        {canSend && <SendTest asked={whole} />}
      </div>
      {refusal && (
        <p role="alert" className="text-red text-xs">
          {refusal}
        </p>
      )}
      {mail ? <Shown mail={mail} isStale={isStale} /> : <Skeleton className="h-112 rounded-lg" />}
    </section>
  )
}

function LeadChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { recentLeads } = useMailVerbs()
  const [leads, setLeads] = useState<RecentLead[]>([])
  useEffect(() => {
    let isGone = false
    void recentLeads()
      .then((found) => !isGone && found.ok && setLeads(found.value))
      .catch(() => undefined)
    return () => {
      isGone = true
    }
  }, [recentLeads])
  return (
    <NativeSelect
      aria-label="Lead to show"
      className="max-w-60"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Sample lead</option>
      {leads.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </NativeSelect>
  )
}

function SendTest({ asked }: { asked: PreviewMailInput }) {
  const { sendTest } = useMailVerbs()
  const { act, isPending } = useVerb()
  return (
    <Button pending={isPending} onClick={() => act(() => sendTest(asked), { done: 'A test is on its way to you.' })}>
      <Send />
      Send me a test
    </Button>
  )
}

const Line = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex min-w-0 gap-2">
    <dt className="w-16 shrink-0 text-tertiary">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </div>
)

function Shown({ mail, isStale }: { mail: Mail; isStale: boolean }) {
  const { to, cc, replyTo, subject, html, text, csv } = mail
  return (
    <div
      aria-busy={isStale}
      className={cn(
        'flex min-w-0 flex-col gap-3 rounded-lg border bg-surface p-3 transition-opacity duration-160',
        isStale && 'opacity-60',
      )}
    >
      <dl className="flex flex-col gap-0.5 text-sm">
        <Line name="To">{to.length > 0 ? to.join(', ') : <span className="text-tertiary">No address yet</span>}</Line>
        {cc && <Line name="Cc">{cc.join(', ')}</Line>}
        {replyTo && <Line name="Reply to">{replyTo}</Line>}
        <Line name="Subject">
          <span className="font-medium">{subject}</span>
        </Line>
        {csv !== undefined && (
          <Line name="File">
            <span className="inline-flex items-center gap-1">
              <Paperclip aria-hidden className="size-3.5 text-tertiary" />
              lead.csv
            </span>
          </Line>
        )}
      </dl>
      <Tabs defaultValue="html">
        <TabsList aria-label="Forms of the mail">
          <TabsTrigger value="html">HTML</TabsTrigger>
          <TabsTrigger value="text">Text</TabsTrigger>
          <TabsTrigger value="source">Source</TabsTrigger>
          {csv !== undefined && <TabsTrigger value="csv">CSV</TabsTrigger>}
        </TabsList>
        <TabsContent value="html">
          <MailFrame html={html} title="The mail as a mailbox shows it" />
        </TabsContent>
        <TabsContent value="text">
          <CodeBlock title="Text" code={text} language="text" wrap />
        </TabsContent>
        <TabsContent value="source">
          <CodeBlock title="HTML source" code={html} language="text" wrap />
        </TabsContent>
        {csv !== undefined && (
          <TabsContent value="csv">
            <CodeBlock title="lead.csv" code={csv} language="text" />
          </TabsContent>
        )}
      </Tabs>
    </div>
  )
}
