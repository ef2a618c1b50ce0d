import { createContext, use } from 'react'
import type { Refusal } from '@/lib/errors'
import type { MailPreview, PreviewMailInput } from '@/lib/lead-mail/schema'
import type { Result } from '@/lib/result'

export type RecentLead = { id: string; label: string }

/** What a page lets its mails do: be shown, be sent to oneself, and be shown with a lead of one's own. */
export type MailVerbs = {
  preview: (asked: PreviewMailInput) => Promise<Result<MailPreview, Refusal>>
  sendTest: (asked: PreviewMailInput) => Promise<Result<{ to: string }, Refusal>>
  recentLeads: () => Promise<Result<RecentLead[], Refusal>>
}

export const MailVerbsContext = createContext<MailVerbs | undefined>(undefined)

export function useMailVerbs(): MailVerbs {
  const verbs = use(MailVerbsContext)
  if (!verbs) throw new Error('useMailVerbs outside a page that has mails')
  return verbs
}
