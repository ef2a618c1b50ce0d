import { startJobs } from '../lib/jobs/index'
import { runRole } from './child'

void runRole('worker', async () => {
  await startJobs()
  return { stop: async () => {} }
})
