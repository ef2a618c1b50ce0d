import { describe, expect, test } from 'vitest'
import type { FieldType } from '../schema'
import { parseField } from './index'

/** Midday of 2026-11-21. */
const now = 1_795_262_400_000

function reads(type: FieldType, cases: [raw: unknown, normal: unknown, components?: Record<string, unknown>][]) {
  test.each(cases)(`${type} reads %j as %j`, (raw, normal, components = {}) => {
    const value = parseField(type, raw, now)
    expect(value).toMatchObject({ type, raw, normal, valid: true, ...components })
  })
}

function keeps(type: FieldType, cases: unknown[]) {
  test.each(cases.map((raw) => [raw]))(`${type} keeps %j as sent and not valid`, (raw) => {
    expect(parseField(type, raw, now)).toEqual({ type, raw, normal: raw, valid: false })
  })
}

describe('phones', () => {
  reads('phone', [
    ['5555551234', '5555551234', { area: '555', exchange: '555', line: '1234', number: '5551234', country_code: 'US' }],
    ['555-555-1234', '5555551234'],
    ['+1 (512) 788-1111', '5127881111', { country_calling_code: 1, is_tollfree: false, masked: false }],
    ['1.512.788.1111', '5127881111'],
    [' 512 7881111 ', '5127881111'],
    [5127881111, '5127881111'],
    ['5127891111x123', '5127891111x123', { extension: '123' }],
    ['512-789-1111 ext. 44', '5127891111x44', { extension: '44' }],
    ['5127891111m', '5127891111', { line_type: 'mobile' }],
    ['5127891111 (h)', '5127891111', { line_type: 'home' }],
    ['5127891111 w', '5127891111', { line_type: 'work' }],
    ['(512) *** ****', '512*******', { masked: true, area: '512' }],
    ['8775551212', '8775551212', { is_tollfree: true }],
    ['(514) 824-3894', '5148243894', { country_code: 'CA' }],
    ['7877181619', '7877181619', { country_code: 'PR' }],
    ['+44 1484 519892', '1484519892', { country_code: 'GB', country_calling_code: 44 }],
    ['011 44 1484 519892', '1484519892', { country_code: 'GB' }],
    ['0049 30 22610', '3022610', { country_code: 'DE' }],
  ])
  keeps('phone', ['donkey kong', '555', '0000000000', '1115551234', '911', '+44 12', '512-78', '9115551234'])
})

describe('emails', () => {
  reads('email', [
    [
      'User@Domain.Com',
      'user@domain.com',
      { user: 'user', domain: 'domain.com', host: 'domain', tld: 'com', is_free: false },
    ],
    [' ANA+solar@Yahoo.com ', 'ana+solar@yahoo.com', { is_free: true }],
    ['p. j. butter@gmail.com', 'p.j.butter@gmail.com'],
    ['a@company.co.uk', 'a@company.co.uk', { host: 'company', tld: 'co.uk' }],
    ['josé@exämple.de', 'josé@exämple.de'],
    ['x@mailinator.com', 'x@mailinator.com', { is_disposable: true }],
    ['test@example.com', 'test@example.com'],
  ])
  keeps('email', [
    'Asdf',
    'asdf@',
    'na@na',
    'a@@b.com',
    'hello@//gmail.xn--om.3ia',
    '.a@b.com',
    'a..b@c.com',
    'a@b.c',
    'a@-b.com',
  ])
})

describe('people', () => {
  reads('first_name', [
    ['Siobhán', 'Siobhán'],
    [' Mary Jo ', 'Mary Jo'],
  ])
  reads('last_name', [
    ['O’Brien', 'O’Brien'],
    ['St. Clair', 'St. Clair'],
  ])
  keeps('last_name', ['1234', '😀'])
  reads('full_name', [
    ['Mary Jo  Smith', 'Mary Jo Smith', { first_name: 'Mary Jo', last_name: 'Smith' }],
    ['Smith, Mary Jo', 'Smith, Mary Jo', { first_name: 'Mary Jo', last_name: 'Smith' }],
    [
      'Mr. Charles P. Wooten, III',
      'Mr. Charles P. Wooten, III',
      { salutation: 'Mr.', first_name: 'Charles', middle_name: 'P.', last_name: 'Wooten', suffix: 'III' },
    ],
    ['Ana de la Cruz', 'Ana de la Cruz', { first_name: 'Ana', last_name: 'de la Cruz' }],
    ['Foo(Bar)', 'Foo(Bar)', { first_name: 'Foo(Bar)' }],
  ])
  reads('gender', [
    ['M', 'male', { abbr: 'M' }],
    ['Female', 'female', { abbr: 'F' }],
    ['o', 'other', { abbr: 'O' }],
  ])
  keeps('gender', ['abacus'])
  reads('boolean', [
    ['Y', true],
    ['on', true],
    [1, true],
    [true, true],
    ['No', false],
    ['0', false],
    [' T ', true],
  ])
  keeps('boolean', ['maybe', 2])
})

