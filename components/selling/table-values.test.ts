import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takenValue, textOfValues, valuesFor, valuesOfText, withValuesFor } from './table-values'

const table = { field: 'state', members: { CA: 'west', NV: 'west', NY: 'east' }, default: 'others' }

test('values that are shown on a line read back as they were, whatever is in them', () => {
  const value = fc.oneof(
    fc.constantFrom('CA', 'New York', 'Smith, John', 'say "yes"', ' padded ', ''),
    fc.string({ maxLength: 12 }).filter((text) => !/[\r\n]/.test(text)),
  )
  fc.assert(
    fc.property(fc.uniqueArray(value, { maxLength: 8 }), (values) => {
      expect(valuesOfText(textOfValues(values))).toEqual(values)
    }),
  )
  expect(valuesOfText('CA,NV ,, "Smith, John"')).toEqual(['CA', 'NV', 'Smith, John'])
})

test('the values of a member are changed, and those of the others stay', () => {
  expect(valuesFor(table, 'west')).toEqual(['CA', 'NV'])
  expect(withValuesFor(table, 'west', ['CA', 'OR'])).toEqual({
    ...table,
    members: { NY: 'east', CA: 'west', OR: 'west' },
  })
})

test('a value chooses one member only', () => {
  expect(takenValue(table, 'west', ['CA', ' ny'])).toEqual({ value: 'NY', by: 'east' })
  expect(takenValue(table, 'west', ['CA', 'OR'])).toBeUndefined()
})
