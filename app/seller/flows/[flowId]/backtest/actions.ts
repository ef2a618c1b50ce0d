'use server'

import { sellerAction } from '@/lib/auth'
import { cancelBacktest, createBacktest } from '@/lib/backtests'
import { BacktestIdInput, CreateBacktestInput } from '@/lib/backtests/schema'

export const createBacktestAction = sellerAction(CreateBacktestInput, createBacktest)
export const cancelBacktestAction = sellerAction(BacktestIdInput, cancelBacktest)
