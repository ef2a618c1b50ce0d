import { describe, expect, test } from 'vitest'
import { catalogue, namesNobody, pingFields } from './index'

describe('fields that name nobody', () => {
  test('are what a lead is worth by, and none of those by which somebody is found', () => {
    const plain = new Set(catalogue.filter(namesNobody).map(({ name }) => name))
    for (const name of ['state', 'postal_code', 'age', 'credit_rating', 'homeowner', 'solar.roof.type', 'vehicle.make'])
      expect(plain, name).toContain(name)
    const naming = `first_name middle_name email phone_1 address_1 address_2 dob ssn drivers_license_number ip_address
      comments latitude social.linkedin trustedform_cert_url recording_url vehicle.vin insurance.policy_number
      employer.name callcenter.notes home_services.description fbp session_id spouse.first_name billing.address_1`
    for (const name of naming.split(/\s+/)) expect(plain, name).not.toContain(name)
  })

  test('are told by type and name together, whatever the flow calls them', () => {
    expect(namesNobody({ name: 'fname', type: 'string' })).toBe(false)
    expect(namesNobody({ name: 'email', type: 'string' })).toBe(false)
    expect(namesNobody({ name: 'zip', type: 'postal_code' })).toBe(true)
    expect(namesNobody({ name: 'contact_of_neighbour', type: 'phone' })).toBe(false)
  })

  test('of the flow’s own are numbers and the like: its texts may say anything', () => {
    expect(namesNobody({ name: 'panes', type: 'number' })).toBe(true)
    expect(namesNobody({ name: 'vorname', type: 'string' })).toBe(false)
    expect(namesNobody({ name: 'born', type: 'date' })).toBe(false)
  })
})

describe('what an invited buyer may be told before it buys', () => {
  const shared_fields = ['email', 'state', 'panes', 'phone_1']
  const typeOf = (name: string) => (name === 'panes' ? ('number' as const) : undefined)

  test('is what of the shared fields names nobody, until the seller chooses', () => {
    expect(pingFields({ shared_fields }, typeOf)).toEqual(['state', 'panes'])
    expect(pingFields({ shared_fields, ping_fields: ['phone_1'] }, typeOf)).toEqual(['phone_1'])
    expect(pingFields({ shared_fields, ping_fields: [] }, typeOf)).toEqual([])
  })

  test('is never more than is shared', () => {
    expect(pingFields({ shared_fields: ['state'], ping_fields: ['ssn', 'state'] }, typeOf)).toEqual(['state'])
  })
})
