import { amountOf } from '../../money'

type Snake<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : ''
type WireKey<Key> = Key extends `${infer Stem}Cents` ? Snake<Stem> : Key extends string ? Snake<Key> : never

/** A view with its own names as the API writes them. What is inside its values keeps its names. */
export type OnWire<View> = { [Key in keyof View as WireKey<Key>]: View[Key] }

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const money = /Cents$/

/** Names in snake_case; `priceCents` becomes `price`, in decimals. One level deep: documents keep their own names. */
export function onWire<View extends object>(view: View): OnWire<View> {
  const entries = Object.entries(view).map(([key, value]) =>
    money.test(key) && typeof value === 'number'
      ? [snake(key.replace(money, '')), amountOf(value)]
      : [snake(key), value],
  )
  return Object.fromEntries(entries) as OnWire<View>
}

/** The same for an issue's path: verbs speak their own names, the caller used the wire's. */
export const wirePath = (path: string): string => path.split('.').map(snake).join('.')
