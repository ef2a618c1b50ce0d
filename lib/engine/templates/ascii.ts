const letters: Record<string, string> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŋ: 'n',
  Ŋ: 'N',
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '′': "'",
  '‹': "'",
  '›': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '•': '*',
  '·': '.',
  '×': 'x',
  '⁄': '/',
  '€': 'EUR',
  '£': 'GBP',
  '©': '(c)',
  '®': '(r)',
  '°': ' deg',
  '¿': '?',
  '¡': '!',
  '\u200b': '',
  '\ufeff': '',
}

const beyond = /[^\0-\x7f]/u
const eachBeyond = /[^\0-\x7f]/gu
const marks = /\p{M}/gu

/** Text in ASCII: É is E, ß is ss, curly quotes are straight. What has no likeness there becomes a question mark. */
export function asciiText(text: string): string {
  if (!beyond.test(text)) return text
  return text
    .replace(eachBeyond, (sign) => letters[sign] ?? sign)
    .normalize('NFKD')
    .replace(marks, '')
    .replace(eachBeyond, (sign) => letters[sign] ?? '?')
}

/** Every text of a value, whatever it is made of. */
export function asciiValue(value: unknown): unknown {
  if (typeof value === 'string') return asciiText(value)
  if (Array.isArray(value)) return value.map(asciiValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [asciiText(key), asciiValue(inner)]))
}
