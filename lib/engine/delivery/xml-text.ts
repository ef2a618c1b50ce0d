/*
 * Text as XML 1.0 carries it. A control character has no spelling there, so that it is left out.
 */
const illegal = /[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Surrogate}|[\ufffe\uffff]/gu

const special = /[&<>\r]/g
const specialInAttribute = /[&<>"\t\n\r]/g
const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}
const refer = (sign: string) => references[sign] ?? sign

/** Without the characters that XML can't carry. */
export const legalXml = (text: string): string => text.replace(illegal, '')

export const xmlText = (text: string): string => legalXml(text).replace(special, refer)

/** Between double quotes; white space is kept as it is, which a parser would otherwise turn into spaces. */
export const xmlAttribute = (text: string): string => legalXml(text).replace(specialInAttribute, refer)

/** What stands inside of a CDATA section: its end is split over two. */
export const cdataText = (text: string): string => legalXml(text).replaceAll(']]>', ']]]]><![CDATA[>')

const nameStart = String.raw`A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd`
const nameRest = String.raw`${nameStart}\-.0-9\u00b7\u0300-\u036f\u203f\u2040`
const wholeName = new RegExp(`^[${nameStart}][${nameRest}]*(?::[${nameStart}][${nameRest}]*)?$`)
const notInName = new RegExp(`[^${nameRest}]`, 'g')
const notAtStart = new RegExp(`^[^${nameStart}]`)

/** True for what may name an element or attribute, with or without a prefix. */
export const isXmlName = (name: string): boolean => wholeName.test(name)

/** A name that came with a value (a property of a look-up's answer) made fit; never one that breaks the document. */
export function xmlName(name: string): string {
  if (isXmlName(name)) return name
  return name.replace(notInName, '_').replace(notAtStart, (first) => `_${first.replace(notInName, '')}`) || '_'
}
