/** Swear words of English as they stand in lead forms. Whole words only: Scunthorpe is a town, Dick a name. */
const wholeWords = new Set(
  'arse arsehole ass asses asshole assholes bastard bastards bitch bitches bitchy bollocks bullshit cock cocks cocksucker crap cum cumshot cunt cunts dickhead dildo dumbass dyke fag faggot fags goddamn jackass jerkoff jizz kike kunt milf nigga nigger niggers paki piss pissed prick pussies pussy retard shit shite shithead shits shitty slut sluts spic tits titties tosser turd twat twats wank wanker whore whores'.split(
    ' ',
  ),
)
/** Found inside a word too: no name or place holds them. */
const anywhere = /fuck|phuck|motherf|asshole|bullshit|cocksuck|nigger|faggot/

const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
}

const longest = 2_000

/** Whether a word of the text is obscene, digits and signs in place of letters too ("sh1t", "a$$"). */
export function isObscene(text: string): boolean {
  const plain = text
    .slice(0, longest)
    .toLowerCase()
    .replace(/[0-9!@$]/g, (sign) => lookalikes[sign] ?? sign)
  return plain.split(/[^\p{L}]+/u).some((word) => wholeWords.has(word) || anywhere.test(word))
}
