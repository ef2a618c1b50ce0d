import { destinationNames } from '../flow/render-request'
import { isAddress } from '../mail/addresses'
import { htmlStyle, textStyle } from '../mail/compile-mail'
import { mailNames } from '../mail/field-list'
import { type Names, namesOf, type Reference } from '../names/references'
import type { EmailSpec, FlowDocument, MailTemplate } from '../schema'
import { compileTemplate, compileText, type TextStyle } from '../templates/index'
import type { Problem } from '../types'
import { type Place, under } from './place'
import { Problems } from './problems'

const wrongAddress = (text: string) =>
  text.trim() === '' ? 'Give an email address, or take the line away.' : `“${text}” is not an email address.`

function checkAddresses(list: readonly string[], to: Problems, { path, stepId }: Omit<Place, 'names'>): void {
  for (const [index, text] of list.entries()) {
    if (!isAddress(text.trim())) to.add('error', `${path}.${index}`, wrongAddress(text), stepId)
  }
}

function checkReferences(references: readonly Reference[], to: Problems, { path, stepId }: Omit<Place, 'names'>): void {
  for (const { words, masked } of references) {
    if (masked) to.add('warning', path, `${words} is shown as stars: mail is readable on its way.`, stepId)
  }
}

function checkPart(source: string | undefined, style: TextStyle | undefined, to: Problems, place: Place): void {
  if (source === undefined) return
  const { path, names, stepId } = place
  const template = style ? compileText(source, names, style) : compileTemplate(source, names)
  for (const { severity, message } of template.problems) to.add(severity, path, message, stepId)
  checkReferences(template.references, to, { path, stepId })
}

function checkReplyTo(source: string | undefined, to: Problems, place: Place): void {
  if (source === undefined || source.trim() === '') return
  if (source.includes('{{') || source.includes('{%')) checkPart(source, undefined, to, place)
  else if (!isAddress(source.trim())) {
    to.add('error', place.path, `${wrongAddress(source)} Use one, or a template like {{lead.email}}.`, place.stepId)
  }
}

/** What a mail's templates refer to that is not there, and what can't be read. */
function checkMailTemplate(template: MailTemplate, names: Names, to: Problems, place: Omit<Place, 'names'>): void {
  const known = mailNames(names)
  const at = (part: keyof MailTemplate): Place => ({ ...place, path: under(place.path, part), names: known })
  checkReplyTo(template.reply_to, to, at('reply_to'))
  checkPart(template.subject, undefined, to, at('subject'))
  checkPart(template.html, htmlStyle, to, at('html'))
  checkPart(template.text, textStyle, to, at('text'))
}

/** A mail that can be sent: somebody to send it to, and templates that can be read. */
export function checkEmail(spec: EmailSpec, to: Problems, { names, ...place }: Place): void {
  const { path, stepId } = place
  if (spec.to.length === 0) to.add('error', under(path, 'to'), 'Give at least one address to send the lead to.', stepId)
  checkAddresses(spec.to, to, { path: under(path, 'to'), stepId })
  checkAddresses(spec.cc ?? [], to, { path: under(path, 'cc'), stepId })
  checkMailTemplate(spec, names, to, place)
}

/** What a seller should mend in the account's default template, which serves all its flows: any field may be there. */
export function checkMailDefaults(template: MailTemplate): Problem[] {
  const to = new Problems()
  checkMailTemplate(template, destinationNames(undefined), to, { path: '' })
  return to.found
}

/** What a seller should mend in a mail of a flow, apart from the rest of it. */
export function checkMailOf(spec: EmailSpec, document: Pick<FlowDocument, 'fields'>): Problem[] {
  const to = new Problems()
  checkEmail(spec, to, { path: 'email', names: namesOf(document) })
  return to.found
}

/**
 * What a buyer should mend in a destination that takes leads by mail.
 * @param sharedFields what the seller shares, when it is known: reading anything else is reported.
 */
export function checkMailDestination(spec: EmailSpec, sharedFields?: readonly string[]): Problem[] {
  const to = new Problems()
  checkEmail(spec, to, { path: 'email', names: destinationNames(sharedFields) })
  return to.found
}
