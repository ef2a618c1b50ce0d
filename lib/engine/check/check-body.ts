import { bodyKindOf } from '../delivery/formats'
import { brokenBody } from '../delivery/writer'
import { emptyScope, sampleScope } from '../flow/render-request'
import type { Request } from '../schema'
import { compileBody } from '../templates/body'
import { type Place, under } from './place'
import type { Problems } from './problems'

/** 2025-01-15T12:00Z: checks have no clock, and a sample needs a day. */
const sampleDay = 1_736_942_400_000

/** What is wrong with a body that is written as one template, seen on a sample lead and on an empty one. */
export function checkBody(request: Request, to: Problems, { path, names, stepId }: Place): void {
  const at = under(path, 'body')
  const { body = '', format } = request
  if (format === 'query') {
    to.add('error', at, 'A GET request has no body. Map its parameters, or choose another format.', stepId)
    return
  }
  if (body.trim() === '') {
    to.add('error', at, 'The body is empty. Write it, or map values instead.', stepId)
    return
  }
  const { problems, references, render } = compileBody(body, bodyKindOf(format), request.ascii === true, names)
  for (const { severity, message } of problems) to.add(severity, at, message, stepId)
  if (problems.some(({ severity }) => severity === 'error')) return
  const fields = references.flatMap(({ field }) => field ?? [])
  const sample = render(sampleScope(fields, names, sampleDay))
  const broken = sample
    ? brokenBody(format, sample.body)
    : 'The body can’t be made for a sample lead: it grows too long.'
  if (broken !== undefined) {
    to.add('error', at, broken.replace('for this lead', 'for a sample lead'), stepId)
    return
  }
  const empty = render(emptyScope(sampleDay))
  const brokenWhenEmpty = empty && brokenBody(format, empty.body)
  if (brokenWhenEmpty)
    to.add('warning', at, brokenWhenEmpty.replace('for this lead', 'when a lead lacks values'), stepId)
}