describe('addresses', () => {
  reads('street', [
    ['4203 Guadalupe St', '4203 Guadalupe St', { number: '4203', name: 'Guadalupe St' }],
    ['221-B Baker St', '221-B Baker St', { number: '221-B', name: 'Baker St' }],
    ['PO Box 1181', 'PO Box 1181'],
  ])
  keeps('street', ['Asdf'])
  reads('state', [
    ['tx', 'TX', { name: 'Texas' }],
    ['district of columbia', 'DC', { name: 'District of Columbia' }],
    ['D.C.', 'DC'],
    ['Quebec', 'QC', { name: 'Québec', country_code: 'CA' }],
    ['Puerto Rico', 'PR'],
  ])
  keeps('state', ['Bavaria'])
  reads('country', [
    ['United States', 'US', { name: 'United States' }],
    ['usa', 'US'],
    ['fr', 'FR'],
    ['U.K.', 'GB'],
    ['méxico', 'MX'],
  ])
  keeps('country', ['Atlantis'])
  reads('postal_code', [
    ['78704', '78704', { zip: '78704', four: null, country_code: 'US' }],
    ['78704 1234', '78704-1234', { zip: '78704', four: '1234' }],
    ['787041234', '78704-1234'],
    [907, '00907', { zip: '00907' }],
    ['q2e4u7', 'Q2E 4U7', { country_code: 'CA', fsa: 'Q2E', ldu: '4U7', district: 'Q' }],
    ['sw1a 1aa', 'SW1A 1AA', { country_code: 'GB', outcode: 'SW1A', incode: '1AA' }],
  ])
  keeps('postal_code', ['garbage', '7870', '78704-12'])
  test.each([
    ['AU', '2000', '2000'],
    ['DE', 'D-10115', '10115'],
    ['NL', '1234ab', '1234 AB'],
    ['FR', '75008', '75008'],
    ['PL', '00950', '00-950'],
    ['IE', 'd02x285', 'D02 X285'],
    ['BR', '01310100', '01310-100'],
    ['AE', '12345', '12345'],
  ])('in %s, %s is the postal code %s', (country, raw, normal) => {
    const value = parseField('postal_code', raw, now, country)
    expect(value).toEqual({ type: 'postal_code', raw, normal, valid: true, country_code: country })
    expect(parseField('postal_code', '!', now, country).valid).toBe(false)
  })
  test.each([
    ['GB', '01484 519892', '1484519892', 44],
    ['FR', '06 12 34 56 78', '612345678', 33],
    ['AU', '0412 345 678', '412345678', 61],
    ['GB', '+1 512 788 1111', '5127881111', 1],
  ])('in %s, %s is the phone number %s', (country, raw, normal, code) => {
    expect(parseField('phone', raw, now, country)).toMatchObject({ normal, valid: true, country_calling_code: code })
  })
})

