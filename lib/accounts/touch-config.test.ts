import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, pool } from '../../db/client'
import { accounts } from '../../db/schema/accounts'
import { aBuyer, aSeller, testDatabase } from '../../db/testing/index'
import { touchConfig } from './index'

testDatabase()

const versionOf = async (id: string) =>
  (await db().select({ version: accounts.configVersion }).from(accounts).where(eq(accounts.id, id)))[0]?.version

test('a change of configuration is told to every process when it commits, and not when it does not', async () => {
  const [seller, buyer] = [(await aSeller()).account.id, (await aBuyer()).account.id]
  const heard: string[] = []
  await pool().sql.listen('baton_config', (id) => heard.push(id))

  const failing = db().transaction(async (tx) => {
    await touchConfig(tx, [seller])
    throw new Error('the change fails')
  })
  await expect(failing).rejects.toThrow('the change fails')
  await db().transaction((tx) => touchConfig(tx, [buyer, seller, buyer]))

  await expect.poll(() => [...heard].sort()).toEqual([seller, buyer].sort())
  expect(await versionOf(seller)).toBe(2)
  expect(await versionOf(buyer)).toBe(2)
})

test('changes of the same accounts at once each count, in whatever order they name them', async () => {
  const [one, two] = [(await aSeller()).account.id, (await aBuyer()).account.id]
  const changes = Array.from({ length: 12 }, (_, n) => (n % 2 ? [one, two] : [two, one]))
  await Promise.all(changes.map((ids) => db().transaction((tx) => touchConfig(tx, ids))))
  expect([await versionOf(one), await versionOf(two)]).toEqual([13, 13])
})
