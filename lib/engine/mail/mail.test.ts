import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aBuyer, aFlow, aRun, begin, inputOf, now, play, says, standardFields } from '../fixtures'
import {
  advance,
  builtInMail,
  checkFlow,
  checkMailDefaults,
  checkMailDestination,
  compileFlow,
  type EmailSpec,
  type LeadMail,
  type MailTemplate,
  type Nested,
  renderMails,
  renderTestMail,
  type StepTarget,
} from '../index'

const to = ['desk@buyer.test', 'night@buyer.test']
const lead = {
  first_name: 'Ana',
  last_name: 'García',
  email: 'ana@example.com',
  phone_1: '512 789 1111',
  state: 'TX',
  ssn: '123-45-6789',
  'mortgage.loan.amount': '250000',
}
const byMail = (email: Partial<EmailSpec> = {}) =>
  aBuyer('desk', { connection: { method: 'email', email: { to, ...email } }, rules: { price: 45 } })
const at = { stepId: 'desk', eventId: 'e1', now }

function mailOf(
  email: Partial<EmailSpec> = {},
  submitted: Nested = lead,
  more: { isTest?: boolean; mail?: MailTemplate } = {},
) {
  const made = aFlow({ steps: [byMail(email)] })
  const flow = compileFlow({ ...inputOf({ steps: [byMail(email)] }), mail: more.mail })
  const { mail } = renderMails(flow, aRun(made, submitted, more.isTest), at)
  if (!mail) throw new Error('no mail')
  return mail
}

describe('a mail that nobody wrote', () => {
  test('names the person, and lists whatever fields the lead has, as pages show them', () => {
    const mail = mailOf()
    expect(mail).toMatchObject({ to, subject: 'New lead: Ana García (Insurance Leads - California)' })
    for (const text of [mail.html, mail.text]) {
      for (const words of ['Ana', 'Phone 1', '(512) 789-1111', 'Loan amount', '$250,000.00', 'e1'])
        expect(text).toContain(words)
      expect(text).not.toContain('Postal code')
    }
    expect(mail.text).toContain('Email: ana@example.com')
    expect(mail.sentFields).toEqual(expect.arrayContaining(['first_name', 'phone_1', 'mortgage.loan.amount']))
  })

  test('says so when it is a test', () => {
    expect(mailOf({}, lead, { isTest: true }).subject).toMatch(/^\[TEST\] New lead: Ana/)
  })

  test('has no name to call a lead without one', () => {
    expect(mailOf({}, { email: 'x@example.com' }).subject).toBe('New lead (Insurance Leads - California)')
  })
})

describe('whose words a mail uses', () => {
  const mail = { subject: 'Ours: {{lead.state}}', html: '<p>ours</p>' }

  test('the step’s, else the account’s, else Baton’s, part by part', () => {
    const made = mailOf({ html: '<p>{{lead.email}}</p>' }, lead, { mail })
    expect(made.subject).toBe('Ours: TX')
    expect(made.html).toBe('<p>ana@example.com</p>')
    expect(made.text).toContain('Event ID: e1')
  })

  test('answers go to one address, typed or of the lead; what is no address is left out', () => {
    expect(mailOf({ reply_to: 'ops@acme.test' }).replyTo).toBe('ops@acme.test')
    expect(mailOf({ reply_to: '{{lead.email}}' }).replyTo).toBe('ana@example.com')
    const many = { email: 'a@b.com, all@b.com' }
    expect(mailOf({ reply_to: '{{lead.email}}' }, many)).not.toHaveProperty('replyTo')
  })
})

