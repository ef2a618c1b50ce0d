export type FilterGroup = 'Text' | 'Numbers' | 'Dates' | 'Lists' | 'Codes'

export type FilterEntry = {
  group: FilterGroup
  meaning: string
  /** Arguments after the colon, as they would be written. */
  args?: string
  /** A template with it, and what that gives. */
  example: readonly [template: string, result: string]
}

/** Every filter of templates: what it is for and how it is written. Pages, documentation and the engine read it here. */
export const filterTable = {
  default: {
    group: 'Text',
    meaning: 'Another value where this one is blank or false.',
    args: "'none'",
    example: ["{{ '' | default: 'none' }}", 'none'],
  },
  upcase: { group: 'Text', meaning: 'Capital letters.', example: ["{{ 'tx' | upcase }}", 'TX'] },
  downcase: { group: 'Text', meaning: 'Small letters.', example: ["{{ 'TX' | downcase }}", 'tx'] },
  capitalize: {
    group: 'Text',
    meaning: 'The first letter a capital, the rest small.',
    example: ["{{ 'ana GARCÍA' | capitalize }}", 'Ana garcía'],
  },
  titlecase: {
    group: 'Text',
    meaning: 'Each word with a capital.',
    example: ["{{ 'ANA GARCÍA' | titlecase }}", 'Ana García'],
  },
  strip: { group: 'Text', meaning: 'Without spaces at both ends.', example: ["{{ ' Ana ' | strip }}", 'Ana'] },
  append: {
    group: 'Text',
    meaning: 'With a text behind.',
    args: "'-1'",
    example: ["{{ 'TX' | append: '-1' }}", 'TX-1'],
  },
  prepend: {
    group: 'Text',
    meaning: 'With a text before.',
    args: "'+1'",
    example: ["{{ '5127891111' | prepend: '+1' }}", '+15127891111'],
  },
  replace: {
    group: 'Text',
    meaning: 'One text in place of another, wherever it stands.',
    args: "'-', ' '",
    example: ["{{ '512-789-1111' | replace: '-', ' ' }}", '512 789 1111'],
  },
  replace_first: {
    group: 'Text',
    meaning: 'The same, where it stands first.',
    args: "'-', ' '",
    example: ["{{ '512-789-1111' | replace_first: '-', ' ' }}", '512 789-1111'],
  },
  remove: {
    group: 'Text',
    meaning: 'Without a text, wherever it stands.',
    args: "'-'",
    example: ["{{ '512-789-1111' | remove: '-' }}", '5127891111'],
  },
  slice: {
    group: 'Text',
    meaning: 'A part: where it starts, from 0 or from the end with a minus, and how many characters.',
    args: '0, 3',
    example: ["{{ '5127891111' | slice: 0, 3 }}", '512'],
  },
  truncate: {
    group: 'Text',
    meaning: 'Cut to so many characters, with a sign that it was cut.',
    args: '20',
    example: ["{{ 'Six double-hung windows' | truncate: 12 }}", 'Six double-…'],
  },
  digits: { group: 'Text', meaning: 'Only the digits.', example: ["{{ '(512) 789-1111' | digits }}", '5127891111'] },
  ascii: {
    group: 'Text',
    meaning: 'Letters without accents, quotes straight: for systems that know nothing else.',
    example: ["{{ 'García' | ascii }}", 'Garcia'],
  },
  phone: {
    group: 'Text',
    meaning: 'A phone number in another form: digits, e164, national, international, dashes, dots or rfc3966.',
    args: "'e164'",
    example: ["{{ '5127891111' | phone: 'e164' }}", '+15127891111'],
  },
  mask: {
    group: 'Text',
    meaning: 'All but the last characters as stars; 4 stay when no number is given.',
    args: '4',
    example: ["{{ '123456789' | mask: 4 }}", '*****6789'],
  },
  text: { group: 'Text', meaning: 'A number or a yes as text.', example: ['{{ 7 | text }}', '7'] },
  size: { group: 'Lists', meaning: 'How many characters, or values.', example: ["{{ 'Ana' | size }}", '3'] },
  split: {
    group: 'Lists',
    meaning: 'A text in parts.',
    args: "','",
    example: ["{{ 'CA,TX' | split: ',' | last }}", 'TX'],
  },
  join: {
    group: 'Lists',
    meaning: 'Several values as one text.',
    args: "', '",
    example: ["{{ 'CA,TX' | split: ',' | join: ' and ' }}", 'CA and TX'],
  },
  first: {
    group: 'Lists',
    meaning: 'The first of several values.',
    example: ["{{ 'CA,TX' | split: ',' | first }}", 'CA'],
  },
  last: {
    group: 'Lists',
    meaning: 'The last of several values.',
    example: ["{{ 'CA,TX' | split: ',' | last }}", 'TX'],
  },
  number: { group: 'Numbers', meaning: 'A text as a number.', example: ["{{ '$1,200' | number }}", '1200'] },
  decimals: {
    group: 'Numbers',
    meaning: 'With so many places; 2 without a number.',
    args: '2',
    example: ['{{ 45 | decimals: 2 }}', '45.00'],
  },
  round: {
    group: 'Numbers',
    meaning: 'Rounded, to places if given.',
    args: '1',
    example: ['{{ 4.56 | round: 1 }}', '4.6'],
  },
  ceil: { group: 'Numbers', meaning: 'The next whole number above.', example: ['{{ 4.2 | ceil }}', '5'] },
  floor: { group: 'Numbers', meaning: 'The next whole number below.', example: ['{{ 4.8 | floor }}', '4'] },
  abs: { group: 'Numbers', meaning: 'Without its sign.', example: ['{{ -4 | abs }}', '4'] },
  plus: { group: 'Numbers', meaning: 'More by a number.', args: '1', example: ['{{ 4 | plus: 1 }}', '5'] },
  minus: { group: 'Numbers', meaning: 'Less by a number.', args: '1', example: ['{{ 4 | minus: 1 }}', '3'] },
  times: { group: 'Numbers', meaning: 'Times a number.', args: '100', example: ['{{ 0.45 | times: 100 }}', '45'] },
  divided_by: {
    group: 'Numbers',
    meaning: 'Divided by a number; 0 when that is 0.',
    args: '12',
    example: ['{{ 75000 | divided_by: 12 }}', '6250'],
  },
  modulo: { group: 'Numbers', meaning: 'What a division leaves.', args: '2', example: ['{{ 5 | modulo: 2 }}', '1'] },
  at_least: { group: 'Numbers', meaning: 'Not below a number.', args: '1', example: ['{{ 0 | at_least: 1 }}', '1'] },
  at_most: { group: 'Numbers', meaning: 'Not above a number.', args: '99', example: ['{{ 120 | at_most: 99 }}', '99'] },
  date: {
    group: 'Dates',
    meaning: 'A day or time in another form, by the letters of strftime or `iso`; then a time zone.',
    args: "'%m/%d/%Y'",
    example: ["{{ '1980-03-19' | date: '%m/%d/%Y' }}", '03/19/1980'],
  },
  add_days: {
    group: 'Dates',
    meaning: 'So many days later, or earlier with a minus.',
    args: '30',
    example: ["{{ '2026-01-15' | add_days: 30 }}", '2026-02-14'],
  },
  md5: {
    group: 'Codes',
    meaning: 'MD5 as hexadecimal digits.',
    example: ["{{ 'a' | md5 }}", '0cc175b9c0f1b6a831c399e269772661'],
  },
  sha1: {
    group: 'Codes',
    meaning: 'SHA-1 as hexadecimal digits.',
    example: ["{{ 'a' | sha1 }}", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
  },
  sha256: {
    group: 'Codes',
    meaning: 'SHA-256 as hexadecimal digits.',
    example: ["{{ 'a' | sha256 | slice: 0, 16 }}", 'ca978112ca1bbdca'],
  },
  sha512: {
    group: 'Codes',
    meaning: 'SHA-512 as hexadecimal digits.',
    example: ["{{ 'a' | sha512 | slice: 0, 16 }}", '1f40fc92da241694'],
  },
  hmac_sha256: {
    group: 'Codes',
    meaning: 'HMAC with SHA-256 and a key, as hexadecimal digits.',
    args: "'key'",
    example: ["{{ 'a' | hmac_sha256: 'key' | slice: 0, 16 }}", '780c3db4ce3de5b9'],
  },
  base64_encode: { group: 'Codes', meaning: 'Base64.', example: ["{{ 'Ana' | base64_encode }}", 'QW5h'] },
  url_encode: {
    group: 'Codes',
    meaning: 'For a part of an address.',
    example: ["{{ 'a b&c' | url_encode }}", 'a%20b%26c'],
  },
  json: { group: 'Codes', meaning: 'As JSON.', example: ['{{ \'Ana "A"\' | json }}', '"Ana \\"A\\""'] },
} as const satisfies Record<string, FilterEntry>

export type FilterName = keyof typeof filterTable
