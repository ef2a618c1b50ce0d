'use server'

import { sellerAction } from '@/lib/auth'
import { simulateLead } from '@/lib/backtests'
import { SimulateLeadInput } from '@/lib/backtests/schema'

export const simulateLeadAction = sellerAction(SimulateLeadInput, simulateLead)
