import { describe, expect, test } from 'vitest'
import { namesOf } from '../names/references'
import type { Scope } from '../names/scope'
import { textOf } from '../names/scope'
import { filterTable } from '../schema'
import { filterFunctions } from './filters'
import { compileTemplate } from './index'

const names = namesOf({ fields: [{ name: 'email', type: 'email' }] })

describe('the list of filters that people read', () => {
  test('has every filter there is', () => {
    expect(Object.keys(filterTable).sort()).toEqual(Object.keys(filterFunctions).sort())
  })

  test.each(Object.entries(filterTable))('says truly what %s gives', (name, { example: [template, result] }) => {
    expect(template).toContain(name)
    const { render, problems } = compileTemplate(template, names)
    expect(problems).toEqual([])
    expect(textOf(render({} as Scope))).toBe(result)
  })

  test.each(Object.entries(filterTable).flatMap(([name, entry]) => ('args' in entry ? [[name, entry.args]] : [])))(
    'offers arguments that %s takes',
    (name, args) => {
      expect(compileTemplate(`{{ lead.email | ${name}: ${args} }}`, names).problems).toEqual([])
    },
  )
})

test('a slip of the finger is told with the name that was meant', () => {
  const said = (template: string) => compileTemplate(template, names).problems[0]?.message
  expect(said('{{ lead.email | upcse }}')).toContain(
    'There is no filter “upcse” (line 1, character 1). Did you mean “upcase”?',
  )
  expect(said('{{lead.emial}}')).toBe('There is no field “emial” in this flow. Did you mean “email”?')
  expect(said('{{event_ide}}')).toContain('Did you mean “event_id”?')
  expect(said('{{lead.shoe_size}}')).toBe('There is no field “shoe_size” in this flow.')
})
