import type { RuleOp } from './rules'

/** How the value of a condition is given; what `nothing` takes is the field alone. */
export type RuleTakes =
  | 'nothing'
  | 'value'
  | 'values'
  | 'bounds'
  | 'list'
  | 'days'
  | 'distance'
  | 'text'
  | 'pattern'
  | 'patterns'

export type Group =
  | 'equality'
  | 'order'
  | 'between'
  | 'days'
  | 'distance'
  | 'part'
  | 'edge'
  | 'pattern'
  | 'obscenity'
  | 'format'
  | 'blank'
  | 'truth'

export type Phrase = { is: string; must: string }

export type RuleOpEntry = Phrase & {
  /** The same, said of days and times. */
  time?: Phrase
  takes: RuleTakes
  group: Group
  /** The operator that is true exactly when this one is not. Orderings have none: a blank value is on neither side. */
  opposite?: RuleOp
  /** The same as an expression. */
  example: string
  meaning: string
}

const being = (rest: string): Phrase => ({ is: `is ${rest}`, must: `must be ${rest}` })
const notBeing = (rest: string): Phrase => ({ is: `is not ${rest}`, must: `must not be ${rest}` })
const doing = (one: string, many: string): Phrase => ({ is: one, must: `must ${many}` })
const notDoing = (many: string): Phrase => ({ is: `does not ${many}`, must: `must not ${many}` })

