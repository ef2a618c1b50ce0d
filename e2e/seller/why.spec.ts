import { expect, test } from '../fixtures'
import { expectAccessible, expectNoOverflow } from '../support/accessibility'
import { submit } from '../support/api'
import { signIn } from '../support/people'
import { aConnectedPair, aLiveFlow, aManualStep, aSeller } from '../support/worlds'

test('a seller sees of every buyer why it got a lead or not: one is full, one refuses, one gets it', async ({
  page,
  aLoopbackBuyer,
}) => {
  const [taking, refusing] = [await aLoopbackBuyer(), await aLoopbackBuyer()]
  const seller = await aSeller()
  const caps = { daily: 1, timezone: 'Europe/London' }
  const coastal = aManualStep(taking.url)
  const buyers = [
    { ...coastal, id: 'premium', name: 'Premium Insurance', conditional_delivery: { caps } },
    { ...coastal, id: 'prime', name: 'Prime', eligible_when: "lead.state == 'NY'" },
    { ...coastal, id: 'sunset', name: 'Sunset', connection: aManualStep(refusing.url)['connection'] },
    coastal,
    { ...coastal, id: 'harbor', name: 'Harbor' },
    { ...coastal, id: 'backup', name: 'Backup', standby: true },
  ]
  const flow = await aLiveFlow(seller, [{ id: 'auction', type: 'distribution', name: 'Auction', buyers }])
  await submit(flow.submitUrl, { email: 'first@example.com', state: 'CA' })
  refusing.react(() => ({ status: 201, body: { status: 'rejected', reason: 'Wrong county' } }))
  taking.react(() => ({ status: 201, body: { status: 'accepted' } }))
  const sent = await submit(flow.submitUrl, { email: 'ana@example.com', state: 'CA', first_name: 'Ana' })
  expect(sent.body.outcome).toBe('success')

  await signIn(page, seller, `/seller/leads/${sent.body.lead.id}`)
  const rows = page.getByRole('table', { name: /^Every buyer that was considered/ }).getByRole('row')
  await expect(rows.nth(1)).toHaveText('Auction')
  await expect(rows.nth(2)).toContainText('Premium Insurance')
  await expect(rows.nth(2)).toContainText(/Cap 1 of 1 a day, resets (\w+ )?00:00 London/)
  await expect(rows.nth(3)).toContainText('State must be NY')
  await expect(rows.nth(3)).toContainText('CA')
  await expect(rows.nth(4)).toContainText('Wrong county')
  await expect(rows.nth(5)).toContainText('accepted')
  await expect(rows.nth(5)).toContainText('Priority 4')
  await expect(rows.nth(5)).toContainText('$30.00')
  await expect(rows.nth(6)).toContainText('Not needed: sold to Coastal Mutual')
  await expect(rows.nth(7)).toContainText('Standby: asked only as a backup')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 900 })
  await expectNoOverflow(page)
})

test('a buyer sees what became of a lead with itself, and nobody else', async ({ page, aLoopbackBuyer }) => {
  const system = await aLoopbackBuyer()
  const { buyer, flow } = await aConnectedPair(system.url)
  const sent = await submit(flow.submitUrl, { email: 'ana@example.com', state: 'CA' })
  await signIn(page, buyer, `/buyer/leads/${sent.body.lead.id}`)
  const rows = page.getByRole('table', { name: 'Your delivery, and how it ended' }).getByRole('row')
  await expect(rows).toHaveCount(2)
  await expect(rows.nth(1)).toContainText('Our CRM')
  await expect(rows.nth(1)).toContainText('accepted')
})
