import { endpoint } from './endpoint'
import { IdParam, RuleTrialBody } from './shapes/common'
import { sample } from './shapes/examples'
import { SubmissionPreviewShape, SubmissionToPreview } from './shapes/flows'
import { TestResultShape, TestRunBody } from './shapes/log'
import { RuleTrialShape } from './shapes/rules'

const tag = 'Flows'

export const tryRuleRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/rules/test',
  id: 'tryRule',
  tag,
  summary: 'Try a rule',
  description:
    'On a lead of the account, or on the sample lead; `values` stand over the lead’s. Answers every comparison with the values it saw. Nothing is saved or sent.',
  params: IdParam,
  body: RuleTrialBody,
  example: { rule: "lead.state in ['CA', 'TX'] && lead.email.valid", values: { state: 'NY' } },
  answer: {
    status: 200,
    description: 'Whether the lead meets it, and why.',
    schema: RuleTrialShape,
    example: {
      passed: false,
      report: {
        join: 'and',
        passed: false,
        parts: [
          { text: 'State is one of CA, TX', passed: false, left: 'NY', right: ['CA', 'TX'] },
          { text: 'Email is valid', passed: true, left: true },
        ],
      },
      reason: 'State must be one of CA, TX',
      problems: [],
      fields: [
        { name: 'state', label: 'State', value: 'NY', masked: false },
        { name: 'email', label: 'Email', value: 'test@example.com', masked: false },
      ],
    },
  },
})

export const previewSubmissionRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/preview-submission',
  id: 'previewSubmission',
  tag,
  summary: 'See what a submission becomes',
  description:
    'Where each name of it goes, the value as its type reads it, and what would refuse the lead. By the draft, and by the names of a source. Nothing is kept.',
  params: IdParam,
  body: SubmissionToPreview,
  example: { submitted: { fname: 'Ana', phone: '512-789-1111' }, source_id: sample.sourceId },
  answer: {
    status: 200,
    description: 'Each name in the order it came.',
    schema: SubmissionPreviewShape,
    example: {
      names: [
        {
          sent: 'phone',
          field: 'phone_1',
          how: 'alias',
          label: 'Phone 1',
          type: 'phone',
          value: '(512) 789-1111',
          valid: true,
        },
      ],
      refused_for: ['Email is required'],
    },
  },
})

export const testFlowRoute = endpoint({
  method: 'post',
  path: '/flows/{id}/test',
  id: 'testFlow',
  tag,
  summary: 'Run the draft on a test lead',
  description:
    'The real path, marked as a test: it reaches the buyers and counts nowhere. A dry run sends nothing and takes every buyer for accepting. What an invited buyer set up is not shown.',
  params: IdParam,
  body: TestRunBody,
  bodyOptional: true,
  example: { lead: { email: 'test@example.com', state: 'CA', dob: '1990-04-01' }, dry_run: false },
  answer: {
    status: 200,
    description: 'Outcome, and what each step did.',
    schema: TestResultShape,
    example: {
      lead_id: sample.leadId,
      outcome: 'success',
      price: 20,
      revenue: 45,
      trace: [{ kind: 'acceptance', passed: true, text: 'Accepted: state is CA or TX, and email is valid' }],
      steps: [
        {
          id: 'adults',
          name: 'Adults only',
          type: 'filter',
          outcome: 'continue',
          duration_ms: 0,
          trace: [{ kind: 'filter', passed: true, text: 'Continues: age is not less than 18' }],
        },
      ],
      problems: [],
    },
  },
})
