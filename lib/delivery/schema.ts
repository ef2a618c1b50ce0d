import { z } from 'zod'

const text = z.string().trim().max(2_000_000)

/** Where a WSDL is, or the WSDL itself. */
export const WsdlInput = z
  .strictObject({ url: z.string().trim().max(2000).optional(), text: text.optional() })
  .refine(({ url, text }) => Boolean(url) !== Boolean(text), {
    message: 'Give the address of the WSDL, or paste it.',
    path: ['url'],
  })
export type WsdlInput = z.input<typeof WsdlInput>
