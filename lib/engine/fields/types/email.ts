import { type ParseText, unreadable } from '../value'

const user = /^[^\s@<>()[\]\\,;:"]+$/
const label = /^[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]*[a-z0-9\u00a1-\uffff])?$/
const topLevel = /^(?:[a-z\u00a1-\uffff]{2,63}|xn--[a-z0-9-]{1,59})$/

/** Second levels under which names are given out, so that the tld of a.co.uk is co.uk. */
const secondLevels = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu', 'ne', 'or', 'gob', 'nom'])

const free = new Set(
  (
    'gmail.com googlemail.com yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.ca yahoo.fr yahoo.de yahoo.es yahoo.com.mx yahoo.com.br ' +
    'hotmail.com hotmail.co.uk hotmail.fr hotmail.ca outlook.com outlook.es live.com live.ca live.co.uk msn.com passport.com aol.com aim.com ' +
    'icloud.com me.com mac.com mail.com email.com usa.com gmx.com gmx.de gmx.net web.de proton.me protonmail.com pm.me zoho.com zohomail.com ' +
    'yandex.com yandex.ru mail.ru inbox.com fastmail.com hushmail.com tutanota.com tuta.io comcast.net verizon.net att.net sbcglobal.net ' +
    'bellsouth.net cox.net charter.net earthlink.net juno.com netzero.net optonline.net frontier.com windstream.net rogers.com shaw.ca ' +
    'sympatico.ca bell.net telus.net orange.fr wanadoo.fr free.fr laposte.net libero.it virgilio.it btinternet.com sky.com ntlworld.com ' +
    'talktalk.net terra.com.br uol.com.br bol.com.br qq.com 163.com 126.com sina.com naver.com hanmail.net rediffmail.com'
  ).split(' '),
)

const disposable = new Set(
  (
    'mailinator.com mailinator.net guerrillamail.com guerrillamail.net guerrillamail.org guerrillamail.biz sharklasers.com grr.la ' +
    '10minutemail.com 10minutemail.net 20minutemail.com tempmail.com temp-mail.org temp-mail.io tempmail.net tempr.email throwawaymail.com ' +
    'yopmail.com yopmail.fr yopmail.net trashmail.com trashmail.net trashmail.de getnada.com nada.email dispostable.com maildrop.cc ' +
    'mailnesia.com mailcatch.com mintemail.com mohmal.com moakt.com fakeinbox.com fakemailgenerator.com spamgourmet.com spam4.me ' +
    'mytemp.email emailondeck.com discard.email discardmail.com mailnull.com incognitomail.com jetable.org getairmail.com burnermail.io ' +
    'tempinbox.com tempmailaddress.com inboxkitten.com spambox.us mailsac.com 33mail.com anonbox.net deadaddress.com einrot.com ' +
    'armyspy.com cuvox.de dayrep.com fleckens.hu gustr.com jourrapide.com rhyta.com superrito.com teleworm.us'
  ).split(' '),
)

export const parseEmail: ParseText = (text, raw) => {
  const normal = text.toLowerCase().replace(/\s+/g, '')
  const at = normal.lastIndexOf('@')
  const name = normal.slice(0, at)
  const domain = normal.slice(at + 1)
  if (at < 1 || at > 64 || normal.length > 254 || !isUser(name)) return unreadable('email', raw)
  const split = splitDomain(domain)
  if (!split) return unreadable('email', raw)
  return {
    type: 'email',
    raw,
    normal,
    valid: true,
    user: name,
    domain,
    host: split.host,
    tld: split.tld,
    is_free: free.has(domain),
    is_disposable: disposable.has(domain),
  }
}

const isUser = (name: string) => user.test(name) && !name.startsWith('.') && !name.endsWith('.') && !name.includes('..')

function splitDomain(domain: string): { host: string; tld: string } | undefined {
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length < 2 || !topLevel.test(last) || !labels.every((part) => part.length <= 63 && label.test(part)))
    return undefined
  const inner = labels.length > 2 && last.length === 2 && secondLevels.has(labels.at(-2) ?? '') ? 2 : 1
  return { host: labels.slice(0, -inner).join('.'), tld: labels.slice(-inner).join('.') }
}