describe('what a lead can’t do to a mail', () => {
  const evil = '<script>alert(1)</script>"><img src=x onerror=y>&'

  test('bring HTML into it, whatever the template does with its values', () => {
    const html = '<a title="{{lead.first_name}}">{{lead.tags | upcase}}</a>{{fields_table}}'
    const mail = mailOf({ html }, { first_name: evil, tags: evil })
    expect(mail.html).not.toMatch(/<script|<img|<SCRIPT|<IMG/)
    expect(mail.html).toContain('&lt;script&gt;')
  })

  test('begin another header', () => {
    const mail = mailOf({ subject: 'Lead {{lead.tags}}' }, { tags: 'x\r\nBcc: all@evil.test\u2028y\0' })
    expect(mail.subject).toBe('Lead x Bcc: all@evil.test y')
  })

  test('show a masked value, not even by a filter or a part', () => {
    const template = '{{lead.ssn}} {{lead.ssn | slice: 7, 4}} {{lead.ssn.last_four}} {{lead.ssn | sha256}}'
    const mail = mailOf({ html: template, text: `${template}{{fields_text}}`, subject: template, attach_csv: true })
    expect(JSON.stringify(mail)).not.toContain('6789')
    expect(mail.text).toContain('***-**-****')
  })

  test('become a formula in the spreadsheet', () => {
    const { csv = '' } = mailOf(
      { attach_csv: true },
      { first_name: '=cmd()', tags: '@x', state: 'TX', email: 'a@b.com' },
    )
    expect(csv.split('\r\n')).toEqual(['\ufefffirst_name,email,state,tags', "'=cmd(),a@b.com,TX,'@x", ''])
  })

  test('a mail is one line of subject, and bounded, for any lead and template', () => {
    const some = fc.oneof(
      fc.string(),
      fc.constantFrom('{{fields_table}}', '{{lead.tags}}', '{% if lead.tags %}', '\r\nBcc: x'),
    )
    const template = fc.array(some, { maxLength: 6 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(template, template, fc.string(), (subject, html, tags) => {
        const mail = mailOf({ subject, html, text: html, attach_csv: true }, { tags, email: 'a@b.com' })
        expect(mail.subject).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}]{1,210}$/u)
        expect(mail.html.length + mail.text.length).toBeLessThan(700_000)
      }),
    )
  })

  test('make it so long that it can’t be sent: then it says what Baton’s own says', () => {
    const long = 'x'.repeat(9_000)
    const fields = Array.from({ length: 60 }, (_, index) => ({ name: `f${index}`, type: 'string' as const }))
    const submitted = Object.fromEntries(fields.map(({ name }) => [name, long]))
    const html = fields.map(({ name }) => `{{lead.${name}}}`).join('')
    const made = aFlow({ fields, steps: [byMail({ html })] })
    const mail = renderMails(made.flow, aRun(made, submitted), at).mail
    expect(mail?.html).toContain('<table')
    expect(mail?.html.length).toBeLessThan(400_000)
  })
})

describe('a buyer step that delivers by mail', () => {
  const made = aFlow({ steps: [byMail()] })

  test('is an attempt that is accepted at the step’s price, and says so in its trace', () => {
    const { run, effects } = begin(made, lead)
    expect(effects).toEqual([{ kind: 'attempt', stepId: 'desk', eventId: 'e1' }])
    const answered = {
      kind: 'answered',
      eventId: 'e1',
      verdict: { outcome: 'accepted' },
      now,
      nextEventId: 'e2',
    } as const
    const ended = advance(made.flow, made.source, run, answered).run
    expect(ended).toMatchObject({ outcome: 'success', revenueCents: 4500 })
    expect(ended.results[0]?.trace.at(-1)?.text).toBe('A mail to Buyer desk is on its way')
  })

  test('is accepted after a crash too: its mail is written with the end of the run', () => {
    const { run } = begin(made, lead)
    const recovered = advance(made.flow, made.source, run, { kind: 'lost', now, nextEventId: 'e2' }).run
    expect(recovered).toMatchObject({ outcome: 'success', status: 'final', revenueCents: 4500 })
  })

  test('gives the same mail however often it is asked', () => {
    const run = aRun(made, lead)
    expect(renderMails(made.flow, run, at)).toEqual(renderMails(made.flow, run, at))
  })

  test('without an address is skipped, and says why', () => {
    const none = aFlow({ steps: [aBuyer('desk', { connection: { method: 'email', email: { to: ['nobody'] } } })] })
    expect(begin(none, lead).run.results[0]).toMatchObject({
      outcome: 'skipped',
      reason: 'No email address to send to',
    })
  })
})

