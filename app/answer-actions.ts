'use server'

import { lastAnswer, testAnswer } from '@/lib/answers'
import { LastAnswerInput, TestAnswerInput } from '@/lib/answers/schema'
import { userAction } from '@/lib/auth'

export const testAnswerAction = userAction(TestAnswerInput, testAnswer, { needs: 'viewer' })
export const lastAnswerAction = userAction(LastAnswerInput, lastAnswer, { needs: 'viewer' })
