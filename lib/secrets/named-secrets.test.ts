import { expect, test } from 'vitest'
import { aBuyer, aSeller, must, refusal, testDatabase } from '../../db/testing'
import { listAudit } from '../audit'
import { createFlow, saveDraft } from '../flows'
import {
  createNamedSecret,
  deleteNamedSecret,
  listNamedSecrets,
  openNamedSecret,
  replaceNamedSecret,
  revealNamedSecret,
} from './index'

testDatabase()

const value = 'tok_live_abcdef1234'

test('a secret is kept by name, shown by its end, replaced, and found by its own account only', async () => {
  const [{ actor }, stranger] = [await aSeller(), await aBuyer()]
  const made = must(await createNamedSecret(actor, { name: 'BUYER_TOKEN', value: ` ${value}\n` }))
  expect(made).toMatchObject({ name: 'BUYER_TOKEN', lastFour: '1234', usedIn: [] })
  expect(await openNamedSecret(actor.accountId, 'BUYER_TOKEN')).toBe(value)
  await expect(openNamedSecret(stranger.actor.accountId, 'BUYER_TOKEN')).rejects.toThrow()
  expect(refusal(await createNamedSecret(actor, { name: 'BUYER_TOKEN', value: 'x' })).kind).toBe('conflict')
  expect(refusal(await createNamedSecret(actor, { name: 'a-b', value: 'x' })).issues?.[0]?.path).toBe('name')
  expect(refusal(await replaceNamedSecret(stranger.actor, { name: 'BUYER_TOKEN', value: 'x' })).kind).toBe('not-found')
  expect(refusal(await createNamedSecret({ ...actor, role: 'viewer' }, { name: 'X', value: 'x' })).kind).toBe(
    'forbidden',
  )
  must(await replaceNamedSecret(actor, { name: 'BUYER_TOKEN', value: 'another-token-9876' }))
  expect(await openNamedSecret(actor.accountId, 'BUYER_TOKEN')).toBe('another-token-9876')
  expect((await listNamedSecrets(actor)).map(({ lastFour }) => lastFour)).toEqual(['9876'])
  const { entries } = await listAudit(actor)
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['secret.create', 'secret.replace']))
  expect(JSON.stringify(entries)).not.toContain(value)
})

test('a secret in use is not deleted, and says where it is used', async () => {
  const { actor } = await aSeller()
  must(await createNamedSecret(actor, { name: 'TOKEN', value }))
  must(await createNamedSecret(actor, { name: 'TOKEN_2', value }))
  const flow = must(await createFlow(actor, { name: 'Auto' }))
  const document = (text: string) => ({
    steps: [
      {
        id: 'b',
        type: 'buyer' as const,
        name: 'B',
        connection: {
          method: 'manual' as const,
          endpoint: { url: 'https://b.example/leads', headers: { 'X-Token': text } },
          request: { mappings: { id: '{{event_id}}' } },
        },
      },
    ],
  })
  must(await saveDraft(actor, { flowId: flow.id, document: document('{{ secret.TOKEN }}') }))
  expect((await listNamedSecrets(actor)).map(({ usedIn }) => usedIn.map(({ name }) => name))).toEqual([['Auto'], []])
  expect(refusal(await deleteNamedSecret(actor, { name: 'TOKEN' })).message).toContain('flow Auto')
  must(await deleteNamedSecret(actor, { name: 'TOKEN_2' }))
  const saved = must(await saveDraft(actor, { flowId: flow.id, document: document('{{secret.TOKEN_2}}') }))
  expect(saved.problems).toMatchObject([
    {
      severity: 'error',
      path: 'steps.0.connection.endpoint.headers.X-Token',
      message: 'There is no secret named “TOKEN_2”. Add it under Settings › Secrets.',
    },
  ])
  must(await deleteNamedSecret(actor, { name: 'TOKEN' }))
  await expect(openNamedSecret(actor.accountId, 'TOKEN')).rejects.toThrow()
})

test('an admin sees a named secret again for the password', async () => {
  const { actor } = await aSeller()
  must(await createNamedSecret(actor, { name: 'TOKEN', value }))
  const check = async (_: string, password: string) => password === 'right'
  expect(refusal(await revealNamedSecret(actor, { name: 'TOKEN', password: 'wrong' }, check)).kind).toBe('forbidden')
  expect(must(await revealNamedSecret(actor, { name: 'TOKEN', password: 'right' }, check))).toEqual({ value })
})
