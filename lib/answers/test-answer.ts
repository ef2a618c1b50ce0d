import type { Actor } from '../actor'
import { checkAnswerSettings, explainAnswer } from '../engine/index'
import { parseInput } from '../input'
import { ok, type Result } from '../result'
import { TestAnswerInput, type TestedAnswer } from './schema'

/**
 * Reads an answer by settings that need not be saved, and says how. Anyone who is signed in may ask; nothing is sent,
 * saved or looked up.
 */
export async function testAnswer(_actor: Actor, input: unknown): Promise<Result<TestedAnswer>> {
  const parsed = parseInput(TestAnswerInput, input)
  if (!parsed.ok) return parsed
  const { response, answer } = parsed.value
  const headers: Record<string, string> = answer.content_type ? { 'content-type': answer.content_type } : {}
  const { status, body } = answer
  const explained = explainAnswer(response, { kind: 'answer', status, headers, body })
  return ok({ ...explained, problems: checkAnswerSettings(response) })
}