/** Every operator of rules: its words, its value, its expression. Pages, documentation and the engine read it here. */
export const ruleTable: Readonly<Record<RuleOp, RuleOpEntry>> = {
  equals: {
    is: 'is',
    must: 'must be',
    takes: 'value',
    group: 'equality',
    opposite: 'not_equals',
    example: "lead.state == 'CA'",
    meaning: 'The same value. Letter case is ignored, numbers are compared as numbers, dates as days.',
  },
  not_equals: {
    is: 'is not',
    must: 'must not be',
    takes: 'value',
    group: 'equality',
    opposite: 'equals',
    example: "lead.state != 'FL'",
    meaning: 'Another value, or none.',
  },
  in: {
    ...being('one of'),
    takes: 'values',
    group: 'equality',
    opposite: 'not_in',
    example: "lead.state in ['CA', 'TX']",
    meaning: 'One of the values that are written out.',
  },
  not_in: {
    ...notBeing('one of'),
    takes: 'values',
    group: 'equality',
    opposite: 'in',
    example: "!(lead.state in ['NY', 'NJ'])",
    meaning: 'None of the values that are written out.',
  },
  in_list: {
    ...being('in the list'),
    takes: 'list',
    group: 'equality',
    opposite: 'not_in_list',
    example: "inList(lead.postal_code, 'Service area')",
    meaning: 'A value of a list that was uploaded under Settings › Lists.',
  },
  not_in_list: {
    ...notBeing('in the list'),
    takes: 'list',
    group: 'equality',
    opposite: 'in_list',
    example: "!inList(lead.email, 'Do not contact')",
    meaning: 'No value of the list.',
  },
  less_than: {
    ...being('less than'),
    time: being('before'),
    takes: 'value',
    group: 'order',
    example: 'lead.credit_score < 650',
    meaning: 'Below the number, or before the day or time. A range counts by its average. False when blank.',
  },
  at_most: {
    ...being('at most'),
    time: being('on or before'),
    takes: 'value',
    group: 'order',
    example: 'lead.credit_score <= 650',
    meaning: 'The number or below it; the day or time, or before it. False when blank.',
  },
  greater_than: {
    ...being('more than'),
    time: being('after'),
    takes: 'value',
    group: 'order',
    example: 'lead.credit_score > 650',
    meaning: 'Above the number, or after the day or time. False when blank.',
  },
  at_least: {
    ...being('at least'),
    time: being('on or after'),
    takes: 'value',
    group: 'order',
    example: 'lead.dob.age >= 18',
    meaning: 'The number or above it; the day or time, or after it. False when blank.',
  },
  between: {
    ...being('between'),
    takes: 'bounds',
    group: 'between',
    opposite: 'not_between',
    example: "between(now.time, '08:30', '16:45')",
    meaning:
      'From the first to the second, both included: numbers, ranges, days, times, or times of day. A time of day from 22:00 to 06:00 goes over midnight.',
  },
  not_between: {
    ...notBeing('between'),
    takes: 'bounds',
    group: 'between',
    opposite: 'between',
    example: '!between(lead.credit_score, 500, 580)',
    meaning: 'Outside, or blank.',
  },
  in_last_days: {
    ...being('in the last'),
    takes: 'days',
    group: 'days',
    opposite: 'not_in_last_days',
    example: 'inLastDays(lead.move_date, 30)',
    meaning: 'A day from so many days ago to today, in the time zone of the flow.',
  },
  not_in_last_days: {
    ...notBeing('in the last'),
    takes: 'days',
    group: 'days',
    opposite: 'in_last_days',
    example: '!inLastDays(lead.move_date, 30)',
    meaning: 'Another day, or none.',
  },
  in_next_days: {
    ...being('in the next'),
    takes: 'days',
    group: 'days',
    opposite: 'not_in_next_days',
    example: 'inNextDays(lead.move_date, 60)',
    meaning: 'A day from today to so many days from now, in the time zone of the flow.',
  },
  not_in_next_days: {
    ...notBeing('in the next'),
    takes: 'days',
    group: 'days',
    opposite: 'in_next_days',
    example: '!inNextDays(lead.move_date, 60)',
    meaning: 'Another day, or none.',
  },
  within_miles: {
    ...being('within'),
    takes: 'distance',
    group: 'distance',
    opposite: 'not_within_miles',
    example: "withinMiles(lead.postal_code, 25, '78704')",
    meaning:
      'A US postal code so many miles, in a straight line, from another one, from one of several, or from another field. False when a postal code is blank or does not exist.',
  },
  not_within_miles: {
    ...notBeing('within'),
    takes: 'distance',
    group: 'distance',
    opposite: 'within_miles',
    example: "!withinMiles(lead.postal_code, 25, ['78704', '73301'])",
    meaning: 'Farther away, or not known.',
  },
  includes: {
    ...doing('contains', 'contain'),
    takes: 'text',
    group: 'part',
    opposite: 'not_includes',
    example: "lead.comments.contains('solar')",
    meaning: 'The text stands somewhere in the value, or in one of several values.',
  },
  not_includes: {
    ...notDoing('contain'),
    takes: 'text',
    group: 'part',
    opposite: 'includes',
    example: "!lead.comments.contains('test')",
    meaning: 'The text stands nowhere in it.',
  },
  starts_with: {
    ...doing('starts with', 'start with'),
    takes: 'text',
    group: 'edge',
    opposite: 'not_starts_with',
    example: "lead.postal_code.startsWith('787')",
    meaning: 'The value begins with the text.',
  },
  not_starts_with: {
    ...notDoing('start with'),
    takes: 'text',
    group: 'edge',
    opposite: 'starts_with',
    example: "!lead.phone_1.startsWith('900')",
    meaning: 'It begins otherwise, or is blank.',
  },
  ends_with: {
    ...doing('ends with', 'end with'),
    takes: 'text',
    group: 'edge',
    opposite: 'not_ends_with',
    example: "lead.email.endsWith('.edu')",
    meaning: 'The value ends with the text.',
  },
  not_ends_with: {
    ...notDoing('end with'),
    takes: 'text',
    group: 'edge',
    opposite: 'ends_with',
    example: "!lead.email.endsWith('.gov')",
    meaning: 'It ends otherwise, or is blank.',
  },
  matches: {
    ...doing('matches', 'match'),
    takes: 'pattern',
    group: 'pattern',
    opposite: 'not_matches',
    example: String.raw`lead.address_1.matches('^\\d+ ')`,
    meaning:
      'A regular expression in RE2 syntax is found in the value. Letter case is ignored; ^ and $ stand for the ends.',
  },
  not_matches: {
    ...notDoing('match'),
    takes: 'pattern',
    group: 'pattern',
    opposite: 'matches',
    example: "!lead.first_name.matches('^(test|asdf)')",
    meaning: 'It is not found, or the value is blank.',
  },
  matches_any: {
    ...doing('matches any of', 'match any of'),
    takes: 'patterns',
    group: 'pattern',
    opposite: 'not_matches_any',
    example: "matchesAny(lead.city, ['^san ', 'beach$'])",
    meaning: 'At least one of several regular expressions is found in the value.',
  },
  not_matches_any: {
    ...notDoing('match any of'),
    takes: 'patterns',
    group: 'pattern',
    opposite: 'matches_any',
    example: "!matchesAny(lead.email, ['^test', '^asdf'])",
    meaning: 'None of them is found, or the value is blank.',
  },
  like: {
    is: 'is like',
    must: 'must be like',
    takes: 'pattern',
    group: 'pattern',
    opposite: 'not_like',
    example: "like(lead.email, '*@*.edu')",
    meaning: 'The whole value fits the pattern, in which * stands for any text and ? for one character.',
  },
  not_like: {
    is: 'is not like',
    must: 'must not be like',
    takes: 'pattern',
    group: 'pattern',
    opposite: 'like',
    example: "!like(lead.email, 'test*')",
    meaning: 'It does not fit, or is blank.',
  },
  obscene: {
    ...being('obscene'),
    takes: 'nothing',
    group: 'obscenity',
    opposite: 'not_obscene',
    example: 'obscene(lead.first_name)',
    meaning:
      'A word in it is on a short list of English swear words, digits in place of letters too. Other words: use a list.',
  },
  not_obscene: {
    ...notBeing('obscene'),
    takes: 'nothing',
    group: 'obscenity',
    opposite: 'obscene',
    example: '!obscene(lead.last_name)',
    meaning: 'No word in it is on that list.',
  },
  valid: {
    ...being('valid'),
    takes: 'nothing',
    group: 'format',
    opposite: 'not_valid',
    example: 'lead.phone_1.valid',
    meaning: 'The value has the format of its type.',
  },
  not_valid: {
    ...notBeing('valid'),
    takes: 'nothing',
    group: 'format',
    opposite: 'valid',
    example: '!lead.phone_1.valid',
    meaning: 'It has another format, or is blank.',
  },
  not_blank: {
    is: 'is given',
    must: 'is required',
    takes: 'nothing',
    group: 'blank',
    opposite: 'blank',
    example: 'has(lead.email)',
    meaning: 'There is a value.',
  },
  blank: {
    ...being('blank'),
    takes: 'nothing',
    group: 'blank',
    opposite: 'not_blank',
    example: 'blank(lead.address_2)',
    meaning: 'Missing, empty, or only spaces.',
  },
  true: {
    ...being('true'),
    takes: 'nothing',
    group: 'truth',
    opposite: 'not_true',
    example: 'lead.homeowner',
    meaning: 'Yes, however it is said: true, t, yes, y, 1, on.',
  },
  not_true: {
    ...notBeing('true'),
    takes: 'nothing',
    group: 'truth',
    opposite: 'true',
    example: '!lead.homeowner',
    meaning: 'No, blank, or anything else.',
  },
  false: {
    ...being('false'),
    takes: 'nothing',
    group: 'truth',
    opposite: 'not_false',
    example: 'lead.homeowner == false',
    meaning: 'No, however it is said: false, f, no, n, 0, off. Blank is not false.',
  },
  not_false: {
    ...notBeing('false'),
    takes: 'nothing',
    group: 'truth',
    opposite: 'false',
    example: 'lead.homeowner != false',
    meaning: 'Yes, blank, or anything else.',
  },
}