describe('a mail beside a delivery', () => {
  const step = aBuyer('desk', { email: { to, subject: 'Sold: {{lead.email}} for {{price}}' }, rules: { price: 45 } })

  test('is the seller’s copy; the answer of the delivery decides', () => {
    const made = aFlow({ steps: [step] })
    const run = play(made, lead, { desk: says(422, 'no') })
    expect(run.outcome).toBe('failure')
    const mails = renderMails(made.flow, run, { ...at, priceCents: 5050 })
    expect(mails.mail).toBeUndefined()
    expect(mails.copy).toMatchObject({ to, subject: 'Sold: ana@example.com for 50.5' })
  })

  test('does not stand in for a buyer who is not connected yet', () => {
    const invited = { ...step, connection: { method: 'invite' as const, shared_fields: ['email'] } }
    expect(begin(aFlow({ steps: [invited] }), lead).run.results[0]).toMatchObject({ reason: 'Waiting for the buyer' })
  })
})

describe('an invited buyer that takes leads by mail', () => {
  const email = { to, html: '{{lead.email}} {{lead.state}} {{fields_table}}' }
  const target: StepTarget = { active: true, recipient: 'Premium', email, sharedFields: ['email', 'phone_1'] }
  const invited = aBuyer('desk', { connection: { method: 'invite', shared_fields: ['email', 'phone_1'] } })
  const made = aFlow({ steps: [invited], targets: { desk: target } })

  test('gets what is shared and nothing else, under its own template or Baton’s', () => {
    const flow = compileFlow({ ...made.flow, mail: { subject: 'The seller’s {{lead.state}}' } })
    const { mail } = renderMails(flow, aRun(made, lead), at)
    expect(mail?.subject).toBe('New lead (Insurance Leads - California)')
    expect(mail?.html).toContain('(512) 789-1111')
    expect(JSON.stringify(mail)).not.toMatch(/TX|Ana|\*\*\*/)
    expect(mail?.sentFields).toEqual(['email', 'phone_1'])
  })
})

describe('mistakes in a mail', () => {
  const problems = (email: Partial<EmailSpec>) =>
    checkFlow(inputOf({ steps: [byMail(email)] })).filter(({ path }) => path.includes('email'))

  test('are found when it is saved, at their place and in words', () => {
    expect(problems({ to: [] })).toMatchObject([
      {
        severity: 'error',
        path: 'steps.0.connection.email.to',
        message: 'Give at least one address to send the lead to.',
      },
    ])
    expect(problems({ to: ['a@b.test', 'nobody', 'x@y.test\nBcc: z@y.test'], cc: [''], reply_to: 'us' })).toMatchObject(
      [
        { path: 'steps.0.connection.email.to.1', message: '“nobody” is not an email address.' },
        { path: 'steps.0.connection.email.to.2' },
        { path: 'steps.0.connection.email.cc.0' },
        { path: 'steps.0.connection.email.reply_to' },
      ],
    )
    const template = { subject: '{{lead.nonsense}}', html: '{% for a in b %}', text: '{{lead.email | raw}}' }
    expect(problems({ ...template, reply_to: '{{lead.ssn}}' })).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('is shown as stars') },
      { severity: 'error', message: 'There is no field “nonsense” in this flow.' },
      { severity: 'error', message: expect.stringMatching(/^There is no tag “for” \(line 1, character 1\)/) },
      { severity: 'error', message: expect.stringMatching(/^There is no filter “raw”/) },
    ])
  })

  test('do not stop the built-in mail, which fits any flow', () => {
    expect(problems({})).toEqual([])
    expect(checkMailDefaults(builtInMail)).toEqual([])
    expect(checkMailDestination({ to, ...builtInMail }, ['email'])).not.toContainEqual(
      expect.objectContaining({ severity: 'error' }),
    )
  })
})

test('a preview shows the flow’s fields, a buyer’s shared ones, or a lead of one’s own', () => {
  const given = { eventId: 'TEST_1', leadId: 'TEST_123', now }
  const show = (...[subject]: [Parameters<typeof renderTestMail>[1]]): LeadMail =>
    renderTestMail({ to }, subject, given)
  expect(show({ document: { fields: standardFields } }).text).toContain('Credit score: 720')
  expect(show({ sharedFields: ['email'] }).text).not.toContain('Credit')
  expect(show({}).subject).toMatch(/^\[TEST\] New lead: Test Lead/)
})