describe('numbers', () => {
  reads('number', [
    ['$1,100 per month', 1100],
    ['$1100', 1100],
    ['  -3.50 ', -3.5],
    ['(500)', -500],
    ['250k', 250_000],
    ['1.5 million', 1_500_000],
    ['325,000.00', 325_000],
    ['50%', 50],
    ['500000+', 500_000],
    [555, 555],
    ['0', 0],
    ['-0', 0],
    ['12 months', 12],
  ])
  keeps('number', ['derp', '640-679', '1,1', '3/4', true, '1e5', '12345678901234567890', 'excellent', '-'])
  reads('currency', [
    ['$1,234.5', 1234.5, { cents: 123_450, currency: 'USD' }],
    ['€45', 45, { currency: 'EUR' }],
    ['1.234,56 €', 1234.56, { currency: 'EUR', cents: 123_456 }],
    ['A$1,200', 1200, { currency: 'AUD' }],
  ])
  keeps('currency', ['free'])
  reads('range', [
    ['1 to 10', '1-10', { min: 1, max: 10, avg: 5.5, mid: 5 }],
    ['$1,000 - $2,000', '1000-2000', { avg: 1500 }],
    ['$400,000 to $450,000', '400000-450000'],
    ['640-679', '640-679', { min: 640, max: 679 }],
    ['250-300k', '250000-300000'],
    ['10+', '10+', { min: 10, max: null, avg: 10 }],
    ['over 300', '300+', { min: 300 }],
    ['under 50', '0-50', { max: 50 }],
    ['818', 818, { min: 818, max: 818 }],
    [180, 180, { avg: 180 }],
    ['-10 - -5', '-10--5', { min: -10, max: -5 }],
    ['2015-07-01 to 2015-07-25', '2015-07-01 to 2015-07-25', { min: 1_435_708_800_000, max: 1_437_782_400_000 }],
    ['2015-07-25', '2015-07-25', { avg: 1_437_782_400_000 }],
  ])
  keeps('range', ['asdf', 'excellent', true])
})

describe('days and times', () => {
  reads('date', [
    ...[
      '6/2/14',
      '06/02/2014',
      '2014-06-02',
      '06022014',
      '20140602',
      'Mon Jun 02 2014',
      '2 June 2014',
      'June 2nd, 2014',
    ].map((raw): [string, string] => [raw, '2014-06-02']),
    ...['18/07/2014', '18072014', '2014-18-07', 'Fri 18 July 2014', '18-7-14', '2014-07-18T10:00:00Z', '18-Jul-14'].map(
      (raw): [string, string] => [raw, '2014-07-18'],
    ),
    ['29 Feb 2024', '2024-02-29'],
  ])
  keeps('date', ['garbage', '2/30/2014', '0001-01-01', '13/13/2014', '29 Feb 2023', '1/2', '2014'])
  reads('dob', [
    ['03191980', '1980-03-19', { age: 46.6, year: 1980 }],
    ['22 Nov 2008', '2008-11-22', { age: 17.9 }],
    ['11/21/2008', '2008-11-21', { age: 18 }],
    ['5/6/25', '1925-05-06', { year: 1925 }],
    ['**/**/2000', '**/**/2000', { year: 2000, masked: true }],
  ])
  test('a date of birth has no age where no time is given', () => {
    expect(parseField('dob', '1980-03-19')).toEqual({
      type: 'dob',
      raw: '1980-03-19',
      normal: '1980-03-19',
      valid: true,
      year: 1980,
    })
  })
  reads('time', [
    ['Sat Jun 14 2014 13:27:33 GMT-0500 (CDT)', '2014-06-14T18:27:33.000Z'],
    ['06/14/2014 6:27:33 PM', '2014-06-14T18:27:33.000Z'],
    ['2014-06-14T18:27:33.123Z', '2014-06-14T18:27:33.123Z'],
    ['2014-06-14T20:27:33+02:00', '2014-06-14T18:27:33.000Z'],
    ['2014-06-14', '2014-06-14T00:00:00.000Z'],
    [1_402_770_453, '2014-06-14T18:27:33.000Z'],
    [1_402_770_453_123, '2014-06-14T18:27:33.123Z'],
  ])
  keeps('time', ['soon', '25:00', '2014-06-14 25:00', '6 PM'])
})

