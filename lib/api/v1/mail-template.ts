import { z } from '@hono/zod-openapi'
import { builtInMail } from '../../engine/index'
import { getMailTemplate, previewMail, resetMailTemplate, saveMailTemplate } from '../../lead-mail/index'
import type { MailPreview, MailTemplateView } from '../../lead-mail/schema'
import { ok } from '../../result'
import { endpoint } from './endpoint'
import { reply, written } from './reply'
import { newApi } from './router'
import { EmailShape, FlowDocumentShape, MailTemplateShape, named, ProblemInDocument, TimeShape } from './shapes/common'
import { sample } from './shapes/examples'
import { writeProblem } from './shapes/flows'
import { onWire } from './wire'

const tag = 'Email'
const parts = { reply_to: z.string(), subject: z.string(), html: z.string(), text: z.string() }

const TemplateView = named(
  'MailTemplateView',
  z.strictObject({
    ...parts,
    changed: z.boolean(),
    built_in: z.strictObject(parts),
    updated_at: TimeShape.nullable(),
  }),
)
const Preview = named(
  'MailPreview',
  z.strictObject({
    to: z.array(z.string()),
    cc: z.array(z.string()).optional(),
    reply_to: z.string().optional(),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    csv: z.string().optional(),
    problems: z.array(ProblemInDocument),
  }),
)
const PreviewBody = named(
  'PreviewMail',
  z.strictObject({
    email: EmailShape,
    fields: FlowDocumentShape.shape.fields.unwrap().optional(),
    lead_id: z.uuid().optional().openapi({ description: 'A lead of your own to show, in place of the sample.' }),
  }),
)

const builtIn = { reply_to: '', ...builtInMail }
const template = { ...builtIn, subject: 'Lead from Meridian: {{lead.last_name}}', reply_to: 'ops@meridian.example' }
const view = { ...template, changed: true, built_in: builtIn, updated_at: sample.at }
const answersTemplate = {
  status: 200,
  description: 'The template, with Baton’s own words in its gaps.',
  schema: TemplateView,
  example: view,
} as const

const getRoute = endpoint({
  method: 'get',
  path: '/email-template',
  id: 'getEmailTemplate',
  tag,
  summary: 'Get the default template',
  answer: answersTemplate,
})

const saveRoute = endpoint({
  method: 'put',
  path: '/email-template',
  id: 'saveEmailTemplate',
  tag,
  summary: 'Change the default template',
  description: 'What lead mails say where their steps don’t, from the next lead on. A part left out is Baton’s own.',
  body: MailTemplateShape,
  example: { subject: template.subject, reply_to: template.reply_to },
  answer: answersTemplate,
})

const resetRoute = endpoint({
  method: 'delete',
  path: '/email-template',
  id: 'resetEmailTemplate',
  tag,
  summary: 'Go back to Baton’s own template',
  answer: { status: 204, description: 'Done.' },
})

const previewRoute = endpoint({
  method: 'post',
  path: '/email-template/preview',
  id: 'previewEmail',
  tag,
  summary: 'Preview a mail',
  description: 'As it would be sent for the sample lead or one of yours, marked as a test. Sends and saves nothing.',
  body: PreviewBody,
  example: { email: { to: ['desk@coastal.example'], subject: 'New lead: {{lead.email}}' } },
  answer: {
    status: 200,
    description: 'The mail, and what is wrong with it.',
    schema: Preview,
    example: {
      to: ['desk@coastal.example'],
      subject: '[TEST] New lead: test@example.com',
      html: '<p>…</p>',
      text: 'Email: test@example.com',
      problems: [],
    },
  },
  refuses: [404],
})

export const mailTemplateApi = newApi()

const writeTemplate = (shown: MailTemplateView) => onWire(shown)
const writePreview = ({ problems, ...mail }: MailPreview) => ({ ...onWire(mail), problems: problems.map(writeProblem) })

mailTemplateApi.openapi(getRoute, async (c) => reply(c, ok(writeTemplate(await getMailTemplate(c.var.actor)))))
mailTemplateApi.openapi(saveRoute, async (c) =>
  reply(c, written(await saveMailTemplate(c.var.actor, c.req.valid('json')), writeTemplate)),
)
mailTemplateApi.openapi(resetRoute, async (c) => reply(c, await resetMailTemplate(c.var.actor), 204))
mailTemplateApi.openapi(previewRoute, async (c) => {
  const { lead_id: leadId, ...asked } = c.req.valid('json')
  return reply(c, written(await previewMail(c.var.actor, { ...asked, ...(leadId && { leadId }) }), writePreview))
})
