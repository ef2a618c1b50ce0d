export { cancelBacktest } from './cancel-backtest'
export { createBacktest } from './create-backtest'
export { getBacktest, listBacktestLeads, listBacktests, sweepBacktests } from './queries'
export { runNextBacktest } from './run-backtest'
