import { maskedTypes, type TypedLead } from '../engine/index'
import { accountCipher } from '../secrets/index'

type Seal = (leadId: string, name: string, text: string) => string

const never: Seal = () => {
  throw new Error('a field of a masked type turned up after the lead was typed')
}

/** Seals the masked fields of a lead under its account's data key. Leads without any need no key, which is most of them. */
export async function sealer(accountId: string, lead: TypedLead): Promise<Seal> {
  let sealed = false
  for (const name in lead) if (maskedTypes.has(lead[name]?.type ?? 'string')) sealed = true
  if (!sealed) return never
  const cipher = await accountCipher(accountId)
  return (leadId, name, text) => cipher.seal({ table: 'leads', column: `data.${name}`, row: leadId }, text)
}

/** Opens what `sealer` closed: recovery needs the clear value to go on with the next buyer. */
export async function unsealer(accountId: string, leadId: string): Promise<(name: string, sealed: string) => string> {
  const cipher = await accountCipher(accountId)
  return (name, sealed) => cipher.open({ table: 'leads', column: `data.${name}`, row: leadId }, sealed)
}
