import type { Names } from '../names/references'
import { type Scope, textOf } from '../names/scope'
import type { EmailSpec, MailTemplate } from '../schema'
import { type CompiledTemplate, compileTemplate, compileText, type TextStyle } from '../templates/index'
import type { LeadMail } from '../types'
import { addressesOf, isAddress } from './addresses'
import { builtInMail } from './built-in'
import { fieldsCsv, listedNames, mailNames } from './field-list'
import { htmlOf } from './markup'
import { mailScope } from './masking'

/** A mail made ready: rendering it never throws and always gives a mail that can be sent. */
export type CompiledMail = { to: readonly string[]; render: (scope: Scope) => LeadMail }

const longestSubject = 200
export const htmlStyle: TextStyle = { write: htmlOf, longest: 400_000 }
export const textStyle: TextStyle = { write: textOf, longest: 200_000 }

const control = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

/** One line, whatever a lead's fields hold: a line break would begin another header. */
const oneLine = (text: string): string => text.replace(control, ' ').replace(/ {2,}/g, ' ').trim()

function subjectOf(template: CompiledTemplate, scope: Scope): string {
  const text = oneLine(textOf(template.render(scope))) || 'New lead'
  const cut = [...text].slice(0, longestSubject).join('')
  return scope.run.isTest ? `[TEST] ${cut}` : cut
}

const said = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

/** A part of the mail with what stands in for it when it can't be made for a lead: no lead is lost to a template. */
function partOf(written: readonly (string | undefined)[], names: Names, style: TextStyle, builtIn: string) {
  const template = compileText(written.find(said) ?? builtIn, names, style)
  const fallback = template.isLiteral ? template : compileText(builtIn, names, style)
  return {
    references: template.references,
    render: (scope: Scope) => textOf(template.render(scope) ?? fallback.render(scope)),
  }
}

const listing: ReadonlySet<string> = new Set(['fields_table', 'fields_text'])

/**
 * Makes a mail ready from what its step says; blank parts come from the account's `defaults`, then from Baton's own.
 * @param names bounds what its templates may read, and which fields it lists.
 */
export function compileMail(spec: EmailSpec, defaults: MailTemplate | undefined, names: Names): CompiledMail {
  const known = mailNames(names)
  const subject = compileTemplate([spec.subject, defaults?.subject].find(said) ?? builtInMail.subject, known)
  const html = partOf([spec.html, defaults?.html], known, htmlStyle, builtInMail.html)
  const text = partOf([spec.text, defaults?.text], known, textStyle, builtInMail.text)
  const replyTo = compileTemplate([spec.reply_to, defaults?.reply_to].find(said) ?? '', known)
  const references = [...subject.references, ...html.references, ...text.references, ...replyTo.references]
  const listsAll = spec.attach_csv === true || references.some(({ path }) => listing.has(path))
  const read = references.flatMap(({ field }) => (field === undefined ? [] : [field]))
  const to = addressesOf(spec.to)
  const cc = addressesOf(spec.cc).filter((address) => !to.includes(address))

  return {
    to,
    render(given) {
      const scope = mailScope(given)
      const answersTo = textOf(replyTo.render(scope)).trim()
      return {
        to,
        ...(cc.length > 0 && { cc }),
        ...(isAddress(answersTo) && { replyTo: answersTo }),
        subject: subjectOf(subject, scope),
        html: html.render(scope),
        text: text.render(scope),
        ...(spec.attach_csv && { csv: fieldsCsv(names, scope) }),
        sentFields: [...new Set([...read, ...(listsAll ? listedNames(names, scope) : [])])],
      }
    },
  }
}
