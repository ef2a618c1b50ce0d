import { expect, test } from '../fixtures'
import { submit } from '../support/api'
import {
  addBuyer,
  addField,
  addFilter,
  addSource,
  createFlow,
  expectSaved,
  openStop,
  openTab,
  publish,
} from '../support/editor'
import { accepts } from '../support/loopback-buyer'
import { linkIn, mailTo } from '../support/outbox'
import { somebody } from '../support/people'

const buyersToken = 'buyers-own-token-4711'
const buyersPath = '/hidden-intake-of-the-buyer'

test('a lead goes all the way from a source to an invited buyer, and its feedback comes back', async ({
  page: seller,
  anotherBrowser,
  aLoopbackBuyer,
}) => {
  test.setTimeout(180_000)
  const pat = somebody('Meridian Leads', 'Pat Doyle')
  const casey = somebody('Premium Buyer', 'Casey Reed')
  const system = await aLoopbackBuyer(buyersPath)
  const flowName = `Insurance ${pat.company.split(' ').at(-1)}`
  let submitUrl = ''

  await test.step('a seller signs up in the browser', async () => {
    await seller.goto('/')
    await seller.getByRole('link', { name: 'Create an account' }).first().click()
    await seller.getByLabel('Company').fill(pat.company)
    await seller.getByLabel('Your name').fill(pat.name)
    await seller.getByLabel('Work email').fill(pat.email)
    await seller.getByLabel('Password').fill(pat.password)
    await seller.getByRole('button', { name: 'Create account' }).click()
    await expect(seller).toHaveURL('/seller')
    await expect(seller.getByText(pat.company).first()).toBeVisible()
  })

  await test.step('creates a flow with fields and a filter', async () => {
    await seller.goto('/seller/flows')
    await createFlow(seller, flowName)
    await addField(seller, 'credit_score')
    await addField(seller, 'Pool depth')
    const fields = seller.getByRole('list', { name: 'Fields' })
    await expect(fields).toContainText('credit_score')
    await expect(fields).toContainText('pool_depth')
    await seller.getByRole('checkbox', { name: 'Email is required' }).check()
    await addFilter(seller, 'Not in New York', { field: 'state', value: 'NY' })
    await seller.getByLabel('Reason').fill('State is not bought here')
    await openStop(seller, 'Answer the source')
    await seller.getByLabel('Price paid to the source').fill('20')
    await expectSaved(seller)
  })

  await test.step('invites a buyer to connect, with a message and the fields to share', async () => {
    await addBuyer(seller, 'Premium Insurance Buyer')
    await seller.getByRole('checkbox', { name: /Pool depth/ }).uncheck()
    await seller.getByLabel('Email of the buyer').fill(casey.email)
    await seller.getByLabel('Message').fill('Expected volume: 500 leads a day.')
    await seller.getByRole('button', { name: 'Send invitation' }).click()
    await expect(seller.getByText(`Invited ${casey.email}`)).toBeVisible()
    await openTab(seller, 'Rules')
    await seller.getByLabel('Price the buyer pays').fill('45')
    await expectSaved(seller)
  })

  await test.step('adds a source and publishes, while the step waits for its buyer', async () => {
    submitUrl = await addSource(seller, 'Web form')
    await publish(seller, 1)
    await expect(seller.getByText(submitUrl, { exact: true })).toBeVisible()
    await openStop(seller, 'Premium Insurance Buyer')
    await expect(seller.getByRole('switch', { name: 'Enable step' })).not.toBeChecked()
    await expect(seller.getByText('Waiting for acceptance').first()).toBeVisible()
    const early = await submit(submitUrl, { email: 'early@example.com', state: 'CA' })
    expect(early.body).toMatchObject({ outcome: 'failure', reason: expect.stringContaining('Waiting for the buyer') })
  })

  const buyer = await anotherBrowser()
  await test.step('the buyer gets a mail that says who invites it to what', async () => {
    const mail = await mailTo(casey.email, 'invitation')
    expect(mail.subject).toBe(`Connection Request from ${pat.company}`)
    expect(mail.text).toContain("You've been invited to connect to receive leads.")
    expect(mail.text).toContain(flowName)
    expect(mail.text).toContain('Expected volume: 500 leads a day.')
    expect(mail.html).toContain('Accept Invite to Connect')
    expect(mail.reply_to).toBe(pat.email)
    await buyer.goto(linkIn(mail))
    await expect(buyer.getByRole('heading', { name: pat.company, level: 1 })).toBeVisible()
    await expect(buyer.getByText(flowName).first()).toBeVisible()
  })

  await test.step('accepts with an account made on the spot, which the seller is told', async () => {
    await buyer.getByLabel('Company').fill(casey.company)
    await buyer.getByLabel('Your name').fill(casey.name)
    await buyer.getByLabel('Password').fill(casey.password)
    await buyer.getByRole('button', { name: 'Create an account and accept' }).click()
    await expect(buyer).toHaveURL(/\/buyer\/connections\/[\w-]{36}/)
    const mail = await mailTo(pat.email, 'connection_accepted')
    expect(mail.subject).toContain(casey.company)
  })

  await test.step('says where leads go: its own system, on plain http after a warning', async () => {
    await buyer.getByRole('link', { name: 'Set up a destination' }).click()
    await buyer.getByLabel('Name', { exact: true }).fill('Our CRM')
    await buyer.getByLabel('URL').fill(system.url)
    await expect(buyer.getByText('This address is not encrypted')).toBeVisible()
    await expect(buyer.getByRole('status', { name: 'Method' })).toContainText('POST')
    await buyer.getByRole('button', { name: 'Save and continue' }).click()
    await expect(buyer.getByText('Tick this to go on, or use https://.')).toBeVisible()
    await buyer.getByRole('checkbox', { name: /I know/ }).check()
    await buyer.getByRole('button', { name: 'Save and continue' }).click()
  })

  await test.step('how to sign in to it, what goes where and how its answer is read', async () => {
    await buyer.getByLabel('Authentication').selectOption({ label: 'Bearer token' })
    await buyer.getByLabel('Token', { exact: true }).fill(buyersToken)
    await buyer.getByRole('button', { name: 'Save and continue' }).click()
    const nameOf = (label: string) => buyer.getByLabel(`Your field name for ${label}`, { exact: true })
    await expect(nameOf('Event ID')).toHaveValue('event_id')
    await expect(nameOf('Email')).toHaveValue('email')
    await expect(buyer.getByText('Pool depth')).toHaveCount(0)
    await nameOf('Email').fill('contact.mail')
    await nameOf('First name').fill('contact.given_name')
    await buyer.getByRole('checkbox', { name: 'Email is required' }).check()
    await buyer.getByLabel('Where your answer says yes or no').fill('status')
    await buyer.getByLabel('What it says for yes').fill('accepted')
    await buyer.getByLabel('Where your own lead number is').fill('number')
    await expect(buyer.getByRole('region', { name: 'Preview' })).toContainText('given_name')
    await buyer.getByRole('button', { name: 'Save and continue' }).click()
    await expect(buyer.getByRole('heading', { name: 'Try it', level: 1 })).toBeVisible()
  })

  await test.step('a test lead arrives, marked as one', async () => {
    system.react(accepts({ number: 'B-1' }))
    await expect(buyer.getByRole('button', { name: 'Go live' })).toHaveCount(0)
    await buyer.getByRole('button', { name: 'Send test lead' }).click()
    await expect(buyer.getByText('The test lead got through')).toBeVisible()
    const [request] = system.received
    expect(request).toMatchObject({ method: 'POST', path: buyersPath })
    expect(request?.body).toMatchObject({
      test_mode: true,
      lead_id: 'TEST_123',
      event_id: expect.stringMatching(/^TEST_/),
      phone_1: '5555551234',
      last_name: 'Lead',
      contact: { mail: 'test@example.com', given_name: 'Test' },
    })
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${buyersToken}`, 'x-test-mode': 'true' })
    expect(system.received).toHaveLength(1)
  })

  await test.step('the buyer says that it arrived and goes live, which the seller is told', async () => {
    const goLive = buyer.getByRole('button', { name: 'Go live' })
    await expect(goLive).toBeDisabled()
    await buyer.getByRole('checkbox', { name: 'It arrived, and the fields are right' }).check()
    await goLive.click()
    await expect(buyer).toHaveURL(/\/buyer\/connections\//)
    await expect(buyer.getByText('Ready to receive leads')).toBeVisible()
    const mail = await mailTo(pat.email, 'setup_finished')
    expect(mail.subject).toContain(casey.company)
  })

  await test.step('the seller sees the step ready and enables it', async () => {
    await seller.reload()
    await expect(seller.getByText(`Connected to ${casey.company}`).first()).toBeVisible()
    const enable = seller.getByRole('switch', { name: 'Enable step' })
    await enable.click()
    await expect(enable).toBeChecked()
    await expect(seller.getByRole('navigation', { name: 'Path of a lead' })).toContainText(casey.company)
    await seller.goto('/seller/events')
    await expect(seller.getByRole('main').getByText('live', { exact: true })).toBeVisible()
  })

  const ana = { first_name: 'Ana', last_name: 'Garcia', email: 'ana@example.com', phone_1: '512-789-1111', state: 'CA' }
  let leadId = ''
  let eventId = ''
  await test.step('an external system posts a lead, which Baton delivers at once', async () => {
    system.received.length = 0
    const said = await submit(submitUrl, new URLSearchParams({ ...ana, pool_depth: '12', credit_score: '712' }))
    expect(said.status).toBe(201)
    expect(said.body).toMatchObject({ outcome: 'success', price: 20 })
    leadId = said.body.lead.id
    expect(system.received).toHaveLength(1)
    const [request] = system.received
    eventId = String(request?.body['event_id'])
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${buyersToken}`,
      'idempotency-key': eventId,
      'x-baton-event-id': eventId,
      'x-baton-lead-id': leadId,
      'user-agent': expect.stringMatching(/^Baton\//),
    })
    expect(request?.headers['x-test-mode']).toBeUndefined()
    expect(request?.body).toMatchObject({
      lead_id: leadId,
      test_mode: false,
      contact: { mail: 'ana@example.com', given_name: 'Ana' },
      last_name: 'Garcia',
      state: 'CA',
    })
    expect(JSON.stringify(request?.body)).not.toContain('pool_depth')
  })

  await test.step('JSON is taken as well, and a lead from New York is stopped by the filter', async () => {
    const said = await submit(submitUrl, { ...ana, first_name: 'Luis', email: 'luis@example.com' })
    expect(said.body).toMatchObject({ outcome: 'success', price: 20 })
    const stopped = await submit(submitUrl, { ...ana, first_name: 'Nora', state: 'NY' })
    expect(stopped.body).toMatchObject({ outcome: 'failure', reason: 'State is not bought here', price: 0 })
    expect(system.received).toHaveLength(2)
  })

  await test.step('the seller’s open list of events shows them without a reload', async () => {
    await expect(seller.getByRole('row', { name: /Nora Garcia/ }).first()).toBeVisible()
  })

  await test.step('the seller reads the whole truth of the lead, and nothing of the buyer’s own', async () => {
    await seller.goto(`/seller/leads/${leadId}`)
    await expect(seller.getByText(`sold to ${casey.company} for $45.00`)).toBeVisible()
    await expect(seller.getByText('received from Web form')).toBeVisible()
    await expect(seller.getByText('passed Not in New York')).toBeVisible()
    await seller.getByText('What was sent').click()
    await expect(seller.getByText(/^Configured by buyer/)).toBeVisible()
    const html = await seller.content()
    for (const hidden of [buyersToken, buyersPath, String(system.port)]) expect(html).not.toContain(hidden)
    const toSeller = await seller.context().request.get(`/seller/leads/${leadId}`)
    for (const hidden of [buyersToken, buyersPath, String(system.port)])
      expect(await toSeller.text()).not.toContain(hidden)
  })

  await test.step('the buyer reads request and answer, but no source and no cost', async () => {
    await buyer.goto('/buyer/events')
    await expect(buyer.getByRole('row', { name: /Ana Garcia/ })).toContainText('accepted')
    await buyer.goto('/buyer/leads')
    await buyer.getByRole('link', { name: 'Ana Garcia' }).click()
    await expect(buyer.getByText(`bought from ${pat.company} for $45.00`)).toBeVisible()
    await buyer.getByText('Request and answer').click()
    await expect(buyer.getByText(`POST ${system.url}`)).toBeVisible()
    await expect(buyer.getByText('HTTP 201')).toBeVisible()
    await expect(buyer.getByText('contact', { exact: false }).first()).toBeVisible()
    await expect(buyer.getByRole('button', { name: 'Copy as curl' })).toBeVisible()
    const html = await buyer.content()
    for (const hidden of [buyersToken, 'Web form', '20.00', 'pool_depth', 'Not in New York'])
      expect(html).not.toContain(hidden)
  })

  await test.step('the buyer returns the lead by the event id it received, and both sides see it', async () => {
    const answer = await fetch(new URL(`/feedback?event_id=${eventId}`, submitUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'return', reason: 'Number is disconnected' }),
    })
    expect([answer.status, await answer.json()]).toEqual([201, { outcome: 'success' }])
    for (const side of [seller, buyer]) {
      await side.reload()
      await expect(side.getByText('Number is disconnected')).toBeVisible()
      await expect(side.getByText(/^return\b.* accepted$/)).toBeVisible()
    }
  })
})
