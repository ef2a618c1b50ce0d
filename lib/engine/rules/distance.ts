import { isBlank, type Scope, textOf } from '../names/scope'
import type { Locate } from '../types'
import { type Condition, constant } from './conditions'
import { make, type Noting, type Operand } from './operands'
import { numberOf } from './values'

type Point = NonNullable<ReturnType<Locate>>

const mostMiles = 12_500
const earthMiles = 3_958.8
const radians = Math.PI / 180
const milesOfDegree = earthMiles * radians

/** Miles between two points on a sphere, by the haversine formula. */
function milesBetween(a: Point, b: Point): number {
  const [from, to] = [a.latitude * radians, b.latitude * radians]
  const up = Math.sin((to - from) / 2)
  const across = Math.sin(((b.longitude - a.longitude) * radians) / 2)
  const chord = up * up + Math.cos(from) * Math.cos(to) * across * across
  return 2 * earthMiles * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** The five digits of a US postal code. */
const fiveOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return Number.isInteger(value) ? fiveOf(String(value).padStart(5, '0')) : undefined
  return typeof value === 'string' ? /^\s*(\d{5})(?:-?\d{4})?\s*$/.exec(value)?.[1] : undefined
}

const valuesOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : isBlank(value) ? [] : [value])

const pointsOf = (value: unknown, locate: Locate): Point[] =>
  valuesOf(value).flatMap((element) => {
    const five = fiveOf(element)
    return (five !== undefined && locate(five)) || []
  })

/** The least distance from one of `from` to one of `to`; a first look at the latitude saves most of the arithmetic. */
function nearest(from: readonly Point[], to: readonly Point[], within: number): number | undefined {
  let least: number | undefined
  for (const a of from) {
    for (const b of to) {
      if (Math.abs(a.latitude - b.latitude) * milesOfDegree > within) continue
      const miles = milesBetween(a, b)
      if (least === undefined || miles < least) least = miles
    }
  }
  return least
}

function refusePlaces(centre: Operand, locate: Locate | undefined, note: Noting): void {
  if (!centre.literal) return
  const places = valuesOf(centre.literal.value)
  if (places.length === 0) note('Give a US postal code of five digits.', 'error', 1)
  for (const place of places) {
    const five = fiveOf(place)
    if (five === undefined) note(`“${textOf(place)}” is no US postal code of five digits.`, 'error', 1)
    else if (locate && !locate(five)) note(`There is no US postal code ${five}.`, 'error', 1)
  }
}

const nowhere: Locate = () => undefined

/** So many miles, in a straight line, from a postal code, from one of several, or from another field. */
export function withinMiles(
  subject: Operand,
  [distance, centre]: readonly Operand[],
  negated: boolean,
  { note, locate = nowhere }: { note: Noting; locate?: Locate | undefined },
): Condition {
  const miles = distance?.literal && numberOf(distance.literal.value)
  if (miles === undefined || !centre || miles <= 0 || miles > mostMiles) {
    note(`Give the miles, up to ${mostMiles}, and a postal code.`, 'error', 0)
    return constant(false)
  }
  if (subject.kind !== undefined && subject.kind !== 'string' && subject.kind !== 'postal_code') {
    note(`${subject.words} is no postal code.`)
  }
  refusePlaces(centre, locate === nowhere ? undefined : locate, note)
  const fixed = centre.literal && pointsOf(centre.literal.value, locate)
  const centres = (scope: Scope) => fixed ?? pointsOf(centre.read(scope), locate)
  const far = (scope: Scope, within: number) => nearest(pointsOf(subject.read(scope), locate), centres(scope), within)
  const test = (scope: Scope) => {
    const least = far(scope, miles)
    return least !== undefined && least <= miles
  }
  const read = (scope: Scope) => {
    const least = far(scope, mostMiles)
    return least === undefined ? 'distance unknown' : `${least.toFixed(1)} miles`
  }
  const words = `${miles} ${miles === 1 ? 'mile' : 'miles'} of ${centre.literal ? valuesOf(centre.literal.value).map(textOf).join(', ') : centre.words}`
  return make({ op: 'within_miles', left: subject, right: { words, read, masked: centre.masked }, negated, test })
}
