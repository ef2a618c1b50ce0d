import { expect, test } from '../fixtures'
import { expectAccessible } from '../support/accessibility'
import { addBuyer, expectSaved, openTab } from '../support/editor'
import { signIn } from '../support/people'
import { aNewFlow, aSeller } from '../support/worlds'

const preview = 'Preview'

test('a format is chosen, values are changed, and the request is seen while it is typed', async ({ page }) => {
  const seller = await aSeller()
  await signIn(page, seller, (await aNewFlow(seller, 'Window Leads')).path)
  await addBuyer(page, 'Coastal Mutual', 'https://coastal.example/leads')

  await openTab(page, 'Delivery')
  await page.getByLabel('Format', { exact: true }).selectOption('XML')
  await page.getByLabel('Method', { exact: true }).selectOption('PUT')
  await page.getByLabel('Root element').fill('lead xmlns="urn:leads"')
  await page.getByRole('radio', { name: /^In batches/ }).click()
  await page.getByLabel('Or until there are').fill('1')
  await expect(page.getByText('Give a number from 2 to 1,000.')).toBeVisible()
  await page.getByLabel('Or until there are').fill('20')
  await page.getByLabel('Element around them').fill('batch')
  const batch = page.getByRole('region', { name: 'Preview of a batch' })
  await expect(batch).toContainText('<batch>')
  await expect(batch).toContainText('X-Baton-Batch-Size: 2')
  await page.getByRole('radio', { name: /^One by one/ }).click()
  await expect(batch).toBeHidden()
  await openTab(page, 'Mapping')
  const shown = page.getByRole('region', { name: preview })
  await expect(shown).toContainText('<lead xmlns="urn:leads">')
  await expect(shown).toContainText('PUT https://coastal.example/leads')
  await expect(shown).toContainText('<phone_1>5555551234</phone_1>')

  await page.getByRole('button', { name: 'Changes and condition of phone_1' }).click()
  await page.getByRole('button', { name: 'Add a change' }).click()
  await page.getByRole('option', { name: 'Phone format' }).click()
  await expect(page.getByRole('group', { name: /^Mapping \d+$/ }).filter({ hasText: 'Phone format' })).toContainText(
    '5555551234 → +15555551234',
  )
  await expect(shown).toContainText('<phone_1>+15555551234</phone_1>')

  const handle = page.getByRole('button', { name: 'Move email', exact: true })
  const field = (number: number) => page.getByLabel(`Buyer’s field ${number}`, { exact: true })
  const before = await field(1).inputValue()
  expect(before).not.toBe('email')
  await handle.focus()
  await page.keyboard.press('Space')
  // An arrow that comes before the row is picked up and measured moves nothing.
  await expect(page.getByText(/^(Picked up draggable item|Draggable item .* was moved over)/).last()).toBeAttached()
  await page.waitForFunction(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))),
  )
  for (let turn = 0; turn < 4; turn++) await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Space')
  await expect.poll(async () => field(4).inputValue()).not.toBe('email')
  await expectSaved(page)

  await page.getByRole('radio', { name: /^Write the body/ }).click()
  const body = page.getByLabel('Body', { exact: true })
  await body.fill('<lead><mail>{{lead.email}}</mail></leed>')
  await expect(page.getByText(/not XML for a sample lead/).first()).toBeVisible()
  await body.fill('<lead><mail>{{lead.email}}</mail></lead>')
  await expect(shown).toContainText('<mail>test@example.com</mail>')
  await expect(page.getByText(/not XML for a sample lead/)).toHaveCount(0)
  await expectAccessible(page)
})

const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:leads" targetNamespace="urn:leads">
  <types><x:schema targetNamespace="urn:leads" elementFormDefault="qualified"><x:element name="AddLead"><x:complexType>
    <x:sequence><x:element name="Key" type="x:string"/><x:element name="Mail" type="x:string"/></x:sequence>
  </x:complexType></x:element></x:schema></types>
  <message name="In"><part name="p" element="t:AddLead"/></message>
  <portType name="P"><operation name="AddLead"><input message="t:In"/></operation></portType>
  <binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="AddLead"><s:operation soapAction="urn:leads/AddLead"/><input><s:body use="literal"/></input></operation></binding>
  <service name="S"><port name="Q" binding="t:B"><s:address location="https://soap.example/leads"/></port></service>
</definitions>`

test('a pasted WSDL fills in a SOAP request; a broken one is refused with its place', async ({ page }) => {
  const seller = await aSeller()
  await signIn(page, seller, (await aNewFlow(seller, 'Window Leads')).path)
  await addBuyer(page, 'Coastal Mutual', 'https://coastal.example/leads')
  await openTab(page, 'Delivery')
  await page.getByLabel('Format', { exact: true }).selectOption('SOAP 1.1')
  await page.getByRole('button', { name: 'Read a WSDL' }).click()
  const dialog = page.getByRole('dialog', { name: 'Read a WSDL' })
  await dialog.getByLabel('or the WSDL itself').fill(wsdl.replace('</types>', '</tipes>'))
  await dialog.getByRole('button', { name: 'Show operations' }).click()
  await expect(dialog.getByRole('alert')).toContainText(/can’t be read: .*\(line \d+, character \d+\)/)
  await dialog.getByLabel('or the WSDL itself').fill(wsdl)
  await dialog.getByRole('button', { name: 'Show operations' }).click()
  await dialog.getByRole('button', { name: 'Use AddLead by SOAP 1.1' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel('Operation')).toHaveValue('AddLead')
  await openTab(page, 'Mapping')
  await page.getByLabel('Value of Mail').fill('{{lead.email}}')
  const shown = page.getByRole('region', { name: preview })
  await expect(shown).toContainText('<Mail>test@example.com</Mail>')
  await expect(shown).toContainText('SOAPAction: "urn:leads/AddLead"')
  await expect(shown).toContainText('POST https://soap.example/leads')
})
