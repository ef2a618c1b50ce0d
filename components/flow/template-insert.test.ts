import { describe, expect, test } from 'vitest'
import { insertFilter, insertVariable } from './template-insert'

/** The cursor is where the bar stands. */
const at = (marked: string) => ({ text: marked.replace('¦', ''), place: marked.indexOf('¦') })
const shown = ({ text, caret }: { text: string; caret: number }) => `${text.slice(0, caret)}¦${text.slice(caret)}`

describe('what is picked goes where the cursor stands', () => {
  test.each([
    ['¦', '{{lead.email}}¦'],
    ['Dear ¦,', 'Dear {{lead.email}}¦,'],
    ['{{¦}}', '{{lead.email¦}}'],
    ['{{lead.state}}¦', '{{lead.state}}{{lead.email}}¦'],
    ['{{lead.state | default: ¦}}', '{{lead.state | default: lead.email¦}}'],
  ])('a variable into %s', (marked, result) => {
    const { text, place } = at(marked)
    expect(shown(insertVariable(text, place, place, 'lead.email'))).toBe(result)
  })

  test.each([
    ['{{lead.state}}¦', '{{lead.state | slice: 0, 3¦}}'],
    ['{{lead.st¦ate }}', '{{lead.state | slice: 0, 3¦}}'],
    ['{{lead.a}} and {{lead.b | upcase}}¦ end', '{{lead.a}} and {{lead.b | upcase | slice: 0, 3¦}} end'],
    ['{{lead.a}}¦ and {{lead.b}}', '{{lead.a | slice: 0, 3¦}} and {{lead.b}}'],
    ['plain ¦', 'plain {{¦ | slice: 0, 3}}'],
    ['¦', '{{¦ | slice: 0, 3}}'],
  ])('a filter into %s', (marked, result) => {
    const { text, place } = at(marked)
    expect(shown(insertFilter(text, place, 'slice'))).toBe(result)
  })

  test('what was selected gives way to a variable', () => {
    expect(insertVariable('a XX b', 2, 4, 'event_id').text).toBe('a {{event_id}} b')
  })
})
