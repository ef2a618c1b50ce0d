import { describe, expect, test } from 'vitest'
import { FlowDocument } from '@/lib/engine/schema'
import { conflict } from '@/lib/errors'
import { err, ok } from '@/lib/result'
import { newFilter, newManualBuyer, withStep } from './draft-document'
import { DraftStore } from './draft-store'

type View = { flow: { id: string; draft: FlowDocument; draftRevision: number; draftSavedAt: string } }

const start = FlowDocument.parse({
  steps: [newManualBuyer('acme', 'Acme', 'https://acme.example', []), newFilter('adults', 'Adults')],
})
const rename =
  (name: string, id = 'adults') =>
  (document: FlowDocument) =>
    withStep(document, id, (step) => ({ ...step, name }))
const withToken = (token: string | { secret: string }) => (document: FlowDocument) =>
  withStep(document, 'acme', (step) => {
    if (step.type !== 'buyer' || step.connection.method !== 'manual') return step
    const endpoint = { ...step.connection.endpoint, auth: { type: 'bearer' as const, token } }
    return { ...step, connection: { ...step.connection, endpoint } }
  })

/** What the server does: keeps a draft, refuses what is based on an older one, and seals the token. */
function aServer(draft = start) {
  let now = { draft, revision: 1 }
  const view = (): View => ({
    flow: { id: 'f', draft: now.draft, draftRevision: now.revision, draftSavedAt: new Date(0).toISOString() },
  })
  const store = (document: FlowDocument) => {
    const text = JSON.stringify(document).replace(/"token":"[^"]+"/, '"token":{"secret":"sec_1"}')
    now = { draft: FlowDocument.parse(JSON.parse(text)), revision: now.revision + 1 }
  }
  return {
    view,
    store,
    draft: () => now.draft,
    save: async (document: FlowDocument, revision: number) => {
      if (revision !== now.revision) return err(conflict('Overtaken.', [{ path: 'revision', message: '' }]))
      store(document)
      return ok({ saved: { document: now.draft, revision: now.revision }, view: view() })
    },
    read: async () => ok(view()),
  }
}

const open = (server: ReturnType<typeof aServer>, told: string[] = []) =>
  new DraftStore<View, string>(server.view(), {
    save: server.save,
    read: server.read,
    whereabouts: () => 'here',
    onOthers: () => void told.push('others'),
  })

const nameOf = (document: FlowDocument, id = 'adults') => document.steps.find((step) => step.id === id)?.name

describe('undo', () => {
  test('takes back what was typed as one change, saves that, and makes it again', async () => {
    const server = aServer()
    const draft = open(server)
    for (const name of ['A', 'Ad', 'Adu']) draft.change(rename(name))
    draft.change(rename('Premium', 'acme'))
    await draft.flush()
    expect(nameOf(server.draft())).toBe('Adu')
    expect(draft.travel('undo')?.where).toBe('here')
    expect(nameOf(draft.snapshot().document, 'acme')).toBe('Acme')
    draft.travel('undo')
    expect(draft.snapshot()).toMatchObject({ document: start, can: { undo: false, redo: true } })
    await draft.flush()
    expect(server.draft()).toEqual(start)
    draft.travel('redo')
    expect(nameOf(draft.snapshot().document)).toBe('Adu')
  })

  test('keeps no secret that was saved, and does not lose it either', async () => {
    const server = aServer()
    const draft = open(server)
    draft.change(withToken('very-secret'))
    draft.change(rename('Later'))
    await draft.flush()
    expect(JSON.stringify(draft.snapshot().document)).toContain('sec_1')
    draft.travel('undo')
    draft.travel('undo')
    draft.travel('redo')
    expect(JSON.stringify(draft.snapshot().document)).toContain('sec_1')
    expect(JSON.stringify(draft.snapshot().document)).not.toContain('very-secret')
  })

  test('leaves alone what another person did since', async () => {
    const server = aServer()
    const told: string[] = []
    const draft = open(server, told)
    draft.change(rename('Mine'))
    await draft.flush()
    server.store(rename('Theirs', 'acme')(server.draft()))
    draft.receive(server.view())
    expect(told).toEqual(['others'])
    draft.travel('undo')
    const { document } = draft.snapshot()
    expect([nameOf(document), nameOf(document, 'acme')]).toEqual(['Adults', 'Theirs'])
  })
})

describe('two people in one draft', () => {
  test('both keep what they did in different steps', async () => {
    const server = aServer()
    const [pat, casey] = [open(server), open(server)]
    pat.change(rename('Pat', 'acme'))
    casey.change(rename('Casey'))
    expect(await pat.flush()).toBe(true)
    expect(await casey.flush()).toBe(true)
    expect([nameOf(server.draft(), 'acme'), nameOf(server.draft())]).toEqual(['Pat', 'Casey'])
  })

  test('are asked about the same step, and nothing is saved until then', async () => {
    const server = aServer()
    const [pat, casey] = [open(server), open(server)]
    pat.change(rename('Pat'))
    casey.change(rename('Casey'))
    await pat.flush()
    expect(await casey.flush()).toBe(false)
    expect(casey.snapshot().conflict?.parts.map(({ key }) => key)).toEqual(['step:adults'])
    expect(nameOf(server.draft())).toBe('Pat')
    casey.resolve({ 'step:adults': 'theirs' })
    expect(await casey.flush()).toBe(true)
    expect(nameOf(casey.snapshot().document)).toBe('Pat')
  })

  test('may both keep their own: the last to choose wins, knowing it', async () => {
    const server = aServer()
    const [pat, casey] = [open(server), open(server)]
    pat.change(rename('Pat'))
    casey.change(rename('Casey'))
    await pat.flush()
    await casey.flush()
    casey.resolve({ 'step:adults': 'mine' })
    await casey.flush()
    expect(nameOf(server.draft())).toBe('Casey')
  })
})
