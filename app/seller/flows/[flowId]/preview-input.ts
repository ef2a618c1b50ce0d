import { z } from 'zod'
import { Endpoint, Request } from '@/lib/engine/schema'

/** A mapping to be shown on the sample lead; nothing is sent or saved. */
export const PreviewInput = z.object({ request: Request, headers: Endpoint.shape.headers })
