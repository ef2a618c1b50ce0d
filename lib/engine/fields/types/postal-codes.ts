/**
 * How other countries write their codes: N a digit, A a letter, X either; a sign between them is optional when read and
 * written in the normal form. Several ways are parted by "|". The US, Canada and Great Britain have readers of their own.
 */
const forms: Record<string, string> = {
  NNN: 'IS',
  NNNN: 'AF AL AM AR AT AU BD BE BG CH CY DK GE HU LI LU MD MK NO NZ PH PY SI TN VE ZA',
  NNNNN:
    'BA CU DE DO DZ EE EG ES FI FR GP GT HR ID IT KE KR KW LK LT MA MC ME MM MQ MX MY NC NP PE PF PK RE RS SA SM TH TR TW UA UY VA',
  NNNNNN: 'BY CN CO EC IN KG KZ NG RO RU SG TJ TM UZ',
  NNNNNNN: 'CL',
  'NNNN AA': 'NL',
  'NNN NN': 'CZ GR SE SK',
  'NN-NNN': 'PL',
  'NNNN-NNN': 'PT',
  'NNNNN-NNN': 'BR',
  'NNN-NNNN': 'JP',
  'NNNNN|NNNNNNN': 'IL',
  'NNNNN|NNNNNN': 'VN',
  'AXX XXXX': 'IE',
  'AAA NNNN': 'MT',
  'AA-NNNN': 'LV',
  AANNN: 'AD',
}

type Form = { pattern: RegExp; written: string }

const classes: Record<string, string> = { N: '\\d', A: '[A-Z]', X: '[A-Z\\d]' }
const formOf = (written: string): Form => ({
  written,
  pattern: new RegExp(`^${written.replace(/[^NAX]/g, '').replace(/[NAX]/g, (letter) => classes[letter] ?? '')}$`),
})

const byCountry = new Map<string, readonly Form[]>()
for (const [alternatives, countries] of Object.entries(forms)) {
  const made = alternatives.split('|').map(formOf)
  for (const country of countries.split(' ')) byCountry.set(country, made)
}

/** Puts the signs of the normal form between the characters of a code without any. */
function write(code: string, written: string): string {
  let at = 0
  let text = ''
  for (const sign of written) text += classes[sign] ? (code[at++] ?? '') : sign
  return text
}

const free = /^[A-Z\d][A-Z\d -]{1,10}[A-Z\d]$/

/** The code in a country's normal form; `undefined` when it is none. Where we know no form, anything like a code is one. */
export function postalCodeIn(country: string, text: string): string | undefined {
  const known = byCountry.get(country)
  if (!known) return free.test(text) ? text : undefined
  const compact = text.replace(/[\s.-]/g, '')
  // "D-10115", "L 1234": the country's letters before the code, as people write them abroad.
  for (const code of [compact, compact.replace(/^[A-Z]{1,2}(?=\d)/, '')]) {
    const form = known.find(({ pattern }) => pattern.test(code))
    if (form) return write(code, form.written)
  }
  return undefined
}
