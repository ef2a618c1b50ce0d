import { textOf } from '../names/scope'

/** HTML of our own making, which is put into a mail as it is. Everything else is escaped. */
export class Markup {
  readonly html: string

  constructor(html: string) {
    this.html = html
  }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '')

/** A value of a template as HTML; no value can bring an element or end an attribute. */
export const htmlOf = (value: unknown): string =>
  value instanceof Markup ? value.html : escapeHtml(textOf(value)).replaceAll('\n', '<br>')