describe('the web', () => {
  reads('ip', [
    ['8.8.8.8:443', '8.8.8.8', { is_ipv4: true, ipv6_format: '::ffff:808:808' }],
    ['http://198.51.90.161/x', '198.51.90.161'],
    ['198.51.90.161/32', '198.51.90.161'],
    ['10.0.0.1, 8.8.8.8', '10.0.0.1'],
    ['2001:4860:4860:0:0:0:0:8888', '2001:4860:4860::8888', { is_ipv4: false }],
    ['[::1]:3000', '::1'],
    ['8FAA:230d:52ab:98f3:a2ea:7735:a7b8:72e9:32', '8faa:230d:52ab:98f3:a2ea:7735:a7b8:72e9'],
    ['::ffff:186.25.192.233', '::ffff:ba19:c0e9'],
  ])
  keeps('ip', ['256.4.5.6', 'fe80:2030:31:24', '56FE::2159:5BBC::6594', '::GG', 'https://google.com', 'localhost'])
  reads('url', [
    [
      'HTTPS://Quotes.Example.com/A#top',
      'https://quotes.example.com/A#top',
      { host: 'quotes.example.com', path: '/A', hash: '#top' },
    ],
    ['example.net/landing', 'http://example.net/landing', { protocol: 'http' }],
    ['https://a.b.com:8443/x?q=hi', 'https://a.b.com:8443/x?q=hi', { port: '8443', query: 'q=hi' }],
  ])
  keeps('url', ['https://', 'donkey://google.com', 'javascript:alert(1)', 'no spaces.com', 'whatever'])
  reads('trustedform_url', [
    [
      'https://cert.trustedform.com/EB9FC4DD9BED9AD451A5648946CF4BF09B5BB947',
      'https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
      {
        cert_id: 'eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
        is_web: true,
        certificate_type: 'web',
        host: 'cert.trustedform.com',
      },
    ],
  ])
  keeps('trustedform_url', [
    'http://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
    'https://cert.trustedform.com.evil.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
    'https://example.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947',
  ])
})

describe('secrets', () => {
  reads('ssn', [
    ['123-45-6789', '123456789', { first_three: '123', middle_two: '45', last_four: '6789', masked: false }],
    [12_345_678, '012345678'],
    ['***-**-6789', '*****6789', { masked: true }],
  ])
  keeps('ssn', ['abcd', '1234'])
  reads('credential', [['hunter2', 'hunter2', { masked: false }]])

  test('of a credit card only the last 4 digits are kept, whatever way it comes', () => {
    for (const raw of ['4111 1111 1111 1111', '4111-1111-1111-1111', 4111111111111111]) {
      expect(parseField('credit_card', raw)).toEqual({
        type: 'credit_card',
        raw: '************1111',
        normal: '************1111',
        valid: true,
        last_four: '1111',
      })
    }
  })

  test('a mistyped credit card is not valid, and none of its digits are kept', () => {
    const value = parseField('credit_card', '4111 1111 1111 1112')
    expect(value.valid).toBe(false)
    expect(JSON.stringify(value)).not.toMatch(/\d/)
    expect(JSON.stringify(parseField('credit_card', `4111111111111111${'1'.repeat(20_000)}`))).not.toMatch(/\d/)
  })
})

describe('values that no type can read', () => {
  test('a blank is not a valid email, and a blank text is fine', () => {
    expect(parseField('email', ' ')).toEqual({ type: 'email', raw: ' ', normal: '', valid: false })
    expect(parseField('email', null)).toEqual({ type: 'email', raw: null, normal: null, valid: false })
    expect(parseField('string', '')).toEqual({ type: 'string', raw: '', normal: '', valid: true })
  })

  test('an object in the place of a value is told, not thrown', () => {
    const circular: Record<string, unknown> = {}
    circular['self'] = circular
    for (const odd of [{ foo: 42 }, circular, new Map()]) {
      expect(parseField('phone', odd)).toEqual({
        type: 'phone',
        raw: '[object Object]',
        normal: '[object Object]',
        valid: false,
      })
    }
    expect(parseField('number', Number.NaN)).toMatchObject({ raw: 'NaN', valid: false })
    expect(parseField('email', Symbol('x')).valid).toBe(false)
  })

  test('an object whose properties throw is told, not thrown', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(parseField('email', proxy).valid).toBe(false)
  })

  test('repeated values are read one by one', () => {
    expect(parseField('phone', ['512-788-1111', '(305) 227-0529'])).toEqual({
      type: 'phone',
      raw: ['512-788-1111', '(305) 227-0529'],
      normal: ['5127881111', '3052270529'],
      valid: true,
    })
    expect(parseField('number', ['1', 'many'])).toMatchObject({ normal: [1, 'many'], valid: false })
    expect(JSON.stringify(parseField('credit_card', ['4111111111111111']))).not.toContain('4111')
  })

  test('a value over 10,000 characters is cut and not valid', () => {
    const value = parseField('string', 'x'.repeat(10_001))
    expect(value).toEqual({ type: 'string', raw: 'x'.repeat(10_000), normal: 'x'.repeat(10_000), valid: false })
  })

  test('what the database could not store is taken out', () => {
    expect(parseField('string', 'a\0b\ud800c😀').raw).toBe('ab\ufffdc😀')
  })
})
