import { hasLetter, type ParseText, unreadable } from '../value'

const salutations = new Set('mr mrs ms miss mx dr prof rev hon sir madam mister doctor'.split(' '))
const suffixes = new Set('jr sr ii iii iv v md phd esq dds cpa rn dvm'.split(' '))
/** What a family name may begin with: "Ana de la Cruz", "Ludwig van der Rohe". */
const particles = new Set(
  'van von der den de del della di da dos das du la le los las bin ibn al el st san santa ter ten'.split(' '),
)

const bare = (word: string) => word.toLowerCase().replaceAll('.', '')
const initial = /^\p{L}\.?$/u

type Names = { salutation?: string; first_name?: string; middle_name?: string; last_name?: string; suffix?: string }

/** Where the family name begins: at the particles before the last word, but never at the first. */
function familyStart(words: readonly string[]): number {
  let at = words.length - 1
  while (at > 1 && particles.has(bare(words[at - 1] ?? ''))) at--
  return at
}

/** "Charles P." → first "Charles", middle "P."; only initials are taken for middle names: "Mary Jo" is one name. */
function given(words: readonly string[]): Names {
  let end = words.length
  while (end > 1 && initial.test(words[end - 1] ?? '')) end--
  const names: Names = { first_name: words.slice(0, end).join(' ') }
  if (end < words.length) names.middle_name = words.slice(end).join(' ')
  return names
}

/** Takes a title from the front and a generation or degree from the end, where enough words remain for a name. */
function withoutTitles(words: string[]): { titles: Names; words: string[] } {
  const titles: Names = {}
  if (words.length > 1 && salutations.has(bare(words[0] ?? ''))) titles.salutation = words.shift() ?? ''
  if (words.length > 2 && suffixes.has(bare(words.at(-1) ?? ''))) titles.suffix = words.pop() ?? ''
  return { titles, words }
}

function split(normal: string): Names {
  const parts = normal.split(',').map((part) => part.trim())
  const last = parts.at(-1) ?? ''
  const suffix = parts.length > 1 && suffixes.has(bare(last)) ? parts.pop() : undefined
  const [head = '', ...rest] = parts
  const after = rest.join(' ').trim()
  const { titles, words } = withoutTitles((after || head).split(' ').filter(Boolean))
  if (suffix !== undefined) titles.suffix = suffix
  // "Smith, Mary Jo" is "Mary Jo Smith" with the family name first.
  if (after !== '') return { ...titles, ...given(words), last_name: head }
  if (words.length < 2) return { ...titles, ...given(words) }
  const start = familyStart(words)
  return { ...titles, ...given(words.slice(0, start)), last_name: words.slice(start).join(' ') }
}

/** "Mr. Charles P. Wooten, III", "Mary Jo St. Clair" and "Smith, Mary Jo" in their parts, as far as they have them. */
export const parseFullName: ParseText = (text, raw) => {
  if (!hasLetter(text)) return unreadable('full_name', raw)
  const normal = text.replace(/\s+/g, ' ')
  return { type: 'full_name', raw, normal, valid: true, ...(normal.length <= 200 && split(normal)) }
}
