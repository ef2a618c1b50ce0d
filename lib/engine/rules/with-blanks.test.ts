import { describe, expect, test } from 'vitest'
import { aFlow, aRun, now } from '../fixtures'
import { scopeOf } from '../flow/criteria'
import { compileRule } from './index'
import { canBeMet, isSurelyMet } from './with-blanks'

/** What can be said of a rule when a ping tells only a part of the lead. */
function say(rule: string, told: Record<string, string>): 'yes' | 'no' | 'perhaps' {
  const made = aFlow()
  const compiled = compileRule(rule, made.flow.names)
  const scope = scopeOf(made.flow, aRun(made, told), now)
  if (isSurelyMet(compiled, scope)) return 'yes'
  return canBeMet(compiled, scope) ? 'perhaps' : 'no'
}

describe('of a lead that is told in part, a rule is', () => {
  test('met or not where all that it asks is told', () => {
    expect(say("lead.state in ['CA', 'TX']", { state: 'CA' })).toBe('yes')
    expect(say("lead.state in ['CA', 'TX']", { state: 'NY' })).toBe('no')
    expect(say('lead.credit_score > 650', { credit_score: '700' })).toBe('yes')
  })

  test('open where something that decides is blank', () => {
    expect(say('lead.email.valid', {})).toBe('perhaps')
    expect(say('has(lead.email)', {})).toBe('perhaps')
    expect(say('!has(lead.email)', {})).toBe('perhaps')
    expect(say("lead.state != 'NY'", {})).toBe('perhaps')
  })

  test('not met by one part of all, and met by one part of any', () => {
    expect(say("lead.state == 'CA' && lead.email.valid", { state: 'NY' })).toBe('no')
    expect(say("lead.state == 'CA' && lead.email.valid", { state: 'CA' })).toBe('perhaps')
    expect(say("lead.state == 'CA' || lead.email.valid", { state: 'CA' })).toBe('yes')
    expect(say("lead.state == 'CA' || lead.email.valid", { state: 'NY' })).toBe('perhaps')
  })
})
