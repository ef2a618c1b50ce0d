'use server'

import { sellerAction } from '@/lib/auth'
import { runTest } from '@/lib/runs'
import { TestRunInput } from '@/lib/runs/schema'

export const runTestAction = sellerAction(TestRunInput, runTest)
