import { hasLetter, type ParseText, unreadable } from '../value'

export const parseString: ParseText = (text, raw) => ({ type: 'string', raw, normal: text, valid: true })

const nameOf =
  (type: 'first_name' | 'last_name' | 'city'): ParseText =>
  (text, raw) =>
    hasLetter(text) ? { type, raw, normal: text, valid: true } : unreadable(type, raw)

export const parseFirstName = nameOf('first_name')
export const parseLastName = nameOf('last_name')
export const parseCity = nameOf('city')

const answers = new Map<string, boolean>([
  ...['true', 't', 'yes', 'y', '1', 'on'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', '0', 'off'].map((word) => [word, false] as const),
])

export const parseBoolean: ParseText = (text, raw) => {
  const normal = typeof raw === 'boolean' ? raw : answers.get(text.toLowerCase())
  return normal === undefined ? unreadable('boolean', raw) : { type: 'boolean', raw, normal, valid: true }
}

const genders = new Map<string, { normal: string; abbr: string }>(
  [
    { normal: 'male', abbr: 'M', words: ['male', 'm', 'man'] },
    { normal: 'female', abbr: 'F', words: ['female', 'f', 'woman'] },
    { normal: 'other', abbr: 'O', words: ['other', 'o', 'x', 'non-binary', 'nonbinary', 'non binary'] },
  ].flatMap(({ normal, abbr, words }) => words.map((word) => [word, { normal, abbr }] as const)),
)

export const parseGender: ParseText = (text, raw) => {
  const found = genders.get(text.toLowerCase())
  return found
    ? { type: 'gender', raw, normal: found.normal, valid: true, abbr: found.abbr }
    : unreadable('gender', raw)
}
