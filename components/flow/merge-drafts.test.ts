import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FlowDocument } from '@/lib/engine/schema'
import { mergeDrafts, partName } from './merge-drafts'

const filter = (id: string, reason = '') => ({ id, type: 'filter' as const, name: id, stop_when: 'false', reason })
const draft = (ids: string[], more: Partial<Parameters<typeof FlowDocument.parse>[0] & object> = {}) =>
  FlowDocument.parse({ steps: ids.map((id) => filter(id)), ...more })
const idsOf = ({ steps }: FlowDocument) => steps.map(({ id }) => id)

describe('two people who change one draft', () => {
  const base = draft(['a', 'b', 'c'])

  test('keep both of their changes where they touched different parts', () => {
    const mine = {
      ...base,
      price: { cost: 5 },
      steps: base.steps.map((step) => (step.id === 'a' ? { ...step, name: 'A' } : step)),
    }
    const theirs = { ...draft(['a', 'b', 'c', 'd']), succeed_when: 'always' as const }
    const { document, conflicts } = mergeDrafts(base, mine, theirs)
    expect(conflicts).toEqual([])
    expect(document).toMatchObject({
      price: { cost: 5 },
      succeed_when: 'always',
      steps: [{ name: 'A' }, {}, {}, { id: 'd' }],
    })
  })

  test('are asked about a step that both changed, and get what they choose', () => {
    const change = (name: string) => ({
      ...base,
      steps: base.steps.map((step) => (step.id === 'b' ? { ...step, name } : step)),
    })
    const merged = (side: 'mine' | 'theirs') => mergeDrafts(base, change('mine'), change('theirs'), () => side)
    expect(merged('mine').conflicts.map(({ key }) => key)).toEqual(['step:b'])
    expect(merged('mine').document.steps[1]?.name).toBe('mine')
    expect(merged('theirs').document.steps[1]?.name).toBe('theirs')
    expect(partName('step:b', base)).toBe('b')
  })

  test('a step that one removed and the other changed is asked about too', () => {
    const mine = draft(['a', 'c'])
    const theirs = { ...base, steps: base.steps.map((step) => ({ ...step, reason: step.id === 'b' ? 'No' : '' })) }
    const { document, conflicts } = mergeDrafts(base, mine, theirs, () => 'theirs')
    expect(conflicts).toMatchObject([{ key: 'step:b', mine: undefined }])
    expect(idsOf(document)).toEqual(['a', 'b', 'c'])
  })

  test('a new order of one goes with a new step of the other; two orders are asked about', () => {
    expect(idsOf(mergeDrafts(base, draft(['c', 'a', 'b']), draft(['a', 'b', 'x', 'c'])).document)).toEqual([
      'c',
      'a',
      'b',
      'x',
    ])
    const { conflicts } = mergeDrafts(base, draft(['c', 'a', 'b']), draft(['b', 'a', 'c']))
    expect(conflicts.map(({ key }) => key)).toEqual(['order:steps'])
  })
})

const drafts = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
    fc.constantFrom('', 'x', 'y'),
    fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  )
  .map(([ids, reason, cost]) =>
    FlowDocument.parse({
      steps: ids.map((id) => filter(id, id === 'a' ? reason : '')),
      ...(cost !== undefined && { price: { cost } }),
    }),
  )

describe('for any drafts', () => {
  test('what nobody else changed is mine, what I did not change is theirs, and nothing is asked then', () => {
    fc.assert(
      fc.property(drafts, drafts, (base, other) => {
        expect(mergeDrafts(base, other, base)).toEqual({ document: other, conflicts: [] })
        expect(mergeDrafts(base, base, other)).toEqual({ document: other, conflicts: [] })
        expect(mergeDrafts(base, other, other)).toEqual({ document: other, conflicts: [] })
      }),
    )
  })

  test('choosing one side everywhere keeps all of that side’s own values', () => {
    fc.assert(
      fc.property(drafts, drafts, drafts, (base, mine, theirs) => {
        const { document, conflicts } = mergeDrafts(base, mine, theirs, () => 'mine')
        for (const { key } of conflicts.filter(({ key }) => key.startsWith('step:'))) {
          const find = ({ steps }: FlowDocument) => steps.find(({ id }) => `step:${id}` === key)
          expect(find(document)).toEqual(find(mine))
        }
        expect(new Set(idsOf(document)).size).toBe(document.steps.length)
      }),
    )
  })
})
