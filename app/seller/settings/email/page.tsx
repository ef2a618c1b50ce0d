import type { Metadata } from 'next'
import { SettingsFrame } from '@/components/settings/settings-frame'
import { hasRole } from '@/lib/actor'
import { requireSeller } from '@/lib/auth'
import { defaultDocument, variables } from '@/lib/engine'
import { getMailTemplate } from '@/lib/lead-mail'
import { EmailTemplateForm } from './_components/email-template-form'

export const metadata: Metadata = { title: 'Email' }

export default async function EmailSettings() {
  const actor = await requireSeller()
  const template = await getMailTemplate(actor)
  return (
    <SettingsFrame side="seller" tab="email">
      <EmailTemplateForm
        key={template.updatedAt}
        template={template}
        variables={variables(defaultDocument())}
        mayChange={hasRole(actor, 'member')}
      />
    </SettingsFrame>
  )
}
