'use client'

import type { EmailSpec } from '@/lib/engine/schema'
import type { Problem } from '@/lib/engine/types'
import { mailVariables } from '@/lib/lead-mail/schema'
import { problemsAt } from '../flow/problem-notes'
import type { VariableChoice } from '../flow/variable-picker'
import { Tick } from '../form/toggle'
import { AddressField } from './address-field'
import { TemplatePart } from './template-part'

/** The words that stand where a mail has none of its own. */
export type Defaults = { reply_to: string; subject: string; html: string; text: string }

type MailFieldsProps = {
  email: EmailSpec
  defaults: Defaults
  defaultName: string
  variables: readonly VariableChoice[]
  problems: readonly Problem[]
  /** Where the mail stands in what `problems` are about. */
  path: string
  onChange: (email: EmailSpec) => void
}

/** Leaves out what is not given, so that the default stands in its place. */
function merged(email: EmailSpec, part: Partial<Record<keyof EmailSpec, unknown>>): EmailSpec {
  const whole = Object.entries({ ...email, ...part }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(whole) as EmailSpec
}

/** Whom a mail goes to and what it says. */
export function MailFields({ email, onChange, problems, path, ...words }: MailFieldsProps) {
  const set = (part: Partial<Record<keyof EmailSpec, unknown>>) => onChange(merged(email, part))
  const at = (name: string) => problemsAt(problems, `${path}.${name}`)
  return (
    <>
      <AddressField
        label="To"
        hint="Everybody here gets the same mail, and sees the others."
        addresses={email.to}
        problems={at('to')}
        onChange={(to) => set({ to })}
      />
      <AddressField
        label="Cc"
        optional
        addresses={email.cc ?? []}
        problems={at('cc')}
        onChange={(cc) => set({ cc: cc.length > 0 ? cc : undefined })}
      />
      <MailWords email={email} set={set} at={at} {...words} />
      <Tick
        label="Attach the fields as a CSV file"
        hint="One line of names and one of values, for a spreadsheet."
        checked={email.attach_csv === true}
        onChange={(isOn) => set({ attach_csv: isOn || undefined })}
      />
    </>
  )
}

type MailWordsProps = Pick<MailFieldsProps, 'defaults' | 'defaultName' | 'variables'> & {
  email: Omit<EmailSpec, 'to'>
  set: (part: Partial<Record<keyof EmailSpec, unknown>>) => void
  at: (name: string) => Problem[]
}

/** Subject, HTML, text and whom to answer. */
export function MailWords({ email, set, at, defaults, defaultName, variables }: MailWordsProps) {
  const common = { fallbackName: defaultName, variables: [...mailVariables, ...variables] }
  return (
    <>
      <TemplatePart
        {...common}
        label="Subject"
        isLine
        maxLength={500}
        value={email.subject}
        fallback={defaults.subject}
        problems={at('subject')}
        onChange={(subject) => set({ subject })}
      />
      <TemplatePart
        {...common}
        label="Replies go to"
        hint="One address, or {{lead.email}} for the lead itself. Blank: whoever runs this installation."
        isLine
        maxLength={300}
        value={email.reply_to}
        fallback={defaults.reply_to}
        problems={at('reply_to')}
        onChange={(reply_to) => set({ reply_to })}
      />
      <TemplatePart
        {...common}
        label="HTML"
        hint="{{fields_table}} lists every field the lead has. Values are escaped, and masked ones are stars."
        maxLength={100_000}
        value={email.html}
        fallback={defaults.html}
        problems={at('html')}
        onChange={(html) => set({ html })}
      />
      <TemplatePart
        {...common}
        label="Text"
        hint="For mailboxes that show no HTML. {{fields_text}} lists every field."
        maxLength={50_000}
        value={email.text}
        fallback={defaults.text}
        problems={at('text')}
        onChange={(text) => set({ text })}
      />
    </>
  )
}
