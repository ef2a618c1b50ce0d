import { z } from 'zod'

const Address = z.email().max(254)

/** One plain address: no name beside it, no second one, no line break. */
export const isAddress = (text: string): boolean => Address.safeParse(text).success

/** Addresses that can be written to, each once. */
export const addressesOf = (list: readonly string[] = []): string[] => [
  ...new Set(list.map((text) => text.trim()).filter(isAddress)),
]
