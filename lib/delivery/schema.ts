import { z } from 'zod'
import { Auth, ClientCertificate } from '../engine/schema'

const text = z.string().trim().max(2_000_000)

/** Where a WSDL is, or the WSDL itself. */
export const WsdlInput = z
  .strictObject({ url: z.string().trim().max(2000).optional(), text: text.optional() })
  .refine(({ url, text }) => Boolean(url) !== Boolean(text), {
    message: 'Give the address of the WSDL, or paste it.',
    path: ['url'],
  })
export type WsdlInput = z.input<typeof WsdlInput>

/** An OAuth credential to be tried out; what of it is saved already comes as references. */
export const TryTokenInput = z.strictObject({ auth: Auth })
export const ReadCertificateInput = z.strictObject({ certificate: ClientCertificate.shape.certificate })
